import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCaseCount, photoWasOpened } from '../case/store.photo.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { fileAt, filesOnDisk, keepFilesIn } from '../platform/files.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { jpeg, paperFields, pdf, type Sent, sendTo, upload } from './files.testing.ts'
import { sweepFiles } from './jobs.files.ts'
import { filesPolicy } from './policy.files.ts'
import { registerFiles } from './routes.files.ts'
import { applyFile } from './rules.files.ts'
import { type Files, isFileEvent, noFiles, openFileEvent } from './schema.files.ts'
import { erasePhotos, filesOf } from './store.files.ts'
import { personJournal } from './store.ts'

let w: CaseWorld
const folder = mkdtempSync(path.join(tmpdir(), 'dv-papers-'))
beforeAll(async () => {
  keepFilesIn(folder)
  w = await caseWorld(o => registerFiles(o, { open: openCaseCount, photoOpened: photoWasOpened }), [filesPolicy])
}, 120_000)
afterAll(async () => {
  await w.end()
  rmSync(folder, { recursive: true, force: true })
})

const personOf = async (caseId: string) =>
  (await w.db.owner.query<{ person_id: string }>('select person_id from app.case_record where id = $1', [caseId])).rows[0]!.person_id
const child = async (name = 'Зарина') => {
  const caseId = await w.open(w.people.worker, { name })
  return { caseId, id: await personOf(caseId) }
}
const attach = async (id: string, file: Sent | undefined, fields = paperFields, who: Who = w.people.worker) =>
  upload(w, who, `/people/${id}/files/new`, fields, file)
const papers = (id: string, who: Who = w.people.worker): Promise<Files> => w.as(who, a => filesOf(a, id))
const status = async (who: Who | undefined, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const agreement = {
  agreed: 'yes',
  'agreedOn-day': '1',
  'agreedOn-month': '6',
  'agreedOn-year': '2026',
  language: 'узбекский, переводила Лейла',
  words: 'хорошо',
  guardian: 'not_safe',
  guardianWho: '',
}
const takePhoto = async (id: string, more: Record<string, string> = {}, file?: Sent) =>
  upload(w, w.people.worker, `/people/${id}/photo/new`, { ...agreement, ...more }, file ?? (await jpeg()))
const audits = async (id: string, action: string) =>
  (
    await w.db.owner.query<{ purpose: string; outcome: string }>(
      'select purpose, outcome from app.read_audit where action = $2 and $1 = any (records)',
      [id, action],
    )
  ).rows

test('whoever may not sees no paper, opens none, attaches none and removes none', async () => {
  const { id } = await child()
  expect((await attach(id, await jpeg())).statusCode).toBe(303)
  const file = (await papers(id)).papers[0]!.id
  const at = [
    `/people/${id}/files`,
    `/people/${id}/files/new`,
    ...['', '/picture', '/download', '/remove'].map(p => `/people/${id}/files/${file}${p}`),
  ]
  const analyst = await w.person({ agency: w.agencyId, roles: ['analyst'], alias: 'Щегол' })
  const worn = await w.person({ agency: w.agencyId, roles: ['case_worker'], member: [[w.teamA, 'casework']], alias: 'Исключённый' })
  await w.db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
    [newId(), id, w.teamA, worn.id, w.people.worker.id],
  )
  // In the team, but without its keys: sees the row and opens nothing.
  const keyless = await w.person({ agency: w.agencyId, roles: ['case_worker'], alias: 'Безключный' })
  await w.db.owner.query("insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, 'casework', $1)", [
    keyless.id,
    w.teamA,
  ])
  for (const who of [w.people.stranger, w.people.admin, w.people.carer, w.people.duty, w.people.psychologist, analyst, worn, keyless])
    for (const url of at) expect([who.alias, url, await status(who, url)]).toEqual([who.alias, url, 404])
  // A supervisor reads; attaching and removing is the work of who works with the child.
  expect([await status(w.people.boss, at[0]!), await status(w.people.boss, at[2]!), await status(w.people.boss, at[3]!)]).toEqual([
    200, 200, 200,
  ])
  expect([await status(w.people.boss, at[1]!), await status(w.people.boss, at[5]!)]).toEqual([404, 404])
  for (const who of [w.people.stranger, w.people.boss, w.people.duty, analyst, worn, keyless])
    expect(
      (await sendTo(w, who, `/ru/people/${id}/files/new`, { command: newId(), ...paperFields }, { file: await jpeg() })).statusCode,
    ).toBe(404)
  // Nobody at all: led to the sign-in, nothing was read of the body.
  expect((await sendTo(w, undefined, `/ru/people/${id}/files/new`, paperFields, { file: await jpeg() })).statusCode).toBe(303)
  expect((await papers(id)).papers.length).toBe(1)
  // A paper is found under its own person only.
  const other = await child('Нигора')
  expect(await status(w.people.worker, `/people/${other.id}/files/${file}`)).toBe(404)
  expect(await status(w.people.worker, `/people/${other.id}/files/${file}/download`)).toBe(404)
})

