import { writeFileSync } from 'node:fs'
import { caseWorld } from '../src/case/world.testing.ts'
const w = await caseWorld()
const { worker } = w.people
const ids: string[] = []
for (let i = 0; i < 40; i++) ids.push(await w.open(worker, { name: `Синицына Лола ${i}`, danger: ['none', 'concern', 'danger'][i % 3]! }))
if (process.env.LOGALL) {
  await w.db.owner.query('alter role staff_rw set log_min_duration_statement = 0')
  await w.db.owner.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'staff_rw'")
}
const at = await w.office.app.listen({ port: 4999, host: '127.0.0.1' })
writeFileSync('/tmp/doverie/prof/info.json', JSON.stringify({ at, cookie: worker.cookie, ids, log: w.db.folder + '/pg.log' }))
console.log('up')
process.on('SIGTERM', () => void w.end().then(() => process.exit(0)))
