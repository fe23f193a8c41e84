import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { contactPolicy } from '../contact/policy.ts'
import { receive } from '../contact/rules.ts'
import { createContact } from '../contact/store.ts'
import { personPolicy } from '../person/policy.ts'
import { registerPerson } from '../person/routes.ts'
import type { Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { casePolicy } from './policy.ts'
import { ledByCode } from './routes.codes.ts'
import type { CasePart } from './routes.parts.ts'
import { registerCase } from './routes.ts'

/** Words that must be found nowhere in the clear. */
export const canary = {
  name: 'Зимородок Канареечный',
  age: '12–13 лет-канарейка',
  story: 'слова-канарейки о подвале',
  note: 'канарейка-записка',
}

export interface CaseWorld extends World {
  readonly agencyId: Id
  readonly teamA: Id
  /** The intake team of the agency. */
  readonly desk: Id
  readonly people: Record<
    'worker' | 'worker2' | 'boss' | 'duty' | 'psychologist' | 'lawyer' | 'follower' | 'carer' | 'admin' | 'stranger',
    Person
  >
  /** A contact at the desk, written down by the duty specialist. */
  contact(text?: string): Promise<Id>
  /** Opens one case through the form; returns its id. */
  open(who: Person, o?: { name?: string; team?: Id; contact?: Id; danger?: string; circumstances?: string; relation?: string }): Promise<Id>
  /** The form at an address, sent with these fields beside its hidden ones. */
  send(who: Person, path: string, fields: Readonly<Record<string, string | readonly string[]>>): ReturnType<World['post']>
}

/** An office with people, contacts and cases, and the people of a small agency. */
export const caseWorld = async (
  more: (o: Office) => void = () => undefined,
  policies: readonly CapabilityPolicy[] = [],
  parts: readonly CasePart[] = [],
): Promise<CaseWorld> => {
  const w = await officeWorld(
    o => {
      registerPerson(o, (a, typed) => ledByCode(a, typed, parts))
      registerCase(o, parts)
      more(o)
    },
    [contactPolicy, personPolicy, casePolicy, ...policies],
  )
  const agencyId = await w.agency()
  const other = await w.agency()
  const desk = await w.team(agencyId, { intake: true, name: 'Дежурные' })
  const teamA = await w.team(agencyId, { name: 'Севернее' })
  const otherTeam = await w.team(other, { name: 'Чужая' })
  const person = (alias: string, roles: Parameters<World['person']>[0]['roles'], member: Parameters<World['person']>[0]['member']) =>
    w.person({ agency: agencyId, roles, member: member ?? [], alias })
  const people = {
    worker: await person('Чайка', ['case_worker'], [[teamA, 'casework']]),
    worker2: await person('Стриж', ['case_worker'], [[teamA, 'casework']]),
    boss: await person('Сокол', ['supervisor'], [[teamA, 'supervision']]),
    duty: await person('Сова', ['duty_specialist'], [[desk, 'desk']]),
    psychologist: await person('Иволга', ['psychologist'], [[teamA, 'health']]),
    lawyer: await person('Грач', ['lawyer'], [[teamA, 'legal']]),
    follower: await person('Зяблик', ['follow_up_worker'], [[teamA, 'follow_up']]),
    carer: await person('Синица', ['shelter_carer'], [[teamA, 'shelter']]),
    admin: await person('Дятел', ['administrator'], []),
    stranger: await w.person({
      agency: other,
      roles: ['case_worker', 'supervisor'],
      member: [
        [otherTeam, 'casework'],
        [otherTeam, 'supervision'],
      ],
      alias: 'Чужак',
    }),
  }
  const send: CaseWorld['send'] = async (who, path, fields) => {
    const shown = await w.get(who, `/ru${path}`)
    if (shown.statusCode !== 200) throw new Error(`${path} answers ${shown.statusCode}`)
    const hidden = hiddenOf(shown.body, `/ru${path.split('?')[0]}`)
    return w.post(who, `/ru${path.split('?')[0]}`, { ...hidden, ...fields })
  }
  return {
    ...w,
    agencyId,
    teamA,
    desk,
    people,
    send,
    contact: async (text = canary.story) => {
      const id = newId()
      await w.as(people.duty, a =>
        createContact(
          a,
          id,
          desk,
          receive(
            { channel: 'call', from: 'witness', cameWith: '', papers: 'not_asked', safeNow: 'unsure', language: 'ru', explained: true },
            people.duty.id,
            a.now,
          ) as Extract<ReturnType<typeof receive>, { type: 'contact_received' }>,
          newId(),
          { id: newId(), body: { text } },
        ),
      )
      return id
    },
    open: async (who, o = {}) => {
      const answer = await send(who, `/cases/new${o.contact ? `?contact=${o.contact}` : ''}`, {
        'children[0][name]': o.name ?? '',
        'children[0][age]': '',
        'children[0][relation]': o.relation ?? 'child',
        'children[0][match]': 'new',
        danger: o.danger ?? 'not_assessed',
        team: o.team ?? teamA,
        circumstances: o.circumstances ?? '',
      })
      const id = /\/ru\/cases\/([0-9a-f-]{36})/.exec(String(answer.headers.location))?.[1]
      if (answer.statusCode !== 303 || !id)
        throw new Error(
          `opening answers ${answer.statusCode}: ${/govuk-error-summary[\s\S]*?<\/ul>/.exec(answer.body)?.[0] ?? ''} ${JSON.stringify(w.logged)}`,
        )
      return id
    },
  }
}
