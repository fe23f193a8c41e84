import { type Errors, parseForm, type Values } from '../base/form.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { uploadOf } from '../platform/files.upload.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { fileErrorsOf, noKey, receiveFile, sentCommand, typedIn } from './routes.files.acts.ts'
import { bytesOf, type CasesOfChild, fileCrumbs, personWithFiles, writes } from './routes.files.common.ts'
import { type FileError, mayTakePhoto, openPhoto, removePhoto, takePhoto } from './rules.files.ts'
import { displayName } from './rules.ts'
import { openPhotoForm, photoForm, removeForm } from './schema.files.forms.ts'
import { removeScreen, uploadScreen } from './screens.files.forms.tsx'
import { photoScreen } from './screens.files.tsx'
import { filesOf, saveFileEvent } from './store.files.ts'

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
type Whole = NonNullable<Awaited<ReturnType<typeof personWithFiles>>>
const today = (a: Asked) => dayOf(a.now, a.session.timeZone)

/** The one picture of a child, "only if I go missing": taken with the child's agreement, opened for one reason, erased when the case is closed. */
export const registerPhoto = (o: Office, cases: CasesOfChild): void => {
  const base = (a: Asked, p: Whole, title: string, status: number | undefined) => {
    a.saw('photo.form', [p.id])
    return { title: a.t(title), nav: 'people', status: status ?? 200, breadcrumbs: fileCrumbs(a, p.id) }
  }
  const common = (a: Asked, p: Whole, path: string, v: Shown) => ({
    caption: displayName(p.identity),
    action: a.to(`/people/${p.id}/photo${path}`),
    back: a.to(`/people/${p.id}/files`),
    command: v.command ?? newId(),
    errors: v.errors,
  })
  const showTake = (a: Asked, p: Whole, v: Shown) =>
    page({
      ...base(a, p, 'files.photo.title', v.status),
      body: uploadScreen({ form: photoForm, use: 'photo', ...common(a, p, '/new', v), values: v.values ?? { agreedOn: today(a) } }, a.t),
    })
  const about = async (a: Asked, p: Whole) => ({ relation: p.identity.relation, openCases: await cases.open(a, p.id), today: today(a) })

  o.get('/people/:personId/photo/new', 'photo:take', async a => {
    const p = await personWithFiles(a)
    if (!p || !(await writes(a, p, 'photo:take'))) return hidden
    const may = mayTakePhoto(await filesOf(a, p.id), await about(a, p))
    return showTake(a, p, may.ok ? {} : { errors: fileErrorsOf(may.error) })
  })
  o.post('/people/:personId/photo/new', 'photo:take', async a => {
    const parsed = parseForm(photoForm, a.body)
    const p = await personWithFiles(a)
    if (!p || !(await writes(a, p, 'photo:take'))) return hidden
    if (!parsed.ok) return showTake(a, p, { values: parsed.values, errors: parsed.errors, status: 422, ...sentCommand(a) })
    const refuse = (code: FileError) =>
      showTake(a, p, { values: typedIn(a.body), errors: fileErrorsOf(code), status: 422, ...sentCommand(a) })
    // Asked before the picture is looked at: without the child's yes it is not even decoded.
    if (parsed.value.agreed !== 'yes') return refuse('child_not_agreed')
    if (parsed.value.guardian === 'refused') return refuse('guardian_refused')
    const file = await receiveFile(uploadOf(a.body), 'photo')
    if (!file.ok) return refuse(file.error)
    const { agreed, words, guardianWho, ...said } = parsed.value
    const done = redirect(`/people/${p.id}/files?done=saved`)
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { ...parsed.value, file: file.value.digest }, record: p.id },
      {
        fresh: async () => {
          const now = await personWithFiles(a, true)
          if (!now) return { refused: hidden }
          const files = await filesOf(a, p.id)
          const { bytes } = file.value
          const event = takePhoto(
            files,
            await about(a, now),
            { ...said, words: words ?? '', guardianWho: guardianWho ?? '', childAgreed: agreed === 'yes' },
            { id: newId(), type: 'jpeg', size: bytes.length, by: a.actor.id, at: a.now },
          )
          if (!event.ok) return { refused: refuse(event.error) }
          try {
            await saveFileEvent(a, now, files, event.value, parsed.command ?? newId(), bytes)
          } catch (e) {
            if (!noKey(e)) throw e
            return { refused: showTake(a, p, { values: typedIn(a.body), errors: { '': { key: 'files.error.no_key' } }, status: 422 }) }
          } finally {
            bytes.fill(0)
          }
          return { saved: done }
        },
        again: () => done,
        clash: () => showTake(a, p, { values: typedIn(a.body), errors: savedOnce, status: 409 }),
      },
    )
  })

  /** Only the team that works with the child; a grant to a colleague or emergency access does not open it. */
  const openable = async (a: Asked, lock = false) => {
    const p = await personWithFiles(a, lock)
    if (!p || !a.session.groups.includes(p.homeGroup)) return undefined
    const files = await filesOf(a, p.id)
    return files.photo ? { p, files, photo: files.photo } : undefined
  }
  const showOpen = (a: Asked, p: Whole, v: Shown) =>
    page({
      ...base(a, p, 'files.open.title', v.status),
      body: removeScreen({ form: openPhotoForm, words: 'files.open', ...common(a, p, '', v), values: v.values ?? {} }, a.t),
    })
  o.get('/people/:personId/photo', 'photo:open', async a => {
    const x = await openable(a)
    return x ? showOpen(a, x.p, {}) : hidden
  })
  o.post('/people/:personId/photo', 'photo:open', async a => {
    const parsed = parseForm(openPhotoForm, a.body)
    const x = await openable(a)
    if (!x) return hidden
    if (!parsed.ok) return showOpen(a, x.p, { values: parsed.values, errors: parsed.errors, status: 422, ...sentCommand(a) })
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { open: x.photo.id, ...parsed.value }, record: x.p.id },
      {
        fresh: async () => {
          const event = openPhoto(x.files, parsed.value.reason, parsed.value.why)
          if (!event.ok) return { refused: showOpen(a, x.p, { values: typedIn(a.body), errors: fileErrorsOf(event.error), status: 422 }) }
          await saveFileEvent(a, x.p, x.files, event.value, parsed.command ?? newId())
          await cases.photoOpened(a, x.p.id)
          const body = await bytesOf(a, x.p, x.photo.id)
          a.saw('photo.open', [x.p.id], 'missing')
          return {
            saved: page({
              title: a.t('files.open.shown'),
              nav: 'people',
              status: typeof body === 'string' ? 500 : 200,
              breadcrumbs: fileCrumbs(a, x.p.id),
              body: photoScreen(
                {
                  caption: displayName(x.p.identity),
                  // Inside the page: the picture has no address of its own that could be opened without a reason.
                  picture: typeof body === 'string' ? undefined : `data:image/jpeg;base64,${body.toString('base64')}`,
                  problem: typeof body === 'string' ? body : undefined,
                  back: a.to(`/people/${x.p.id}/files`),
                },
                a.t,
              ),
            }),
          }
        },
        // The page loaded anew is a new opening, and says why again.
        again: () => redirect(`/people/${x.p.id}/photo`),
        clash: () => showOpen(a, x.p, { values: typedIn(a.body), errors: savedOnce, status: 409 }),
      },
    )
  })

  const removable = async (a: Asked, lock = false) => {
    const p = await personWithFiles(a, lock)
    const files = p && (await filesOf(a, p.id))
    return p && files?.photo && (await writes(a, p, 'photo:take')) ? { p, files } : undefined
  }
  const askRemove = (a: Asked, p: Whole, v: Shown) =>
    page({
      ...base(a, p, 'files.photoRemove.title', v.status),
      body: removeScreen({ form: removeForm, words: 'files.photoRemove', ...common(a, p, '/remove', v), values: v.values ?? {} }, a.t),
    })
  o.get('/people/:personId/photo/remove', 'photo:take', async a => {
    const x = await removable(a)
    return x ? askRemove(a, x.p, {}) : hidden
  })
  o.post('/people/:personId/photo/remove', 'photo:take', async a => {
    const parsed = parseForm(removeForm, a.body)
    const p = await personWithFiles(a)
    if (!p) return hidden
    const done = redirect(`/people/${p.id}/files?done=saved`)
    if (!parsed.ok)
      return (await removable(a))
        ? askRemove(a, p, { values: parsed.values, errors: parsed.errors, status: 422, ...sentCommand(a) })
        : hidden
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { removePhoto: p.id, ...parsed.value }, record: p.id },
      {
        fresh: async () => {
          const now = await removable(a, true)
          if (!now) return { refused: hidden }
          const event = removePhoto(now.files, parsed.value.reason)
          if (!event.ok)
            return { refused: askRemove(a, now.p, { values: typedIn(a.body), errors: fileErrorsOf(event.error), status: 422 }) }
          await saveFileEvent(a, now.p, now.files, event.value, parsed.command ?? newId())
          return { saved: done }
        },
        again: () => done,
        clash: () => askRemove(a, p, { values: typedIn(a.body), errors: savedOnce, status: 409 }),
      },
    )
  })
}
