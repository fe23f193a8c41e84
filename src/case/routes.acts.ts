import { directory } from '../access/store.directory.ts'
import type { Option } from '../base/form.ts'
import { formatDay } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { err, ok } from '../base/result.ts'
import type { Asked, Office } from '../platform/office.ts'
import { caseCommand } from './routes.command.ts'
import { writableOn } from './routes.page.ts'
import { accept, addNote, asksSecondLook, assign, setDanger, setDue } from './rules.ts'
import { acceptForm, assignForm, dangerForm, dueForm, noteForm } from './schema.forms.ts'
import type { CaseRow, Danger } from './schema.ts'
import { askSecondLook, endIntake, giveLook, grantsOf, openLooks } from './store.access.ts'
import { caseJournal, openCaseEvent } from './store.ts'

const own = { words: 'case', errors: 'case.error' }

/** Case workers of the case's team: whoever else got it could not open it. */
const caseWorkers = async (a: Asked, o: Office, c: CaseRow): Promise<Option[]> => {
  const d = await directory(a, o.deps.keys.service, a.lang)
  const of = new Set(d.members.filter(m => m.teamId === c.homeGroup && m.fn === 'casework' && m.confirmedBy).map(m => m.userId))
  return d.people.filter(p => p.state === 'active' && of.has(p.id)).map(p => ({ value: p.id, text: p.alias }))
}

export const registerCaseActs = (o: Office): void => {
  caseCommand(o, {
    ...own,
    path: 'danger',
    permit: 'case:danger',
    form: dangerForm,
    words: 'case.dangerForm',
    versioned: true,
    initial: (_, c) => ({ danger: c.danger, reason: '' }),
    says: async (a, c) => {
      const last = (await caseJournal(a, c.id, ['summary', 'follow_up']))
        .reverse()
        .map(openCaseEvent)
        .find(e => e?.event.type === 'danger_set')
      return { danger: a.t(`case.danger.${c.danger}`), reason: last?.event.type === 'danger_set' ? last.event.reason : '' }
    },
    decide: (_, c, v, times) => setDanger(c, v, times),
    effect: async (a, before, after) => {
      if (asksSecondLook(before.danger, after.danger))
        await askSecondLook(a, after, after.danger === 'danger' ? 'danger_set' : 'danger_lowered')
    },
  })
  caseCommand(o, {
    ...own,
    path: 'due',
    permit: 'case:due',
    form: dueForm,
    words: 'case.dueForm',
    versioned: true,
    initial: (_, c) => (c.due ? { due: c.due } : {}),
    says: (a, c) => ({ due: c.due ? formatDay(c.due, a.t.locale) : '' }),
    decide: (_, c, v, times) => setDue(c, { due: v.due ?? null, what: v.what ?? '' }, times),
  })
  caseCommand(o, {
    ...own,
    path: 'accept',
    permit: 'case:accept',
    form: acceptForm,
    words: 'case.acceptForm',
    versioned: false,
    // A grant lets somebody help with a case; only a case worker of the team can take it.
    decide: (a, c) => (a.session.groups.includes(c.homeGroup) ? accept(c, a.actor.id) : err('not_my_team')),
    effect: async (a, _, after) => endIntake(a, after),
  })
  caseCommand(o, {
    ...own,
    path: 'assign',
    permit: 'case:assign',
    form: assignForm,
    words: 'case.assignForm',
    versioned: true,
    options: async (a, c) => ({ assignee: await caseWorkers(a, o, c) }),
    initial: (_, c) => (c.assignee ? { assignee: c.assignee } : {}),
    says: async (a, c) => ({ assignee: (await directory(a, o.deps.keys.service, a.lang)).alias(c.assignee) }),
    decide: async (a, c, v) => {
      if (!a.session.groups.includes(c.homeGroup)) return err('not_my_team')
      if (!(await caseWorkers(a, o, c)).some(w => w.value === v.assignee)) return err('not_a_colleague')
      return assign(c, { assignee: v.assignee, reason: v.reason ?? '' })
    },
    effect: async (a, _, after) => endIntake(a, after),
  })
  caseCommand(o, {
    ...own,
    path: 'looks/:lookId',
    permit: 'case:look',
    form: acceptForm,
    words: 'case.look',
    versioned: false,
    decide: async (a, c) => {
      const look = (await openLooks(a, c.id)).find(l => l.id === a.params.lookId)
      if (!look) return err('look_gone')
      return look.by === a.actor.id ? err('own_step') : ok({ type: 'second_look_given', lookId: look.id })
    },
    effect: async a => void (await giveLook(a, a.params.lookId!, a.actor.id)),
  })
  registerNote(o)
}

/** Source, language, interpreter and confidence are said once and inherited by the next note of the same writer on the same case. */
const inherited = async (a: Asked, caseId: Id) => {
  const seen = (await caseJournal(a, caseId, ['summary', 'story', 'health', 'legal', 'follow_up'], 50))
    .reverse()
    .filter(s => s.actor === a.actor.id && s.type === 'note_added')
  const e = seen.map(openCaseEvent).find(x => x !== undefined)?.event
  return e?.type === 'note_added' ? e.note : undefined
}

const registerNote = (o: Office): void => {
  caseCommand(o, {
    ...own,
    path: 'notes/new',
    permit: 'case:note',
    form: noteForm,
    words: 'case.note',
    versioned: false,
    options: async (a, c) => ({
      compartment: writableOn(a, await grantsOf(a, c.id)).map(value => ({ value, label: `base.compartment.${value}` })),
    }),
    initial: async (a, c) => {
      const last = await inherited(a, c.id)
      const first = writableOn(a, await grantsOf(a, c.id))[0] ?? ''
      return last
        ? { compartment: first, source: last.source, language: last.language, interpreter: last.interpreter, confidence: last.confidence }
        : { compartment: first }
    },
    decide: async (a, c, v, times) => {
      if (!writableOn(a, await grantsOf(a, c.id)).includes(v.compartment)) return err('not_yours_to_write')
      const last = await inherited(a, c.id)
      return addNote(
        c,
        {
          text: v.text,
          source: v.source ?? last?.source ?? 'unknown',
          language: v.language ?? last?.language ?? 'ru',
          interpreter: v.interpreter ?? last?.interpreter ?? 'none',
          confidence: v.confidence ?? last?.confidence ?? 'not_assessed',
          happened: v.happened ?? '',
          learned: v.learned ?? times.today,
          paperBy: v.paperBy ?? '',
        },
        times,
      )
    },
    compartment: v => v.compartment,
    to: c => `/cases/${c.id}?done=saved#timeline`,
  })
}

/** Danger codes that a list filter may name. */
export const isDanger = (v: string | undefined): v is Danger => v === 'none' || v === 'concern' || v === 'danger' || v === 'not_assessed'
