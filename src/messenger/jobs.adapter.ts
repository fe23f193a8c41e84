import type { Delivery, Inbound, Messenger } from './schema.ts'

/*
 * One contract for every messenger: an adapter validates what its service sends, makes an Inbound of it or nothing, and carries an answer back. It decides nothing and
 * keeps nothing. A further messenger is one file `jobs.NAME.ts` that exports an Adapter, its name in `messengers` (src/contact/schema.ts, with a migration of the two
 * checks), and a line in jobs.start.ts. Everything else (who it is, sealing, words, limits, links, delivery) is the same for all and lies in jobs.ts.
 */

export interface Adapter {
  readonly channel: Messenger
  /** Nothing for what is no message of one person to us: groups, bots, edits, garbage. Never throws. */
  normalise(raw: unknown): Inbound | undefined
  /** Sends plain text, without a preview of links. `key` is the same for the same answer: a messenger that can tell repeats apart is given it. */
  send(chat: string, text: string, key: string): Promise<Delivery>
  /** Asks for what is new until the signal; hands each piece on and lets go of it only when it was taken. */
  poll(take: (raw: unknown) => Promise<void>, stop: AbortSignal): Promise<void>
  /** The way on which the messenger calls us, instead of being asked. */
  readonly hook: Hook | undefined
}
export interface Hook {
  /** Last part of the address. */
  readonly path: string
  /** 'wrong': not from the messenger, answered as if there were nothing here. A string: what it wants to hear. */
  open(body: unknown, secretHeader: string | undefined): 'wrong' | { readonly raw?: unknown; readonly say: string }
  /** Tells the messenger where we are; nothing where a person does it. */
  readonly announce?: (publicAddress: string) => Promise<void>
}

/** Resolves after so long, or at once when told to stop. */
export const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (stop.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done)
  })