test('the picture of a child is opened by the team of the case alone, for one reason, and every opening is told', async () => {
  const { id, caseId } = await child('Мадина')
  expect((await takePhoto(id)).statusCode).toBe(303)
  const analyst = await w.person({ agency: w.agencyId, roles: ['analyst'], alias: 'Щегол' })
  for (const who of [
    w.people.stranger,
    w.people.psychologist,
    w.people.lawyer,
    w.people.duty,
    w.people.carer,
    w.people.follower,
    w.people.admin,
    analyst,
  ])
    expect([who.alias, await status(who, `/people/${id}/photo`)]).toEqual([who.alias, 404])
  // A colleague elsewhere with whom the case was shared reads the papers; the picture stays with the team.
  const elsewhere = await w.person({
    agency: w.agencyId,
    roles: ['case_worker', 'supervisor'],
    member: [[await w.team(w.agencyId, { name: 'Южнее' }), 'casework']],
    alias: 'Южанин',
  })
  const shared = await w.send(w.people.worker, `/cases/${caseId}/share`, {
    user: elsewhere.id,
    compartments: ['identity', 'summary'],
    right: 'write',
    why: 'x',
    'until-day': '1',
    'until-month': '3',
    'until-year': '2027',
  })
  expect([shared.statusCode, await status(elsewhere, `/people/${id}/files`), await status(elsewhere, `/people/${id}/photo`)]).toEqual([
    303, 200, 404,
  ])
  // It is no paper: none of the addresses of papers leads to it, and no page shows it.
  const photo = (await papers(id)).photo!.id
  for (const p of ['', '/picture', '/download', '/remove'])
    expect(await status(w.people.worker, `/people/${id}/files/${photo}${p}`)).toBe(404)
  for (const url of [`/ru/people/${id}`, `/ru/people/${id}/files`, `/ru/people/${id}/photo`, `/ru/cases/${caseId}`])
    expect((await w.get(w.people.worker, url)).body).not.toContain('data:image/jpeg')
  const send = (fields: Record<string, string>) => w.send(w.people.worker, `/people/${id}/photo`, fields)
  for (const fields of [{ why: 'хочу посмотреть' }, { reason: 'work', why: 'x' }, { reason: 'missing', why: ' ' }]) {
    const refused = await send(fields as Record<string, string>)
    expect([refused.statusCode, refused.body.includes('data:image/jpeg')]).toEqual([422, false])
  }
  expect(await audits(id, 'photo.open')).toEqual([])
  const page = await w.get(w.people.boss, `/ru/people/${id}/photo`)
  const fields = { ...hiddenOf(page.body, `/ru/people/${id}/photo`), reason: 'missing', why: 'с 19:40, ищет полиция' }
  const opened = await w.post(w.people.boss, `/ru/people/${id}/photo`, fields)
  expect([opened.statusCode, opened.body.includes('src="data:image/jpeg;base64,')]).toEqual([200, true])
  expect(opened.headers['cache-control']).toBe('no-store')
  expect(await audits(id, 'photo.open')).toEqual([{ purpose: 'missing', outcome: 'shown' }])
  // The page loaded anew asks again.
  expect((await w.post(w.people.boss, `/ru/people/${id}/photo`, fields)).statusCode).toBe(303)
  const { rows } = await w.db.owner.query('select what, done_by from app.second_look where record = $1', [caseId])
  expect(rows).toEqual([{ what: 'photo_opened', done_by: w.people.boss.id }])
  expect((await w.get(w.people.worker, `/ru/people/${id}`)).body).toContain('Снимок открыт')
})

