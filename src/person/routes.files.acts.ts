import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError, sha256 } from '../platform/crypto.ts'
import { cleanImage, type longestSide } from '../platform/files.image.ts'
import { kindOfFile } from '../platform/files.kinds.ts'
import { type Upload, uploadOf } from '../platform/files.upload.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { type CasesOfChild, fileCrumbs, personWithFiles, writes } from './routes.files.common.ts'
import { attachPaper, type FileError, picturesAllowed, removePaper } from './rules.files.ts'
import { displayName } from './rules.ts'
import { paperForm, papersOnlyForm, removeForm } from './schema.files.forms.ts'
import { mostPapers, type StoredType } from './schema.files.ts'
import { removeScreen, uploadScreen } from './screens.files.forms.tsx'
import { filesOf, saveFileEvent } from './store.files.ts'

/** What was sent, looked at and made clean: by its bytes, never by its name. The bytes as they came are wiped. */
export const receiveFile = async (
  sent: Upload | undefined,
  use: keyof typeof longestSide,
): Promise<Result<{ bytes: Buffer; type: StoredType; name: string; digest: string }, FileError>> => {
  if (!sent) return err('no_file')
  if ('problem' in sent) return err(sent.problem)
  const digest = sha256(sent.bytes).toString('hex')
  const kind = kindOfFile(sent.bytes)
  if (kind === 'heic') return err('heic')
  if (kind === 'pdf') return use === 'paper' ? ok({ bytes: sent.bytes, type: 'pdf', name: sent.name, digest }) : err('not_a_picture')
  if (kind === 'other') return err(use === 'paper' ? 'not_a_paper' : 'not_a_picture')
  const clean = await cleanImage(sent.bytes, kind, use)
  sent.bytes.fill(0)
  return typeof clean === 'string' ? err(clean) : ok({ bytes: clean.bytes, type: clean.kind, name: sent.name, digest })
}

/** The error of a file stands at its field; others at the top. */
export const fileErrorsOf = (code: FileError): Errors =>
  ['no_file', 'too_large', 'heic', 'not_a_paper', 'not_a_picture', 'unreadable', 'too_many_pixels'].includes(code)
    ? { file: { key: `files.error.${code}` } }
    : { '': { key: `files.error.${code}` } }
/** Text fields of a body, to show them again. */
export const typedIn = (body: Readonly<Record<string, unknown>>): Values =>
  Object.fromEntries(Object.entries(body).filter((e): e is [string, string] => typeof e[1] === 'string' && e[0] !== 'command'))
export const sentCommand = (a: Asked): { command?: string } => (isId(a.body.command) ? { command: a.body.command } : {})
export const noKey = (e: unknown): e is SealError => e instanceof SealError && (e.message === 'no_key' || e.message === 'team_has_no_key')

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}

