import { type Errors, type Fields, type FormDef, type Groups, parseForm, type Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Asked, hidden, type Office, redirect } from '../platform/office.ts'
import { type Act, acts, type ContactSeams } from './routes.acts.decide.ts'
import { type Loaded, showContact } from './routes.page.ts'
import type { ContactError } from './rules.ts'
import { type ContactAct, contactActs } from './schema.forms.ts'
import type { Returned } from './screens.contact.tsx'
import { closeRoomOfContact, passOn } from './store.room.ts'
import { findContactFile, saveContact } from './store.ts'

/** 422: the form can be put right; 409: the contact is not in the state for it. */
const status = {
  contact_closed: 409,
  contact_converted: 409,
  not_closed: 409,
  still_unread: 409,
  nothing_unread: 409,
  cannot_answer: 409,
  cannot_note: 409,
  no_case: 422,
  not_a_colleague: 422,
  nothing_changed: 422,
  in_danger: 409,
  not_blocked: 409,
  cannot_remark: 422,
  room_open: 409,
  not_to_be_invited: 422,
  invited_busy: 409,
  warned: 422,
  no_room: 409,
  no_turn: 409,
  cannot_invite: 409,
} as const satisfies Record<ContactError, number>

/** What was typed in one field, as a reader sees it: the words of a choice, not its code. */
const typed = (key: string, form: FormDef, values: Values, l: Loaded, t: T): string => {
  const raw = values[key]
  const list = typeof raw === 'string' ? [raw] : (raw ?? [])
  return list
    .map(v => {
      const option = form.fields[key]?.options?.find(x => x.value === v)
      return option?.label ? t(option.label) : (l.colleagues.find(c => c.value === v)?.text ?? v)
    })
    .join(', ')
}

/** One act: parse → claim → load and lock → version → decide → save → back to the contact. Whatever fails, the form comes back as it was typed. */
const handler =
  <F extends Fields, G extends Groups>(o: Office, name: ContactAct, x: Act<F, G>, seams: ContactSeams) =>
  async (a: Asked) => {
    const id = a.params.contactId as Id
    const parsed = parseForm(x.form, a.body)
    const form = x.form as unknown as FormDef
    const again = (code: number, values: Values, errors: Errors, stale = false) =>
      showContact(
        o,
        a,
        id,
        {
          status: code,
          returned: (l): Returned => ({
            act: name,
            values,
            errors,
            stale: stale
              ? Object.entries(form.fields).map(([key, field]) => ({
                  label: a.t(field.label),
                  now: x.stands(l, a.t)[key] ?? '',
                  yours: typed(key, form, values, l, a.t),
                }))
              : undefined,
          }),
        },
        seams,
      )
    if (!parsed.ok) return again(422, parsed.values, parsed.errors)
    const values = kept(form, a.body)
    const { command, version } = parsed
    if (!command || version === null) return again(422, values, { '': { key: 'base.error.stale_form' } })
    const back = redirect(`/contacts/${id}?done=${x.done}`)
    return once(
      a,
      { command, content: { act: name, id, version, value: parsed.value }, record: id },
      {
        again: () => back,
        clash: () => again(409, values, savedOnce),
        fresh: async () => {
          const file = await findContactFile(a, id, true)
          if (!file || (x.needsWords && !file.story)) return { refused: hidden }
          if (file.contact.version !== version)
            return { refused: await again(409, values, { '': { key: 'base.error.stale_version' } }, true) }
          const decided = await x.decide(a, file, parsed.value, { o, seams })
          if (!decided.ok) return { refused: await again(status[decided.error], values, { '': { key: `contact.error.${decided.error}` } }) }
          const { message } = decided.value
          if (message?.direction === 'out') {
            const to = { id, channel: file.contact.channel, from: file.story?.from }
            const no = await seams.mayAnswer?.(a, to, message.body.text)
            if (no) return { refused: await again(422, values, { '': no }) }
          }
          const after = await saveContact(a, file, decided.value.event, command, decided.value.message)
          const more = decided.value.next?.(after)
          if (more?.ok) await saveContact(a, after, more.value, command)
          const ended = decided.value.event.type === 'contact_closed' || decided.value.event.type === 'contact_invite_ended'
          if (ended) await closeRoomOfContact(a, id)
          else if (after.story) await passOn(a, id)
          return { saved: back }
        },
      },
    )
  }

/** What was typed, for showing it again after it was parsed well. */
const kept = (form: FormDef, body: Readonly<Record<string, unknown>>): Values => {
  const out: Record<string, string | string[]> = {}
  for (const key of Object.keys(form.fields)) {
    const v = body[key]
    if (typeof v === 'string') out[key] = v
    else if (Array.isArray(v)) out[key] = v.filter((s): s is string => typeof s === 'string')
  }
  return out
}

/** POST …/read, …/urgency, …/assign and so on; the same address by GET (a reload, the language switch after an error) leads to the contact. */
export const registerActs = (o: Office, seams: ContactSeams): void => {
  for (const name of contactActs) {
    const url = `/contacts/:contactId/${name}`
    o.get(url, 'contact:read', async a => redirect(`/contacts/${a.params.contactId}`))
    o.post(url, 'contact:write', handler(o, name, acts[name] as unknown as Act<Fields, Groups>, seams))
  }
}