test('the picture is kept with the child’s yes only, of a child with an open case, once; erased at closing with its key', async () => {
  const { id } = await child('Ситора')
  const refused = async (more: Record<string, string>) => (await takePhoto(id, more)).statusCode
  expect([
    await refused({ agreed: 'no' }),
    await refused({ guardian: 'refused' }),
    await refused({ language: '' }),
    await refused({ 'agreedOn-year': '2999' }),
    await refused({ guardian: 'agreed', guardianWho: '' }),
  ]).toEqual([422, 422, 422, 422, 422])
  expect((await takePhoto(id, {}, pdf())).statusCode).toBe(422)
  expect((await papers(id)).photo).toBeUndefined()
  expect((await takePhoto(id)).statusCode).toBe(303)
  expect((await takePhoto(id)).statusCode).toBe(422)
  // A parent of a child is not photographed.
  const parent = await w.send(w.people.worker, '/people/new', { relation: 'parent', name: 'Рустам', team: w.teamA })
  const parentId = /people\/([0-9a-f-]{36})/.exec(String(parent.headers.location))?.[1] ?? ''
  expect((await takePhoto(parentId)).statusCode).toBe(422)
  // Without a case nothing would ever erase it.
  const alone = await w.send(w.people.worker, '/people/new', { relation: 'child', name: 'Без дела', team: w.teamA })
  expect((await takePhoto(/people\/([0-9a-f-]{36})/.exec(String(alone.headers.location))?.[1] ?? '')).statusCode).toBe(422)
  const photo = (await papers(id)).photo!.id
  expect((await filesOnDisk(folder)).some(f => f.id === photo)).toBe(true)
  await w.as(w.people.boss, a => erasePhotos(a, id))
  expect((await filesOnDisk(folder)).some(f => f.id === photo)).toBe(false)
  expect((await w.db.owner.query('select from app.file_key where id = $1', [photo])).rowCount).toBe(0)
  expect((await papers(id)).photo).toBeUndefined()
  // The child may want it gone on any day.
  expect((await takePhoto(id)).statusCode).toBe(303)
  expect((await w.send(w.people.worker, `/people/${id}/photo/remove`, { reason: '' })).statusCode).toBe(422)
  expect((await w.send(w.people.worker, `/people/${id}/photo/remove`, { reason: 'попросила' })).statusCode).toBe(303)
  expect((await papers(id)).photo).toBeUndefined()
})

test('another photograph of a child is kept only while a supervisor of the team allows it, and is erased when the case is closed', async () => {
  const { id } = await child('Парвина')
  const { worker, boss } = w.people
  const allow = `/people/${id}/pictures/allow`
  for (const who of [worker, w.people.admin, w.people.carer, w.people.stranger, w.people.duty])
    for (const path of [allow, `/people/${id}/pictures/end`]) expect([who.alias, await status(who, path)]).toEqual([who.alias, 404])
  const picture = { ...paperFields, kind: 'picture' }
  expect((await w.get(worker, `/ru/people/${id}/files/new`)).body).not.toContain('value="picture"')
  const refused = await attach(id, await jpeg(), picture)
  expect([refused.statusCode, refused.body.includes('сейчас не разрешены')]).toEqual([422, true])
  const day = (name: string, d: string) => ({
    [`${name}-year`]: d.slice(0, 4),
    [`${name}-month`]: d.slice(5, 7),
    [`${name}-day`]: d.slice(8),
  })
  const now = (await w.as(boss, async a => a.now)).slice(0, 10)
  const said = { purpose: 'снимок для свидетельства', consent: 'девочка согласна', ...day('agreedOn', now), ...day('until', now) }
  expect((await w.send(boss, allow, { ...said, purpose: '' })).statusCode).toBe(422)
  expect((await w.send(boss, allow, said)).statusCode).toBe(303)
  expect((await w.get(worker, `/ru/people/${id}/files`)).body).toContain('снимок для свидетельства')
  expect((await attach(id, await jpeg(), picture)).statusCode).toBe(303)
  expect((await attach(id, await jpeg('other'))).statusCode).toBe(303)
  expect((await w.send(boss, `/people/${id}/pictures/end`, { reason: 'сделан' })).statusCode).toBe(303)
  expect((await attach(id, await jpeg('third'), picture)).statusCode).toBe(422)
  await w.as(worker, a => erasePhotos(a, id))
  expect((await papers(id)).papers.map(p => p.kind)).toEqual(['birth_certificate'])
  expect((await w.get(worker, `/ru/people/${id}`)).body).toContain('Другие снимки больше не разрешены')
})

