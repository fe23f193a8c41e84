import http from 'node:http'

/* The duty desk's side, as src/browser/desk.ts does it: a stream that says "something moved", then the page as it is; an answer is a form and then the page again. */

const plain = (html: string): string => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"')

export interface Asked {
  readonly status: number
  readonly body: string
  readonly cookie: string | undefined
}
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
/** One request of a browser that is signed in. */
export const request = (office: string, path: string, cookie: string, fields?: Record<string, string>): Promise<Asked> =>
  new Promise((resolve, reject) => {
    const body = fields && new URLSearchParams(fields).toString()
    const headers = {
      ...(cookie ? { cookie } : {}),
      origin: office,
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
    }
    const r = http.request(new URL(path, office), { agent, method: body === undefined ? 'GET' : 'POST', headers }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (d: string) => (text += d))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: text, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] }),
      )
      answer.on('error', reject)
    })
    r.on('error', reject)
    r.end(body)
  })

/** Signs in to the demonstration by one click, as somebody with that role. */
export const signIn = async (office: string, role: string): Promise<string> => {
  const shown = await request(office, '/en/sign-in', '')
  const people = [
    ...shown.body.matchAll(/<button[^>]*name="person"[^>]*value="([^"]+)"[^>]*>[\s\S]*?<\/button>[\s\S]*?<span[^>]*>([^<]*)<\/span>/g),
  ]
  const person = people.find(p => p[2]?.toLowerCase() === role)?.[1]
  if (!person) throw new Error(`nobody is listed as ${role}`)
  const done = await request(office, '/en/demo/sign-in', '', { person, next: '/' })
  if (!done.cookie) throw new Error(`${role} cannot sign in: ${done.status}`)
  return done.cookie
}

export interface Tab {
  answer(text: string): Promise<void>
  readonly conflicts: () => number
  end(): void
}
const field = (html: string, name: string): string | undefined => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]

/** A page of a contact that somebody has open. `talk` is given the thread whenever it was fetched, and when the stream had said that something moved. */
export const openTab = async (
  office: string,
  cookie: string,
  contact: string,
  talk: (html: string, movedAt: number) => void,
): Promise<Tab> => {
  const path = `/ru/contacts/${contact}`
  let [command, version] = ['', '']
  let conflicts = 0
  let movedAt = 0
  let fetching = false
  let behind = false
  const fetchPage = async (): Promise<string> => {
    const since = movedAt || performance.now()
    const page = await request(office, path, cookie)
    if (page.status !== 200) throw new Error(`${path}: ${page.status}`)
    const form = page.body.split('<form').find(f => f.includes('data-desk-send')) ?? ''
    version = field(form, 'version') ?? version
    talk(plain(/data-live="talk"[\s\S]*?<\/section>/.exec(page.body)?.[0] ?? ''), since)
    return field(form, 'command') ?? ''
  }
  command = await fetchPage()
  const refresh = async (): Promise<void> => {
    if (fetching) {
      behind = true
      return
    }
    fetching = true
    behind = false
    await fetchPage().catch(e => process.stderr.write(`${String(e)}\n`))
    fetching = false
    if (behind) await refresh()
  }
  let ended = false
  let mark = ''
  let stream: http.ClientRequest | undefined
  const listen = () => {
    stream = http.get(new URL(`${path}/live`, office), { agent: false, headers: { cookie, accept: 'text/event-stream' } }, answer => {
      let rest = ''
      answer.setEncoding('utf8')
      answer.on('data', (d: string) => {
        const parts = (rest + d).split('\n\n')
        rest = parts.pop() ?? ''
        for (const part of parts) {
          const next = /^event: moved\ndata: (.*)$/m.exec(part)?.[1]
          if (next === undefined || next === mark) continue
          const was = mark
          mark = next
          movedAt = performance.now()
          if (was !== '') void refresh()
        }
      })
      answer.on('close', () => !ended && setTimeout(listen, 3000))
    })
    stream.on('error', () => !ended && setTimeout(listen, 3000))
  }
  listen()
  let last: Promise<void> = Promise.resolve()
  const attempt = async (text: string): Promise<void> => {
    for (;;) {
      const done = await request(office, `${path}/answer`, cookie, { command, version, text })
      if (done.status === 303) {
        command = await fetchPage()
        return
      }
      // The child wrote meanwhile: the page shows both, and whoever answers presses the button again.
      if (done.status !== 409) throw new Error(`answer: ${done.status}`)
      conflicts++
      command = await fetchPage()
    }
  }
  return {
    answer: text => {
      last = last.then(() => attempt(text))
      return last
    },
    conflicts: () => conflicts,
    end: () => {
      ended = true
      stream?.destroy()
    },
  }
}
