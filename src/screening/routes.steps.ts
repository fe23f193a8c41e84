import type { Fields, FormDef, FormValue, Values } from '../base/form.ts'
import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { newId } from '../platform/records.ts'
import { addFacts, decideScreening, type ScreeningError, setApproach, setCircumstances, setRoute, withdrawFact } from './rules.ts'
import { approachForm, circumstancesForm, decisionForm, factsForm, knownForm, routeForm, withdrawForm } from './schema.forms.ts'
import { circumstances, type Recording, type Said, type Screening, type ScreeningEvent } from './schema.ts'

// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
type NoGroups = {}
/** One short form of a screening: the same on a contact and on a case. */
export interface Step<F extends Fields> {
  /** Under …/screening/. */
  readonly path: string
  readonly permit: string
  readonly form: FormDef<F, NoGroups>
  readonly words: string
  /** Key of what must be known before it is filled in. */
  readonly above?: string
  /** Needs what is sealed in the story. */
  readonly needsWords: boolean
  /** Changes what stands there, rather than only adding. */
  readonly versioned: boolean
  readonly exists?: (s: Screening, params: Readonly<Record<string, string>>) => boolean
  readonly initial: (s: Screening) => Values
  readonly says: (s: Screening, t: T) => Readonly<Record<string, string>>
  readonly decide: (
    s: Screening,
    v: FormValue<F, NoGroups>,
    r: Recording,
    params: Readonly<Record<string, string>>,
  ) => Result<ScreeningEvent, ScreeningError>
}
const step = <const F extends Fields>(s: Step<F>): Step<F> => s

/** Source and confidence are said once and offered again; the times are each fact's own. */
const inherited = (s: Screening): Values => {
  const all: Said[] = [
    ...s.words.circumstances.map(c => c.said),
    ...s.words.facts.map(f => f.said),
    ...(s.words.approach ? [s.words.approach.said] : []),
    ...(s.words.route ? [s.words.route.said] : []),
  ]
  const last = all.reduce<Said | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined)
  return last ? { source: last.source, confidence: last.confidence } : {}
}
const clockOf = (v: string | undefined) => v?.replace('.', ':').padStart(5, '0')

