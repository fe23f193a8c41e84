import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCaseCount, photoWasOpened } from '../case/store.photo.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { followUpPolicy } from '../follow-up/policy.ts'
import { followUpPart, registerFollowUp } from '../follow-up/routes.ts'
import { jpeg, paperFields, upload } from '../person/files.testing.ts'
import { filesPolicy } from '../person/policy.files.ts'
import { registerFiles } from '../person/routes.files.ts'
import { filesOnDisk, keepFilesIn } from '../platform/files.ts'
import { closurePolicy } from './policy.ts'
import { registerClosure } from './routes.ts'

let w: CaseWorld
const folder = mkdtempSync(path.join(tmpdir(), 'dv-closing-'))
beforeAll(async () => {
  keepFilesIn(folder)
  w = await caseWorld(
    o => {
      registerFiles(o, { open: openCaseCount, photoOpened: photoWasOpened })
      registerFollowUp(o)
      registerClosure(o)
    },
    [filesPolicy, followUpPolicy, closurePolicy],
    [followUpPart],
  )
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
  rmSync(folder, { recursive: true, force: true })
})

test('closing erases the picture “only if I go missing” with its key, and leaves the papers', async () => {
  const id = await w.open(w.people.worker, { name: 'Мунира' })
  const person = (await w.db.owner.query<{ person_id: string }>('select person_id from app.case_record where id = $1', [id])).rows[0]!
    .person_id
  const agreement = {
    agreed: 'yes',
    'agreedOn-day': '1',
    'agreedOn-month': '6',
    'agreedOn-year': '2026',
    language: 'таджикский',
    words: '',
    guardian: 'none',
    guardianWho: '',
  }
  expect((await upload(w, w.people.worker, `/people/${person}/photo/new`, agreement, await jpeg())).statusCode).toBe(303)
  expect((await upload(w, w.people.worker, `/people/${person}/files/new`, paperFields, await jpeg())).statusCode).toBe(303)
  const kinds = async () =>
    (await w.db.owner.query<{ what: string }>('select what from app.stored_file where record = $1 order by what', [person])).rows.map(
      r => r.what,
    )
  expect(await kinds()).toEqual(['paper', 'photo'])
  expect((await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'goals_met', note: 'дома' })).statusCode).toBe(303)
  expect(await kinds()).toEqual(['paper'])
  expect((await w.db.owner.query('select from app.file_key where record = $1', [person])).rowCount).toBe(1)
  expect((await filesOnDisk(folder)).length).toBe(1)
  expect((await w.get(w.people.worker, `/ru/people/${person}/photo`)).statusCode).toBe(404)
  expect((await w.get(w.people.worker, `/ru/people/${person}`)).body).toContain('Снимок стёрт при закрытии')
})