test('what is not on the list is refused with a sentence that helps; what was typed stays', async () => {
  const { id } = await child('Лола')
  const say = async (bytes: Buffer, name = 'scan.jpg', type = 'image/jpeg') => {
    const answer = await attach(id, { name, type, bytes })
    return [
      answer.statusCode,
      /error-summary__list[\s\S]*?<a[^>]*>([^<]*)/.exec(answer.body)?.[1],
      answer.body.includes('вторая страница-канарейка'),
    ]
  }
  const [notPaper, heic, large] = ['Это не JPEG, не PNG и не PDF, что бы ни говорило имя файла.', /HEIC/, /больше 12 МБ/]
  for (const bad of [
    '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    'GIF89a-aaaaaaaaaaa',
    'MZ-aaaaaaaaaaaaaaa',
    '<!doctype html><p>x</p>',
  ])
    expect(await say(Buffer.from(bad))).toEqual([422, notPaper, true])
  expect((await say(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic0000mif1')]), 'IMG.HEIC', 'image/heic'))[1]).toMatch(
    heic,
  )
  expect((await say(Buffer.alloc(12 * 1024 * 1024 + 1, 0xff)))[1]).toMatch(large)
  const broken = (await jpeg()).bytes
  expect((await say(broken.subarray(0, 300)))[1]).toMatch(/повреждён/)
  const none = await attach(id, undefined)
  expect([none.statusCode, none.body.includes('выберите файл')]).toEqual([422, true])
  // A body that is no multipart at all, one that is cut off, and one with a hundred fields are the sender's fault.
  const url = `/ru/people/${id}/files/new`
  const raw = (payload: string) =>
    w.office.app.inject({
      method: 'POST',
      url,
      headers: {
        cookie: w.people.worker.cookie,
        origin: 'http://localhost:4300',
        'sec-fetch-site': 'same-origin',
        'content-type': 'multipart/form-data; boundary=x',
      },
      payload,
    })
  for (const payload of ['', 'nonsense', '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'])
    expect((await raw(payload)).statusCode).toBeLessThan(500)
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, 'x']))
  expect((await sendTo(w, w.people.worker, url, many, {})).statusCode).toBe(413)
  // No other route of the office takes such a body.
  expect((await sendTo(w, w.people.worker, `/ru/people/${id}/claims/new`, {}, { file: await jpeg() })).statusCode).toBe(415)
  expect((await papers(id)).papers).toEqual([])
  expect((await filesOnDisk(folder)).length).toBe((await w.db.owner.query('select from app.stored_file')).rowCount)
})

test('a picture is shown as it was made clean; a PDF is only handed out, under a name of ours, and runs nothing', async () => {
  const { id } = await child('Шахло')
  expect((await attach(id, await jpeg('GPS-Kanareika'))).statusCode).toBe(303)
  expect((await attach(id, pdf(), { ...paperFields, kind: 'passport_abroad' })).statusCode).toBe(303)
  const [picture, paper] = (await papers(id)).papers
  const shown = await w.get(w.people.worker, `/ru/people/${id}/files/${picture!.id}/picture`)
  expect([
    shown.statusCode,
    shown.headers['content-type'],
    shown.headers['cache-control'],
    shown.headers['x-content-type-options'],
  ]).toEqual([200, 'image/jpeg', 'no-store', 'nosniff'])
  expect([shown.rawPayload.includes('GPS-Kanareika'), (await sharp(shown.rawPayload).metadata()).exif]).toEqual([false, undefined])
  expect(await status(w.people.worker, `/people/${id}/files/${paper!.id}/picture`)).toBe(404)
  const out = await w.get(w.people.worker, `/ru/people/${id}/files/${paper!.id}/download`)
  expect(out.rawPayload.equals(pdf().bytes)).toBe(true)
  expect([out.headers['content-disposition'], out.headers['content-security-policy']]).toEqual([
    'attachment; filename="document.pdf"',
    "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox",
  ])
  const page = (await w.get(w.people.worker, `/ru/people/${id}/files/${paper!.id}`)).body
  expect([page.includes('<iframe'), page.includes('<embed'), page.includes('<object'), page.includes('паспорт-канарейка.pdf')]).toEqual([
    false,
    false,
    false,
    true,
  ])
  expect((await audits(id, 'paper.download')).length).toBe(1)
  expect((await audits(id, 'paper.picture')).length).toBe(1)
})

test('removing asks why, leaves the reason in the history and nothing on the disk; the same form twice counts once; the journal replays', async () => {
  const { id } = await child('Азиза')
  const url = `/ru/people/${id}/files/new`
  const fields = { ...hiddenOf((await w.get(w.people.worker, url)).body, url), ...paperFields }
  const file = await jpeg()
  for (let i = 0; i < 2; i++) expect((await sendTo(w, w.people.worker, url, fields, { file })).statusCode).toBe(303)
  expect((await sendTo(w, w.people.worker, url, { ...fields, kind: 'other' }, { file })).statusCode).toBe(409)
  expect((await attach(id, pdf())).statusCode).toBe(303)
  const before = await papers(id)
  expect(before.papers.length).toBe(2)
  const gone = before.papers[0]!.id
  expect((await w.send(w.people.worker, `/people/${id}/files/${gone}/remove`, { reason: ' ' })).statusCode).toBe(422)
  expect((await w.send(w.people.worker, `/people/${id}/files/${gone}/remove`, { reason: 'чужая бумага' })).statusCode).toBe(303)
  expect(await status(w.people.worker, `/people/${id}/files/${gone}/picture`)).toBe(404)
  expect((await filesOnDisk(folder)).some(f => f.id === gone)).toBe(false)
  await takePhoto(id)
  await w.as(w.people.worker, a => erasePhotos(a, id))
  const replayed = await w.as(w.people.worker, async a =>
    (await personJournal(a, id)).reduce<Files>(
      (f, s) => (isFileEvent(s.type) && s.parts.identity ? applyFile(f, openFileEvent(s.type, s.parts.identity)) : f),
      noFiles,
    ),
  )
  expect(replayed).toEqual(await papers(id))
})

