import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { VNode } from 'preact'
import type { Actor } from '../base/condition.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import type { PermissionRule } from '../base/policy.ts'
import type { Stamp } from '../base/time.ts'
import type { Tx } from './db.ts'
import type { Touched, Work } from './records.ts'

/* What a handler of the office gets and what it may answer. */

export const officeCookie = '__Host-office'
export const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** A live session as app.session_open() tells it. */
export interface SessionView {
  readonly id: Id
  readonly userId: Id
  readonly agencyId: Id
  readonly roles: readonly Role[]
  readonly locked: boolean
  readonly sharedComputer: boolean
  readonly bundle: Buffer
  readonly profile: Buffer
  readonly keysVersion: number
  readonly expiresAt: Stamp
  readonly stepUpAt: Stamp | null
  readonly timeZone: string
  readonly size: 'small' | 'large'
  readonly demo: boolean
  readonly groups: readonly Id[]
  readonly desk: readonly Id[]
  readonly direct: readonly Id[]
  readonly excluded: readonly Id[]
  /** The person's own emergency access that is open now. */
  readonly glass: { readonly record: Id; readonly until: Stamp } | null
}

/** One page of the office; the shell is put around it after the commit. */
export interface Page {
  readonly title: string
  readonly body: VNode
  readonly status?: number
  readonly nav?: string
  readonly breadcrumbs?: readonly { text: string; href: string }[]
  readonly scripts?: readonly string[]
  readonly print?: string
  readonly wide?: boolean
}

/** What a handler answers. Sent only after the transaction was committed: nothing is shown as saved that was not. */
export type Answer =
  | ({ readonly kind: 'page' } & Page)
  | { readonly kind: 'redirect'; readonly to: string; readonly cookies?: readonly CookieChange[] }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'bytes'; readonly type: string; readonly body: string | Buffer; readonly filename?: string }
export interface CookieChange {
  readonly value: string | null
  readonly maxAge?: number
}

export const page = (p: Page): Answer => ({ kind: 'page', ...p })
/** 303 to an address without the language, or to one that starts with it. */
export const redirect = (to: string): Answer => ({ kind: 'redirect', to })
export const hidden: Answer = { kind: 'hidden' }

/** Everything a handler may use. `tx`, `vault` and `now` are also the store's `Work`. */
export interface Asked extends Work {
  readonly lang: string
  readonly t: T
  readonly actor: Actor
  readonly session: SessionView
  readonly token: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** The address of this page without the language: '/cases/…?…'. */
  readonly path: string
  /** May this person's roles do that at all? (Buttons; data still needs a grant.) */
  can(permission: string): boolean
  /** Audits what is about to be shown: one row a page, in this transaction. Without it nothing personal may be put on the page. */
  saw(action: string, records: readonly Id[], purpose?: string): void
  /** Link within the office in the current language. */
  to(path: string): string
  /** What stands above every page until somebody has taken it. */
  readonly alarm?: Alarm | undefined
}
/** A line above every page. */
export interface Alarm {
  readonly text: string
  readonly href: string
  readonly link: string
}
/** Before sign-in: no session, no vault. */
export interface Visitor {
  readonly lang: string
  readonly t: T
  readonly tx: Tx
  readonly now: Stamp
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly token: string | null
  readonly path: string
  /** What the browser says of itself. */
  readonly agent: string
  to(path: string): string
}

export interface OfficeDeps {
  readonly pool: pg.Pool
  /** This process's sub-keys: audit_mac, service (staff and team names), login, pepper, totp. */
  readonly keys: {
    readonly auditMac: Buffer
    readonly service: Buffer
    readonly login: Buffer
    readonly pepper: Buffer
    readonly totp: Buffer
  }
  readonly origin: string
  /** Address of the public site, for what is printed. */
  readonly publicUrl?: string
  readonly permissions: Readonly<Record<string, PermissionRule>>
  readonly words: (lang: string) => T
  readonly clock: () => Date
  /** The document with the shell around a page; `asked` is undefined before sign-in. */
  readonly document: (p: Page, lang: string, t: T, asked: Asked | undefined, path: string) => string
  readonly errorPage: (status: number, lang: string, url: string) => string
  /** After a handler that appended to the journal, in its transaction: for what must follow every change, whoever made it. Never throws. */
  readonly changed?: ((a: Asked, touched: readonly Touched[]) => Promise<void>) | undefined
  /** Asked beside the handler of every page: is there something that this person must be told wherever they are? */
  readonly alarm?: ((a: Asked) => Promise<Alarm | undefined>) | undefined
  /** What happens to a request while the session is locked (access keeps a form sealed and shows the unlock page). */
  readonly onLocked: (v: Visitor, session: SessionView, method: string) => Promise<Answer>
}

export interface Office {
  readonly app: FastifyInstance
  readonly deps: OfficeDeps
  get(url: string, permit: string, handler: (a: Asked) => Promise<Answer>): void
  post(url: string, permit: string, handler: (a: Asked) => Promise<Answer>): void
  /**
   * Routes before sign-in ('anonymous' permissions only). With `own` the handler opens its transactions itself (its `tx` throws): a password hash takes a quarter of a
   * second, and thirty waiting ones would hold every connection of the pool.
   */
  visitor(method: 'GET' | 'POST', url: string, permit: string, handler: (v: Visitor) => Promise<Answer>, own?: 'own'): void
}
