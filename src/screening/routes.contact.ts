import { codeOf } from '../base/codes.ts'
import type { Errors, Fields, Values } from '../base/form.ts'
import { parseForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { timesOf, typedIn } from '../case/routes.command.ts'
import { commandScreen } from '../case/screens.command.tsx'
import type { Contact } from '../contact/schema.ts'
import { findContact } from '../contact/store.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { allSteps, type Step } from './routes.steps.ts'
import { screeningErrors } from './rules.ts'
import { emptyScreening } from './schema.ts'
import { StepAbove } from './screens.tsx'
import { findScreening, onContact, saveScreening, stateOf } from './store.ts'

/** A contact that was closed, or has become a case, is read only: the thread goes on there. */
export const contactOpen = (c: Contact): boolean => c.state === 'new' || c.state === 'open'

/** One step on a contact: load and lock, claim, version, decide, save, back to the screening. */
const contactStep = (o: Office, s: Step<Fields>): void => {
  const url = `/contacts/:contactId/screening/${s.path}`
  const permitted = (a: Asked) => a.can('contact:read')
  const show = async (
    a: Asked,
    c: Contact,
    v: { values?: Values; errors?: Errors; status?: number; stale?: boolean; command?: Id | undefined; version?: number | undefined },
  ): Promise<Answer> => {
    const found = await findScreening(a, c.id, s.needsWords)
    const state = stateOf(found, s.needsWords)
    if (s.exists && !s.exists(state ?? emptyScreening, a.params)) return hidden
    a.saw('screening.form', [c.id])
    const code = codeOf('K', c.id)
    const back = `/contacts/${c.id}/screening`
    return page({
      title: a.t(`${s.words}.title`),
      nav: 'contacts',
      status: v.status ?? 200,
      print: code,
      breadcrumbs: [
        { text: a.t('contact.inbox.title'), href: '/contacts' },
        { text: code, href: `/contacts/${c.id}` },
        { text: a.t('screening.page.title'), href: back },
      ],
      body: commandScreen(
        {
          form: s.form,
          action: a.to(`${back}/${s.path.replace(/:(\w+)/g, (_, k: string) => a.params[k] ?? '')}`),
          words: s.words,
          number: code,
          formCode: code,
          back: a.to(back),
          command: v.command ?? newId(),
          version: v.version ?? found?.version ?? 0,
          values: v.values ?? s.initial(state ?? emptyScreening),
          errors: state ? v.errors : (v.errors ?? { '': { key: 'screening.error.no_key' } }),
          above: StepAbove({ text: s.above, t: a.t }),
          stale: v.stale ? s.says(state ?? emptyScreening, a.t) : undefined,
        },
        a.t,
      ),
    })
  }
  o.get(url, s.permit, async a => {
    const c = permitted(a) ? await findContact(a, a.params.contactId!) : undefined
    if (!c) return hidden
    return contactOpen(c) ? show(a, c, {}) : redirect(`/contacts/${c.id}/screening`)
  })
  o.post(url, s.permit, async a => {
    const id = a.params.contactId!
    if (!permitted(a)) return hidden
    const back = redirect(`/contacts/${id}/screening?done=saved`)
    const parsed = parseForm(s.form, a.body)
    if (!parsed.ok) {
      const c = await findContact(a, id)
      return c ? show(a, c, { values: parsed.values, errors: parsed.errors, status: 422 }) : hidden
    }
    const command = parsed.command ?? newId()
    return once<Answer>(
      a,
      { command, content: { at: url, params: a.params, value: parsed.value }, record: id },
      {
        fresh: async () => {
          const c = await findContact(a, id, true)
          if (!c) return { refused: hidden }
          const refuse = async (code: (typeof screeningErrors)[number]) => ({
            refused: await show(a, c, { values: typedIn(a), errors: { '': { key: `screening.error.${code}` } }, status: 422, command }),
          })
          if (!contactOpen(c)) return refuse('closed')
          const found = await findScreening(a, id, s.needsWords, true)
          const state = stateOf(found, s.needsWords)
          if (!state) return refuse('no_key')
          if (s.exists && !s.exists(state, a.params)) return { refused: hidden }
          if (s.versioned && parsed.version !== state.version)
            return { refused: await show(a, c, { values: typedIn(a), status: 409, stale: true }) }
          const decided = s.decide(state, parsed.value, { by: a.actor.id, ...timesOf(a), timeZone: a.session.timeZone }, a.params)
          if (!decided.ok) return refuse(decided.error)
          try {
            await saveScreening(a, onContact(c), found, decided.value, command)
            return { saved: back }
          } catch (e) {
            const known = e instanceof SealError ? screeningErrors.find(x => x === e.message) : undefined
            if (known) return refuse(known)
            throw e
          }
        },
        again: () => back,
        clash: async () => {
          const c = await findContact(a, id)
          return c ? show(a, c, { values: typedIn(a), errors: savedOnce, status: 409 }) : hidden
        },
      },
    )
  })
}

/** The forms of a screening on a contact. */
export const registerContactSteps = (o: Office): void => {
  for (const s of allSteps) contactStep(o, s)
}
