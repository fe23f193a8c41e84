import { isId } from '../base/id.ts'
import { once } from '../platform/command.ts'
import { sha256 } from '../platform/crypto.ts'
import { uploadOf, withUploads } from '../platform/files.upload.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId, readJournal } from '../platform/records.ts'
import { linkCrumbs } from './routes.registers.crumbs.ts'
import { openingRoutes } from './routes.registers.opening.ts'
import { registerReview } from './routes.registers.review.ts'
import { chosenKinds } from './rules.registers.ts'
import { type Columns, type LinkAnswer, type LinkTask, openRegisterEvent, type ReadAnswer, type RegisterLink } from './schema.registers.ts'
import { erasedScreen } from './screens.registers.review.tsx'
import { columnsScreen, uploadLinkScreen } from './screens.registers.tsx'
import { findLink, linkKey, ourPeople, parts, putPart, rawParts, stepLink } from './store.registers.ts'

/** Reads and compares beside the requests. */
export interface LinkEngine {
  readonly read: (task: Extract<LinkTask, { does: 'read' }>) => Promise<ReadAnswer>
  readonly link: (task: Extract<LinkTask, { does: 'link' }>) => Promise<LinkAnswer>
}
const filesOf = (l: RegisterLink) => (l.way === 'two' ? 2 : 1)
/** One at a time in a process: each takes a core and a few hundred megabytes. */
let busy = false
const alone = async <A>(work: () => Promise<A>): Promise<A | { readonly error: string }> => {
  if (busy) return { error: 'busy' }
  busy = true
  try {
    return await work()
  } catch (e) {
    const code = (e as Error).message
    if (code === 'thread_too_long') return { error: 'too_long' }
    if (code === 'thread_failed') return { error: 'unreadable' }
    throw e
  } finally {
    busy = false
  }
}

interface Shown {
  readonly error?: string
  readonly status?: number
  readonly command?: string
  readonly files?: readonly Columns[]
}
/** The step at which an open comparison stands: the next file, or its columns. */
const openStep = async (a: Asked, l: RegisterLink, key: Buffer, v: Shown): Promise<Answer> => {
  const files = v.files ?? [...(await parts(a, l, key, 'columns')).values()]
  const missing = files.length < filesOf(l)
  a.saw('register.open', [l.id])
  const common = { link: l, command: v.command ?? newId(), error: v.error && `register.error.${v.error}`, to: a.to }
  return page({
    title: a.t(missing ? 'register.file.title' : 'register.columns.title'),
    nav: 'registers',
    status: v.status ?? 200,
    breadcrumbs: linkCrumbs(a),
    body: missing ? uploadLinkScreen({ ...common, n: files.length }, a.t) : columnsScreen({ ...common, files }, a.t),
  })
}
const erasedPage = async (a: Asked, l: RegisterLink): Promise<Answer> => {
  const last = (await readJournal(a, l.id, ['identity'])).findLast(e => e.type === 'register_erased')
  const event = last?.parts.identity && openRegisterEvent(last.type, last.parts.identity)
  a.saw('register.open', [l.id])
  return page({
    title: l.agreement.from,
    nav: 'registers',
    breadcrumbs: linkCrumbs(a),
    body: erasedScreen({ link: l, counts: event?.type === 'register_erased' ? event.counts : undefined }, a.t),
  })
}

/** One step of an open comparison: once, locked, not stale; a refusal shows the step again. */
const step = async (
  a: Asked,
  content: unknown,
  does: (l: RegisterLink, key: Buffer, command: string) => Promise<Shown | undefined>,
): Promise<Answer> => {
  const seen = await findLink(a, a.params.registerId!)
  const seenKey = seen?.state === 'open' ? await linkKey(a, seen) : undefined
  if (!seen || !seenKey) return hidden
  const command = isId(a.body.command) ? a.body.command : newId()
  const done = redirect(`/registers/${seen.id}`)
  return once<Answer>(
    a,
    { command, content, record: seen.id },
    {
      fresh: async () => {
        const l = await findLink(a, seen.id, true)
        const key = l && (await linkKey(a, l))
        if (!l || !key || l.state !== 'open') return { refused: hidden }
        if (String(a.body.version) !== String(l.version)) return { refused: await openStep(a, l, key, { error: 'changed', status: 409 }) }
        const wrong = await does(l, key, command)
        return wrong ? { refused: await openStep(a, l, key, { status: 422, ...wrong }) } : { saved: done }
      },
      again: () => done,
      clash: () => openStep(a, seen, seenKey, { error: 'changed', status: 409 }),
    },
  )
}

const stepRoutes = (o: Office, engine: LinkEngine): void => {
  withUploads(o, inner => {
    inner.post('/registers/:registerId/file', 'register:use', async a => {
      const sent = uploadOf(a.body)
      const bytes = sent && 'bytes' in sent ? sent.bytes : undefined
      try {
        return await step(a, { file: bytes ? sha256(bytes).toString('hex') : '' }, async (l, key, command) => {
          if (!bytes) return { error: sent ? 'too_large' : 'no_file' }
          const n = (await parts(a, l, key, 'columns')).size
          if (n >= filesOf(l)) return { error: 'changed' }
          const read = await alone(() => engine.read({ does: 'read', bytes }))
          if ('error' in read) return { error: read.error }
          await putPart(a, l, key, 'rows', n, read.rows)
          await putPart(a, l, key, 'columns', n, read.columns)
          await stepLink(a, l, { type: 'register_received', n, rows: read.columns.rows }, command)
          return undefined
        })
      } finally {
        bytes?.fill(0)
      }
    })
  })
  o.post('/registers/:registerId/compare', 'register:use', async a => {
    const { command: _c, version: _v, ...content } = a.body
    return step(a, content, async (l, key, command) => {
      const files = [...(await parts(a, l, key, 'columns')).entries()].map(([n, c]) => chosenKinds(n, c, a.body))
      if (files.length < filesOf(l)) return { error: 'no_file' }
      const rows = await rawParts(a, l, key, 'rows')
      const ours = l.way === 'ours' ? await ourPeople(a) : undefined
      if (l.way === 'ours' && !ours) return { error: 'too_many_rows', files }
      const answer = await alone(() =>
        engine.link({
          does: 'link',
          left: rows.get(0)!,
          leftKinds: files[0]!.kinds,
          right: ours ? Buffer.from(JSON.stringify(ours.table)) : rows.get(1),
          rightKinds: ours?.kinds ?? files[1]?.kinds,
        }),
      )
      for (const b of rows.values()) b.fill(0)
      if ('error' in answer) return { error: answer.error, files }
      for (const [n, c] of files.entries()) await putPart(a, l, key, 'columns', n, c)
      await putPart(a, l, key, 'found', 0, answer.found)
      for (const [n, p] of answer.pages.entries()) await putPart(a, l, key, 'pairs', n, p)
      const counted = [...files.map(f => f.rows), ...(ours ? [ours.people] : [])]
      await stepLink(a, l, { type: 'register_compared', rows: counted, pairs: answer.found.pairs }, command)
      return undefined
    })
  })
}

/** Registers of partners: the agreement, the files, their columns, the pairs, the decisions, and erasing it all. */
export const registerRegisters = (o: Office, engine: LinkEngine): void => {
  openingRoutes(o)
  stepRoutes(o, engine)
  registerReview(o, {
    open: openStep,
    erased: erasedPage,
  })
}
