import { type Errors, parseForm, type Values } from '../base/form.ts'
import type { Result } from '../base/result.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { fileErrorsOf, noKey, sentCommand, typedIn } from './routes.files.acts.ts'
import { type CasesOfChild, fileCrumbs, personWithFiles, writes } from './routes.files.common.ts'
import { allowPictures, endPictures, type FileError } from './rules.files.ts'
import { displayName } from './rules.ts'
import { allowForm, removeForm } from './schema.files.forms.ts'
import type { FileEvent, Files } from './schema.files.ts'
import { removeScreen } from './screens.files.forms.tsx'
import { filesOf, saveFileEvent } from './store.files.ts'

type Whole = NonNullable<Awaited<ReturnType<typeof personWithFiles>>>
interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
const today = (a: Asked) => dayOf(a.now, a.session.timeZone)

/** Other photographs of a child: a supervisor of the team allows them for a purpose, with agreement, until a day, and ends it at any time. */
export const registerAllowing = (o: Office, cases: CasesOfChild): void => {
  const act = <F extends typeof allowForm | typeof removeForm>(
    path: 'allow' | 'end',
    words: string,
    form: F,
    decide: (a: Asked, p: Whole, files: Files, value: never) => Promise<Result<FileEvent, FileError>>,
  ): void => {
    const url = `/people/:personId/pictures/${path}` as const
    const found = async (a: Asked, lock = false) => {
      const p = await personWithFiles(a, lock)
      return p && a.session.groups.includes(p.homeGroup) && (await writes(a, p, 'picture:allow')) ? p : undefined
    }
    const show = (a: Asked, p: Whole, v: Shown): Answer => {
      a.saw('photo.form', [p.id])
      return page({
        title: a.t(`${words}.title`),
        nav: 'people',
        status: v.status ?? 200,
        breadcrumbs: fileCrumbs(a, p.id),
        body: removeScreen(
          {
            form,
            words,
            caption: displayName(p.identity),
            action: a.to(`/people/${p.id}/pictures/${path}`),
            back: a.to(`/people/${p.id}/files`),
            command: v.command ?? newId(),
            values: v.values ?? (path === 'allow' ? { agreedOn: today(a) } : {}),
            errors: v.errors,
          },
          a.t,
        ),
      })
    }
    o.get(url, 'picture:allow', async a => {
      const p = await found(a)
      return p ? show(a, p, {}) : hidden
    })
    o.post(url, 'picture:allow', async a => {
      const p = await found(a)
      if (!p) return hidden
      const parsed = parseForm(form as typeof removeForm, a.body)
      if (!parsed.ok) return show(a, p, { values: parsed.values, errors: parsed.errors, status: 422, ...sentCommand(a) })
      const command = parsed.command ?? newId()
      const done = redirect(`/people/${p.id}/files?done=saved`)
      const refuse = (code: FileError | 'no_key') =>
        show(a, p, {
          values: typedIn(a.body),
          errors: code === 'no_key' ? { '': { key: 'files.error.no_key' } } : fileErrorsOf(code),
          status: 422,
          ...sentCommand(a),
        })
      return once<Answer>(
        a,
        { command, content: { path: a.path, ...parsed.value }, record: p.id },
        {
          fresh: async () => {
            const now = await found(a, true)
            if (!now) return { refused: hidden }
            const files = await filesOf(a, p.id)
            const event = await decide(a, now, files, parsed.value as never)
            if (!event.ok) return { refused: refuse(event.error) }
            try {
              await saveFileEvent(a, now, files, event.value, command)
            } catch (e) {
              if (!noKey(e)) throw e
              return { refused: refuse('no_key') }
            }
            return { saved: done }
          },
          again: () => done,
          clash: () => show(a, p, { values: typedIn(a.body), errors: savedOnce, status: 409 }),
        },
      )
    })
  }
  act(
    'allow',
    'files.pictures',
    allowForm,
    async (a, p, _files, v: { purpose: string; consent: string; agreedOn: string; until: string }) =>
      allowPictures(
        { relation: p.identity.relation, openCases: await cases.open(a, p.id), today: today(a) },
        { purpose: v.purpose.trim(), consent: v.consent.trim(), agreedOn: v.agreedOn, until: v.until },
        { id: newId(), by: a.actor.id, at: a.now },
      ),
  )
  act('end', 'files.picturesEnd', removeForm, async (_a, _p, files, v: { reason: string }) => endPictures(files, v.reason))
}