test('a file that was changed on the disk, or has gone, is said to be so and is not shown', async () => {
  const { id } = await child('Парвина')
  await attach(id, await jpeg())
  const { id: file } = (await papers(id)).papers[0]!
  const at = fileAt(folder, file)
  const whole = readFileSync(at)
  const page = () => w.get(w.people.worker, `/ru/people/${id}/files/${file}`)
  expect((await page()).statusCode).toBe(200)
  const other = Buffer.from(whole)
  other[100]! ^= 1
  for (const [bytes, said] of [
    [other, 'изменён или обрезан'],
    [whole.subarray(0, 500), 'изменён или обрезан'],
  ] as const) {
    writeFileSync(at, bytes)
    const answer = await page()
    expect([answer.statusCode, answer.body.includes(said), answer.body.includes('<img')]).toEqual([500, true, false])
    expect(await status(w.people.worker, `/people/${id}/files/${file}/picture`)).toBe(404)
  }
  rmSync(at)
  expect((await page()).body).toContain('Файла нет на диске')
  const job = { pool: w.db.pool('job', 1), clock: () => new Date() }
  expect((await sweepFiles(job)).missing).toBe(1)
  writeFileSync(at, whole)
  expect((await page()).statusCode).toBe(200)
  expect(await sweepFiles(job)).toEqual({ removed: 0, missing: 0 })
})

test('a cut between the disk and the commit leaves a file that nobody can open, and that is swept after a day', async () => {
  const { id } = await child('Дилором')
  const there = new Set((await filesOnDisk(folder)).map(f => f.id))
  // The power fails after the rename: the transaction never ends.
  await w.db.owner.query(
    'create function app.power_cut() returns trigger language plpgsql as $$ begin raise exception using errcode = $e$57P01$e$; end $$',
  )
  await w.db.owner.query('create trigger power_cut before insert on app.file_key for each row execute function app.power_cut()')
  expect((await attach(id, await jpeg())).statusCode).toBe(503)
  await w.db.owner.query('drop trigger power_cut on app.file_key')
  await w.db.owner.query('drop function app.power_cut()')
  const left = (await filesOnDisk(folder)).filter(f => !there.has(f.id))
  expect([left.length, (await papers(id)).papers.length]).toEqual([1, 0])
  expect((await w.db.owner.query('select from app.stored_file where id = $1', [left[0]!.id])).rowCount).toBe(0)
  const job = { pool: w.db.pool('job', 1), clock: () => new Date(Date.now() + 2 * 86_400_000) }
  expect((await sweepFiles(job)).removed).toBe(1)
  expect(new Set((await filesOnDisk(folder)).map(f => f.id))).toEqual(there)
})

test('nothing of a file or of its name stands anywhere in the clear: database, its files, the folder, or what went wrong', async () => {
  const { id } = await child('Фарангиз')
  await attach(id, pdf())
  await attach(id, await jpeg())
  await takePhoto(id)
  await w.db.owner.query('checkpoint')
  const words = ['kanareika', 'Kanareika', 'канарейка', 'переводила', '%PDF-1.7'].map(x => Buffer.from(x))
  const found: string[] = []
  const scan = (dir: string) => {
    for (const e of readdirSync(dir, { withFileTypes: true })) {
      const at = path.join(dir, e.name)
      if (e.isDirectory()) scan(at)
      else if (e.isFile()) {
        const bytes = readFileSync(at)
        for (const word of words) if (bytes.includes(word)) found.push(`${e.name} ${word}`)
      }
    }
  }
  scan(folder)
  scan(w.db.folder)
  expect(found).toEqual([])
  expect(JSON.stringify(w.logged)).not.toMatch(/[Kk]anareika|канарейка/)
  // Nothing went wrong inside but what these tests did to the disk and the database.
  expect(w.logged.filter(l => l.code !== '57P01')).toEqual([])
})