/** Attaching and removing papers. */
export const registerFileActs = (o: Office, cases: CasesOfChild): void => {
  const times = async (a: Asked, id: string) => ({ openCases: await cases.open(a, id), today: dayOf(a.now, a.session.timeZone) })
  const show = async (a: Asked, p: NonNullable<Awaited<ReturnType<typeof personWithFiles>>>, v: Shown) => {
    a.saw('paper.form', [p.id])
    const pictures = picturesAllowed(await filesOf(a, p.id), await times(a, p.id))
    return page({
      title: a.t('files.paper.title'),
      nav: 'people',
      status: v.status ?? 200,
      breadcrumbs: fileCrumbs(a, p.id),
      body: uploadScreen(
        {
          form: pictures ? paperForm : papersOnlyForm,
          use: 'paper',
          caption: displayName(p.identity),
          action: a.to(`/people/${p.id}/files/new`),
          back: a.to(`/people/${p.id}/files`),
          command: v.command ?? newId(),
          values: v.values ?? { kind: 'other', giver: 'not_said', original: 'not_asked' },
          errors: v.errors,
        },
        a.t,
      ),
    })
  }
  o.get('/people/:personId/files/new', 'paper:write', async a => {
    const p = await personWithFiles(a)
    return p && (await writes(a, p, 'paper:write')) ? show(a, p, {}) : hidden
  })
  o.post('/people/:personId/files/new', 'paper:write', async a => {
    const parsed = parseForm(paperForm, a.body)
    const p = await personWithFiles(a)
    if (!p || !(await writes(a, p, 'paper:write'))) return hidden
    if (!parsed.ok) return show(a, p, { values: parsed.values, errors: parsed.errors, status: 422, ...sentCommand(a) })
    const file = await receiveFile(uploadOf(a.body), 'paper')
    if (!file.ok) return show(a, p, { values: typedIn(a.body), errors: fileErrorsOf(file.error), status: 422, ...sentCommand(a) })
    const { kind, giver, original, note } = parsed.value
    const done = redirect(`/people/${p.id}/files?done=saved`)
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { kind, giver, original, note, file: file.value.digest }, record: p.id },
      {
        fresh: async () => {
          const now = await personWithFiles(a, true)
          if (!now) return { refused: hidden }
          const files = await filesOf(a, p.id)
          const { bytes, type, name } = file.value
          const event = attachPaper(
            files,
            { name, kind, giver, original, note: note ?? '' },
            { id: newId(), type, size: bytes.length, by: a.actor.id, at: a.now },
            mostPapers,
            await times(a, p.id),
          )
          const refuse = async (code: string) => ({
            refused: await show(a, now, {
              values: typedIn(a.body),
              errors: { '': { key: `files.error.${code}` } },
              status: 422,
              ...sentCommand(a),
            }),
          })
          if (!event.ok) return refuse(event.error)
          try {
            await saveFileEvent(a, now, files, event.value, parsed.command ?? newId(), bytes)
          } catch (e) {
            if (noKey(e)) return refuse('no_key')
            throw e
          } finally {
            bytes.fill(0)
          }
          return { saved: done }
        },
        again: () => done,
        clash: () => show(a, p, { values: typedIn(a.body), errors: savedOnce, status: 409 }),
      },
    )
  })

  const found = async (a: Asked, lock = false) => {
    const p = await personWithFiles(a, lock)
    const files = p && (await filesOf(a, p.id))
    const paper = files?.papers.find(x => x.id === a.params.fileId)
    return p && files && paper && (await writes(a, p, 'paper:write')) ? { p, files, paper } : undefined
  }
  const ask = (a: Asked, x: NonNullable<Awaited<ReturnType<typeof found>>>, v: Shown) => {
    a.saw('paper.form', [x.p.id])
    return page({
      title: a.t('files.remove.title'),
      nav: 'people',
      status: v.status ?? 200,
      breadcrumbs: fileCrumbs(a, x.p.id),
      body: removeScreen(
        {
          form: removeForm,
          words: 'files.remove',
          caption: [displayName(x.p.identity), a.t(`files.kind.${x.paper.kind}`)].filter(Boolean).join(', '),
          action: a.to(`/people/${x.p.id}/files/${x.paper.id}/remove`),
          back: a.to(`/people/${x.p.id}/files/${x.paper.id}`),
          command: v.command ?? newId(),
          values: v.values ?? {},
          errors: v.errors,
        },
        a.t,
      ),
    })
  }
  o.get('/people/:personId/files/:fileId/remove', 'paper:write', async a => {
    const x = await found(a)
    return x ? ask(a, x, {}) : hidden
  })
  o.post('/people/:personId/files/:fileId/remove', 'paper:write', async a => {
    const parsed = parseForm(removeForm, a.body)
    const x = await found(a)
    const done = redirect(`/people/${a.params.personId}/files?done=saved`)
    if (x && !parsed.ok) return ask(a, x, { values: parsed.values, errors: parsed.errors, status: 422, ...sentCommand(a) })
    if (!parsed.ok || !(await personWithFiles(a))) return hidden
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { remove: a.params.fileId, ...parsed.value }, record: a.params.personId! },
      {
        fresh: async () => {
          const now = await found(a, true)
          if (!now) return { refused: hidden }
          const event = removePaper(now.files, now.paper.id, parsed.value.reason)
          if (!event.ok)
            return {
              refused: ask(a, now, { values: typedIn(a.body), errors: { reason: { key: `files.error.${event.error}` } }, status: 422 }),
            }
          await saveFileEvent(a, now.p, now.files, event.value, parsed.command ?? newId())
          return { saved: done }
        },
        again: () => done,
        clash: () => (x ? ask(a, x, { values: typedIn(a.body), errors: savedOnce, status: 409 }) : hidden),
      },
    )
  })
}
