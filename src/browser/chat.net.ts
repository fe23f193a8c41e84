/* How the chat reaches the server: forms by POST, so that nothing of a conversation stands in an address; again and again while the network is away. */

export type Answered = { readonly status?: string } & Record<string, unknown>

const wait = (ms: number, signal?: AbortSignal) =>
  new Promise<void>(done => {
    const t = setTimeout(done, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(t)
      done()
    })
  })
/** Waits between tries, in ms. */
const waits = [1000, 2000, 4000, 8000, 15000] as const
const waitFor = (tries: number): number => (waits[Math.min(tries, waits.length - 1)] ?? 15000) * (0.75 + Math.random() / 2)

const post = (step: string, fields: Record<string, string>, signal?: AbortSignal): Promise<Response> =>
  fetch(`/chat/${step}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    ...(signal ? { signal } : {}),
  })

/** Asks until somebody answers; undefined once `signal` says stop, or after `tries`. The same fields sent twice happen once. */
export const ask = async (
  step: string,
  fields: Record<string, string>,
  o: { readonly signal?: AbortSignal; readonly tries?: number; readonly waiting?: (yes: boolean) => void } = {},
): Promise<Answered | undefined> => {
  for (let n = 0; n < (o.tries ?? 1000) && !o.signal?.aborted; n++) {
    try {
      const r = await post(step, fields, o.signal)
      if (r.status !== 503) {
        o.waiting?.(false)
        return (await r.json()) as Answered
      }
    } catch {
      // No network, or a server that starts again: both pass.
    }
    if (o.signal?.aborted) break
    o.waiting?.(true)
    await wait(waitFor(n), o.signal)
  }
  return undefined
}

/** Tells something and does not wait: also while the page goes. */
export const tell = (step: string, fields: Record<string, string>): void =>
  void fetch(`/chat/${step}`, { method: 'POST', body: new URLSearchParams(fields), credentials: 'omit', keepalive: true }).catch(
    () => undefined,
  )

/** Answers as they come: by a stream, and by asking now and then where a stream does not hold. Ends with `signal`. */
export const listen = async (
  fields: Record<string, string>,
  signal: AbortSignal,
  heard: (answer: unknown) => Promise<void>,
  live: (yes: boolean) => void,
  typing: () => void = () => undefined,
): Promise<void> => {
  for (let n = 0; !signal.aborted; n++) {
    try {
      const r = await post('stream', fields, signal)
      if (r.body && (r.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
        live(true)
        n = 0
        await read(r.body, heard, typing)
      } else if (r.status !== 503 && ((await r.json()) as Answered).status === 'unknown') return
    } catch {
      // Cut off: asked for below, and opened again.
    }
    if (signal.aborted) return
    live(false)
    await wait(waitFor(n), signal)
    const taken = await ask('take', fields, { signal, tries: 1 })
    if (taken?.status === 'open') {
      live(true)
      for (const m of taken.messages as unknown[]) await heard(m)
    }
  }
}

const read = async (body: ReadableStream<Uint8Array>, heard: (answer: unknown) => Promise<void>, typing: () => void): Promise<void> => {
  const reader = body.getReader()
  const text = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const parts = (rest + text.decode(value, { stream: true })).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const data = /^event: answer\ndata: (.*)$/.exec(part)?.[1]
      if (data) await heard(JSON.parse(data))
      else if (part.startsWith('event: typing')) typing()
    }
  }
}
