import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { matchPolicy } from './policy.match.ts'
import { registerMatches } from './routes.links.ts'
import { registerTraces } from './routes.trace.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerMatches(o)
      registerTraces(o)
    },
    [matchPolicy],
  )
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  expect(w.logged).toEqual([])
  await w.end()
})

const idOf = async (sql: string, values: unknown[] = []) => String(Object.values((await w.db.owner.query(sql, values)).rows[0])[0])
/** Pages as they look in use: two spellings of one child, a pair decided and linked, somebody who asked twice. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, boss } = w.people
  const person = async (name: string) =>
    idOf('select person_id from app.case_record where id = $1', [await w.open(worker, { name, danger: 'none' })])
  const [a, b, c] = [await person('Джамшед Рахимов'), await person('Dzhamshed Rakhimov'), await person('Ҷамшед Раҳимов')]
  const said = (id: string, what: string, text: string) =>
    w.db.owner.query('select 1').then(async () => {
      const { addClaim } = await import('./rules.ts')
      const { lockPerson, savePersonEvent } = await import('./store.ts')
      const { newId } = await import('../platform/records.ts')
      await w.as(worker, async x => {
        const p = (await lockPerson(x, id))!
        const claim = { what, text, source: 'child', confidence: 'medium' } as Parameters<typeof addClaim>[1]
        const e = addClaim(p, claim, { id: newId(), by: worker.id, at: x.now })
        if (e.ok) await savePersonEvent(x, p, e.value, newId())
      })
    })
  for (const [id, age, sex, origin] of [
    [a, '13', 'мальчик', 'Таджикистан'],
    [b, '14', 'male', 'Tajikistan'],
  ] as const) {
    await said(id, 'age', age)
    await said(id, 'sex', sex)
    await said(id, 'origin', origin)
  }
  await said(b, 'relative', 'тётя Зухра')
  await w.send(worker, `/people/${a}/matches/${c}`, { decision: 'same', reason: 'мама узнала по фотографии паспорта' })
  await w.send(worker, '/asks/new', {
    how: 'call',
    sex: 'not_asked',
    asker: 'partner_of_child',
    askerName: 'Рустам',
    contact: '+7 921 000-11-22',
    childName: 'Джамшед',
    claimed: 'Говорит, что это его двоюродный брат; знает, что мальчик у нас',
  })
  await w.send(boss, '/traces/new', {
    how: 'official',
    sex: 'male',
    asker: 'consulate',
    askerName: 'Консул',
    contact: '89210001122',
    childName: 'Jamshed Rahimov',
    childAge: '13',
  })
  const trace = await idOf("select id from app.trace where way = 'request'")
  await w.send(boss, `/traces/${trace}/check`, { danger: 'maybe', callBack: 'not_reached', knows: 'адрес приюта' })
  const out: [string, string][] = [['wrong', (await w.post(worker, '/ru/asks/new', { how: 'call' })).body]]
  const paths: [typeof worker, string][] = [
    [worker, '/people/matches'],
    [worker, `/people/${a}`],
    [worker, `/people/${a}/matches`],
    [worker, `/people/${a}/matches/${b}`],
    [worker, `/people/${a}/matches/${c}`],
    [worker, `/people/${a}/matches/${c}/unlink`],
    [worker, '/asks/new'],
    [boss, '/traces'],
    [boss, `/traces/${trace}`],
    [boss, `/traces/${trace}/check`],
    [boss, `/traces/${trace}/answer`],
  ]
  for (const lang of ['ru', 'en'])
    for (const [who, p] of paths)
      out.push([
        `/${lang}${p.replaceAll(a, 'A').replaceAll(b, 'B').replaceAll(c, 'C').replaceAll(trace, 'T')}`,
        (await w.get(who, `/${lang}${p}`)).body,
      ])
  return out
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    problems.push(...(await faultsOf(page, name, html)))
  }
  expect(problems).toEqual([])
}, 240_000)
