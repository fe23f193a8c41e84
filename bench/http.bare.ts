import http from 'node:http'
import pg from 'pg'

/* The floor of this machine: node:http and pg over the peer's table, without sign-in, policy, audit or keys. */

const columns = 'id, case_no, full_name, dob, nationality, status, risk, opened_at, next_followup'

/** Serves list, open, create and update of `cases` on a port; resolves when it listens. */
export const bare = (connection: pg.PoolConfig, port: number): Promise<http.Server> => {
  const pool = new pg.Pool({ ...connection, max: 8 })
  const answer = async (method: string, url: URL, body: string): Promise<unknown> => {
    if (method === 'GET' && url.pathname === '/list')
      return (
        await pool.query({
          name: 'list',
          text: `select ${columns} from cases where status = $1 order by opened_at desc limit 25`,
          values: ['open'],
        })
      ).rows
    const id = Number(url.pathname.split('/')[2])
    if (method === 'GET') return (await pool.query({ name: 'open', text: 'select * from cases where id = $1', values: [id] })).rows[0]
    const value = JSON.parse(body) as Record<string, unknown>
    if (method === 'POST')
      return (
        await pool.query({
          name: 'create',
          text: 'insert into cases (case_no, full_name, dob, sex, nationality, status, risk, notes, data) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id',
          values: ['case_no', 'full_name', 'dob', 'sex', 'nationality', 'status', 'risk', 'notes', 'data'].map(k => value[k]),
        })
      ).rows[0]
    return (
      await pool.query({
        name: 'update',
        text: 'update cases set status = $2, notes = $3 where id = $1 returning id',
        values: [id, value.status, value.notes],
      })
    ).rows[0]
  }
  const server = http.createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += String(chunk)
    try {
      const text = JSON.stringify((await answer(req.method ?? 'GET', new URL(req.url ?? '/', 'http://bare'), body)) ?? {})
      res.writeHead(200, { 'content-type': 'application/json' }).end(text)
    } catch (e) {
      res.writeHead(500).end(String(e))
    }
  })
  return new Promise(resolve => server.listen(port, '127.0.0.1', () => resolve(server)))
}