export const steps = [
  step({
    path: 'decision',
    permit: 'screening:decide',
    form: decisionForm,
    words: 'screening.decision',
    above: 'screening.decision.own',
    needsWords: false,
    versioned: true,
    initial: s => ({
      atRisk: s.summary.atRisk,
      ...(s.summary.decision
        ? { outcome: s.summary.decision.outcome, body: s.summary.decision.body, reason: s.summary.decision.reason }
        : {}),
    }),
    says: ({ summary: { decision: d, atRisk } }, t) => ({
      outcome: d ? t(`screening.outcome.${d.outcome}`) : t('screening.page.undecided'),
      body: d?.body ?? '',
      reason: d?.reason ?? '',
      atRisk: t(`screening.answer.${atRisk}`),
      learned: d ? formatDay(d.learned, t.locale) : '',
    }),
    decide: (_, v, r) =>
      decideScreening({ outcome: v.outcome, body: v.body ?? '', reason: v.reason, learned: v.learned, atRisk: v.atRisk }, r),
  }),
  step({
    path: 'circumstances',
    permit: 'screening:write',
    form: circumstancesForm,
    words: 'screening.circumstances',
    above: 'screening.circumstances.text',
    needsWords: true,
    versioned: true,
    initial: s => ({ ...s.summary.circumstances, about: s.words.about, ...inherited(s) }),
    says: (s, t) => ({
      ...Object.fromEntries(circumstances.map(c => [c, t(`screening.answer.${s.summary.circumstances[c]}`)])),
      about: s.words.about,
    }),
    decide: (s, v, r) => {
      const { about, left_home, unaccompanied, no_school_or_clinic, undocumented, migrant_family, ...said } = v
      const given = { left_home, unaccompanied, no_school_or_clinic, undocumented, migrant_family }
      const answers = Object.fromEntries(circumstances.map(c => [c, given[c]])) as Screening['summary']['circumstances']
      return setCircumstances(s, { ...said, answers, about: about ?? '' }, r)
    },
  }),
  step({
    path: 'facts',
    permit: 'screening:write',
    form: factsForm,
    words: 'screening.facts',
    above: 'screening.facts.means',
    needsWords: true,
    versioned: false,
    initial: s => ({ life: 'not_asked', ...inherited(s) }),
    says: () => ({}),
    decide: (s, v, r) => addFacts(s, { ...v, known: false, life: v.life, clock: clockOf(v.clock) }, r, newId),
  }),
  step({
    path: 'known',
    permit: 'screening:write',
    form: knownForm,
    words: 'screening.known',
    above: 'screening.known.clock',
    needsWords: true,
    versioned: false,
    initial: s => ({ life: 'not_asked', ...inherited(s) }),
    says: () => ({}),
    decide: (s, v, r) => addFacts(s, { ...v, acts: [], purposes: [], known: true, life: v.life, clock: clockOf(v.clock) }, r, newId),
  }),
  step({
    path: 'facts/:factId/withdraw',
    permit: 'screening:write',
    form: withdrawForm,
    words: 'screening.withdraw',
    needsWords: true,
    versioned: false,
    exists: (s, p) => s.words.facts.some(f => f.id === p.factId && f.withdrawn === null),
    initial: () => ({}),
    says: () => ({}),
    decide: (s, v, r, p) => withdrawFact(s, p.factId as Id, v.reason, r),
  }),
  step({
    path: 'approach',
    permit: 'screening:write',
    form: approachForm,
    words: 'screening.approach',
    needsWords: true,
    versioned: true,
    initial: s => {
      const a = s.words.approach
      if (!a) return { way: 'not_asked', recruiter: 'not_asked', time: 'not_asked', control: 'not_asked', ...inherited(s) }
      const channel = a.channel === 'not_asked' ? {} : a.way === 'online' ? { online: a.channel } : { offline: a.channel }
      const { way, platform, handle, recruiter, online: time, control, text } = a
      return { way, platform, handle, recruiter, time, control, text, ...channel, ...inherited(s) }
    },
    says: ({ words: { approach: a } }, t) =>
      a
        ? {
            way: t(`screening.way.${a.way}`),
            [a.way === 'online' ? 'online' : 'offline']: t(`screening.channel.${a.channel}`),
            platform: a.platform,
            handle: a.handle,
            recruiter: t(`screening.recruiter.${a.recruiter}`),
            time: t(`screening.time.${a.online}`),
            control: t(`screening.control.${a.control}`),
            text: a.text,
          }
        : {},
    decide: (_, v, r) => {
      const { way, source, confidence, happened, learned, paperBy } = v
      return setApproach(
        {
          source,
          confidence,
          happened,
          learned,
          paperBy,
          way,
          channel: (way === 'online' ? v.online : way === 'offline' ? v.offline : undefined) ?? 'not_asked',
          platform: v.platform ?? '',
          handle: v.handle ?? '',
          recruiter: v.recruiter,
          online: v.time,
          control: v.control,
          text: v.text ?? '',
        },
        r,
      )
    },
  }),
  step({
    path: 'route',
    permit: 'screening:write',
    form: routeForm,
    words: 'screening.route',
    above: 'screening.route.text',
    needsWords: true,
    versioned: true,
    initial: s => {
      const r = s.words.route
      return { ...(r ? { origin: r.origin, transit: r.transit, destination: r.destination } : {}), ...inherited(s) }
    },
    says: ({ words: { route: r } }) => (r ? { origin: r.origin, transit: r.transit, destination: r.destination } : {}),
    decide: (_, v, r) => setRoute({ ...v, origin: v.origin ?? '', transit: v.transit ?? '', destination: v.destination ?? '' }, r),
  }),
] as const
/** The steps as the routes register them: each stays typed where it is written. */
export const allSteps = steps as unknown as readonly Step<Fields>[]
