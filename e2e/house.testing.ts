import { formsIn, type ReadForm } from '../src/main.forms.testing.ts'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'

/* People of a running demonstration over plain HTTP, as a browser without JavaScript would send their forms. */

export interface Reply {
  readonly status: number
  readonly body: string
  readonly location: string
  readonly retryAfter: string | null
}
export type Answered = Reply & { readonly lost?: undefined }
/** No answer came: nobody knows whether it was done. */
export interface Lost {
  readonly lost: string
}

/** Somebody signed in at the office, or (without a cookie) anybody at the public site. */
export interface Caller {
  readonly site: string
  readonly cookie: string
  get(path: string): Promise<Reply>
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Reply>
  /** The form on a page that goes to `action`. */
  form(page: string, action?: string): Promise<ReadForm>
}

const idOf = (text: string, kind: string) => new RegExp(`/${kind}/([0-9a-f-]{36})`).exec(text)?.[1]
/** The id of a record in an address or on a page. */
export const requireId = (text: string, kind: 'contacts' | 'cases' | 'people'): string => {
  const id = idOf(text, kind)
  if (!id) throw new Error(`no id of ${kind} in ${text.slice(0, 300)}`)
  return id
}

/** What the form says is wrong, for a message of the test. */
export const summaryOf = (html: string): string =>
  (/govuk-error-summary__list[\s\S]*?<\/ul>/.exec(html)?.[0] ?? /<h1[\s\S]*?<\/h1>/.exec(html)?.[0] ?? '')
    .replace(/<[^>]+>/g, ' ')
    .slice(0, 400)

export const caller = (site: string, cookie = '', timeoutMs = 20_000): Caller => {
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const answer = await fetch(`${site}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { ...(cookie ? { cookie } : {}), origin: site, ...init.headers },
    })
    return {
      status: answer.status,
      body: await answer.text(),
      location: answer.headers.get('location') ?? '',
      retryAfter: answer.headers.get('retry-after'),
    }
  }
  const get = (path: string) => ask(path, {})
  return {
    site,
    cookie,
    get,
    post: (path, fields) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    form: async (page, action = page.split('?')[0]) => {
      const answer = await get(page)
      const form = formsIn(answer.body).find(f => f.action === action && f.method === 'post')
      if (!form) throw new Error(`${page} answers ${answer.status} without a form to ${action}: ${summaryOf(answer.body)}`)
      return form
    },
  }
}

/** The demonstration's people by the role they are listed with, in the order of the sign-in page. */
export const demoSignIn = async (house: Pick<RunningInstallation, 'office'>): Promise<(role: string) => Promise<Caller>> => {
  const shown = await caller(house.office).get('/en/sign-in')
  const people = [
    ...shown.body.matchAll(/<button[^>]*name="person"[^>]*value="([^"]+)"[^>]*>[\s\S]*?<\/button>[\s\S]*?<span[^>]*>([^<]*)<\/span>/g),
  ]
  return async role => {
    const found = people.find(p => p[2]?.toLowerCase() === role.toLowerCase())
    if (!found) throw new Error(`nobody is listed as ${role}: ${people.map(p => p[2]).join(', ')}`)
    const answer = await fetch(`${house.office}/en/demo/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: house.office },
      body: new URLSearchParams({ person: found[1] ?? '', next: '/' }).toString(),
    })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (!cookie?.includes('=')) throw new Error(`${role} cannot sign in: ${answer.status}`)
    return caller(house.office, cookie)
  }
}
