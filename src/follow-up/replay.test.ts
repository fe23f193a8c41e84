import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { openCaseEvent } from '../case/store.ts'
import { cheapArgon } from '../contact/public.testing.http.ts'
import { newId, readJournal } from '../platform/records.ts'
import { apply, emptyFollowUp, type Heard } from './rules.ts'
import { isFollowUpEvent, openFollowUpEvent } from './schema.ts'
import { sealBoxed } from './store.boxed.ts'
import { answersOf, checkInsOf, liveCode } from './store.ts'
import { type FollowUpWorld, followUpWorld } from './world.testing.ts'

let w: FollowUpWorld
beforeAll(async () => {
  w = await followUpWorld(cheapArgon())
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const commands = ['record', 'between', 'close', 'reopen', 'code', 'end', 'child', 'help', 'read'] as const
/** One command as somebody gives it; what the rules refuse is part of it. */
const give = async (id: Id, what: (typeof commands)[number]): Promise<void> => {
  const { worker, boss } = w.people
  const at = `/ru/cases/${id}`
  const version = String((await w.db.owner.query('select version from app.case_record where id = $1', [id])).rows[0].version)
  const post = (path: string, fields: Record<string, string>, who = worker) => w.post(who, `${at}/${path}`, { command: newId(), ...fields })
  if (what === 'close') await post('close', { version, reason: 'moved', note: 'x' })
  if (what === 'reopen') await post('reopen', { version, reason: 'x' }, boss)
  if (what === 'between') await post('follow-up/record', { checkIn: 'between', way: 'call', words: 'x' })
  if (what === 'record') {
    const planned = (await w.as(worker, a => checkInsOf(a, id))).find(k => k.state === 'planned')
    await post('follow-up/record', { checkIn: planned?.id ?? newId(), way: 'visit', safe: '3' })
  }
  if (what === 'code') await w.code(worker, id)
  if (what === 'end') await post('follow-up/code/end', { reason: 'x' })
  if (what === 'read') {
    const unread = (await w.as(worker, a => answersOf(a, id))).find(x => x.unread)
    if (unread) await post(`follow-up/answers/${unread.id}/read`, {})
  }
  if (what === 'child' || what === 'help') {
    // As the public process would, without the cost of a hash.
    const code = (
      await w.db.owner.query('select locator, proof_hash from app.check_in_code where case_id = $1 and ended_day is null', [id])
    ).rows[0]
    if (code) {
      const x = (await w.db.owner.query('select public_x from app.check_in_code where locator = $1', [code.locator])).rows[0].public_x
      const [answer, mark] = [newId(), newId()]
      const value = {
        answers: { safe: 4, slept: null, food: null, school: null, talk: null },
        words: '',
        help: what === 'help',
        someone: 'no',
        language: 'ru',
      } as const
      await w.site.ask('public_check_in_answer', [
        code.locator,
        code.proof_hash,
        mark,
        sealBoxed(x, mark, value),
        answer,
        Buffer.alloc(32, 1),
        value.help,
        sealBoxed(x, answer, value),
      ])
    }
  }
}

test('after any commands the journal of a case replays to its rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...commands), { minLength: 4, maxLength: 12 }), async list => {
      const id = await w.closed()
      for (const c of list) await give(id, c)
      const today = dayOf(new Date().toISOString())
      const seen = await w.as(w.people.worker, async a => ({
        heard: (await readJournal(a, id, ['summary', 'follow_up'])).flatMap((s): Heard[] => {
          if (s.type === 'check_in_answered' || s.type === 'check_in_help_asked')
            return [{ type: s.type, command: s.command, day: dayOf(s.recordedAt) }]
          if (isFollowUpEvent(s.type)) return [openFollowUpEvent(s.type, s.parts.follow_up!)]
          const e = openCaseEvent(s)?.event
          return e?.type === 'case_closed' || e?.type === 'case_reopened' ? [e] : []
        }),
        rows: await checkInsOf(a, id),
        unread: (await answersOf(a, id)).filter(x => x.unread).map(x => x.id),
        code: await liveCode(a, id, today),
      }))
      const s = seen.heard.reduce(apply, emptyFollowUp)
      const plain = (l: readonly { due: string; state: string }[]) => l.map(k => `${k.due} ${k.state}`).sort()
      expect(plain(s.checkIns)).toEqual(plain(seen.rows))
      expect([...s.unread].sort()).toEqual(seen.unread.sort())
      expect(s.codes).toEqual(seen.code ? [seen.code.id] : [])
    }),
    { numRuns: process.env.DOVERIE_LONG === '1' ? 100 : 12 },
  )
}, 240_000)
