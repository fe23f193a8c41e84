import { type Content, SummaryList, type SummaryRow, Tag } from '../base/components/index.tsx'
import { formatDay, formatStampShort, formatTime, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { dayOf, type Stamp } from '../base/time.ts'
import type { Apart } from '../case/screens.apart.tsx'
import {
  circumstances,
  type Fact,
  type KnownFact,
  type Said,
  type ScreeningEventType,
  type ScreeningSummary,
  type ScreeningWords,
} from './schema.ts'

export interface ScreeningView {
  /** Number of the case, or the code of the contact. */
  readonly number: string
  /** Address of this page, with the language. */
  readonly at: string
  readonly summary: ScreeningSummary
  /** Undefined while the story is closed. */
  readonly words: ScreeningWords | undefined
  /** Something stands in the story, and this session may open it. */
  readonly canOpen: boolean
  /** Something stands in the story that is sealed for others. */
  readonly sealed: boolean
  readonly fact: KnownFact | null
  readonly course: readonly { readonly seq: number; readonly type: ScreeningEventType; readonly by: string; readonly at: Stamp }[]
  readonly alias: (id: Id | null) => string
  readonly apart: readonly Apart[]
  /** The page where the thread goes on, or where it began. */
  readonly other: readonly { readonly href: string; readonly text: string }[]
  /** On a contact that is no case yet a known fact asks for a case, or for closing it. */
  readonly contactWaits: boolean
  readonly can: { readonly write: boolean; readonly decide: boolean }
  readonly timeZone: string
}

/** Whose words, how sure, when: recorded late is said, never shouted. */
const SaidLine = ({ said, v, t }: { said: Said; v: ScreeningView; t: T }) => {
  const parts = [
    t(`person.source.${said.source}`),
    said.confidence === 'not_assessed' ? '' : t(`person.confidence.${said.confidence}`),
    said.happened ? t('screening.said.happenedIs', { when: said.happened }) : '',
    t('screening.said.learnedIs', { day: formatDay(said.learned, t.locale) }),
    t('screening.said.recordedIs', { by: v.alias(said.by), when: formatStampShort(said.at, t.locale, v.timeZone) }),
    said.paperBy ? t('screening.said.paperIs', { by: said.paperBy }) : '',
    dayOf(said.at, v.timeZone) > said.learned ? t('screening.said.late') : '',
  ]
  return <p class="govuk-body-s dv-muted">{parts.filter(Boolean).join(' · ')}</p>
}
const row = (key: Content, text: Content): SummaryRow => ({ key: { text: key }, value: { text } })
export const Section = (p: { title: string; change?: { href: string; text: string } | undefined; children: Content }) => (
  <section class="dv-card">
    <h2 class="govuk-heading-m">{p.title}</h2>
    {p.children}
    {p.change ? (
      <p class="govuk-body dv-print-hide">
        <a class="govuk-link" href={p.change.href}>
          {p.change.text}
        </a>
      </p>
    ) : null}
  </section>
)

/** The decision in words: whose assertion it is is part of it. */
export const decisionText = (s: Pick<ScreeningSummary, 'decision'>, t: T): string =>
  s.decision
    ? s.decision.outcome === 'confirmed'
      ? t('screening.page.confirmedBy', { body: s.decision.body })
      : t(`screening.outcome.${s.decision.outcome}`)
    : t('screening.page.undecided')
/** When the clock of the report began. No key is needed to know it. */
export const factText = (f: KnownFact, timeZone: string, t: T): string => {
  // Midnight is what a day without an hour became: an hour that nobody said is not shown.
  const dayOnly = formatTime(f.learned, timeZone) === '00:00'
  const when = dayOnly ? formatDay(dayOf(f.learned, timeZone), t.locale) : formatStampShort(f.learned, t.locale, timeZone)
  return t(f.life ? 'screening.page.factLife' : 'screening.page.fact', { when })
}

export const DecisionSection = ({ v, t }: { v: ScreeningView; t: T }) => {
  const d = v.summary.decision
  return (
    <Section
      title={t('screening.page.decision')}
      change={
        v.can.decide ? { href: `${v.at}/decision`, text: t(d ? 'screening.page.changeDecision' : 'screening.page.decide') } : undefined
      }
    >
      <SummaryList
        rows={[
          row(t('screening.decision.outcome'), <strong>{decisionText(v.summary, t)}</strong>),
          d && row(t('screening.decision.reason'), d.reason),
          d &&
            row(
              t('screening.page.decidedBy'),
              `${v.alias(d.by)}, ${t('screening.said.learnedIs', { day: formatDay(d.learned, t.locale) })}, ${t('screening.page.recordedAt', { when: formatStampShort(d.at, t.locale, v.timeZone) })}`,
            ),
          row(t('screening.decision.atRisk'), t(`screening.answer.${v.summary.atRisk}`)),
          v.fact && row(t('screening.page.known'), factText(v.fact, v.timeZone, t)),
        ]}
      />
      {v.contactWaits ? <p class="govuk-body">{t('screening.page.contactClock')}</p> : null}
    </Section>
  )
}

const factName = (f: Fact, t: T): string => (f.kind === 'known' ? t('screening.known.fact') : t(`screening.${f.kind}.${f.code}`))
/** Facts that were written down together have one evidence: it is read once. */
const together = (facts: readonly Fact[]): Fact[][] => {
  const groups = new Map<string, Fact[]>()
  for (const f of facts) {
    const key = [f.said.at, f.said.by, f.text].join('\n')
    groups.set(key, [...(groups.get(key) ?? []), f])
  }
  return [...groups.values()].reverse()
}
const Evidence = ({ facts, v, t }: { facts: readonly [Fact, ...Fact[]]; v: ScreeningView; t: T }) => (
  <>
    <p class="govuk-body dv-own-words">{facts[0].text || t('screening.page.wordsElsewhere')}</p>
    <SaidLine said={facts[0].said} v={v} t={t} />
    {facts.map(f =>
      f.withdrawn ? (
        <p class="govuk-body-s">
          <Tag text={t('screening.page.withdrawn')} classes="govuk-tag--grey" /> {factName(f, t)}: {f.withdrawn.reason} (
          {v.alias(f.withdrawn.by)})
        </p>
      ) : v.can.write ? (
        <p class="govuk-body-s dv-print-hide">
          <a class="govuk-link" href={`${v.at}/facts/${f.id}/withdraw`}>
            {t('screening.page.withdraw', { fact: factName(f, t) })}
          </a>
        </p>
      ) : null,
    )}
  </>
)
export const FactsSection = ({ v, t }: { v: ScreeningView; t: T }) => {
  const list = (prefix: string, codes: readonly string[]) =>
    codes.map(c => t(`screening.${prefix}.${c}`)).join('; ') || t('screening.page.notYet')
  return (
    <Section
      title={t('screening.page.facts')}
      change={v.can.write ? { href: `${v.at}/facts`, text: t('screening.page.addFacts') } : undefined}
    >
      <SummaryList
        rows={[
          row(t('screening.facts.acts'), list('act', v.summary.acts)),
          row(t('screening.facts.purposes'), list('purpose', v.summary.purposes)),
          ...together(v.words?.facts ?? []).map(g =>
            row(g.map(f => factName(f, t)).join('; '), <Evidence facts={g as [Fact, ...Fact[]]} v={v} t={t} />),
          ),
        ]}
      />
      <p class="govuk-body-s">{t('screening.facts.means')}</p>
      {v.can.write ? (
        <p class="govuk-body dv-print-hide">
          <a class="govuk-link" href={`${v.at}/known`}>
            {t('screening.page.addKnown')}
          </a>
        </p>
      ) : null}
    </Section>
  )
}

export const ApproachSection = ({ v, t }: { v: ScreeningView; t: T }) => {
  const a = v.words?.approach
  const notYet = t('screening.page.notYet')
  return (
    <Section
      title={t('screening.approach.title')}
      change={v.can.write ? { href: `${v.at}/approach`, text: t('screening.page.change') } : undefined}
    >
      <SummaryList
        rows={[
          row(t('screening.approach.channel'), v.summary.channel === 'not_asked' ? notYet : t(`screening.channel.${v.summary.channel}`)),
          a?.platform && row(t('screening.approach.platform'), a.platform),
          a?.handle && row(t('screening.approach.handle'), a.handle),
          a && row(t('screening.approach.recruiter'), t(`screening.recruiter.${a.recruiter}`)),
          a && row(t('screening.approach.time'), t(`screening.time.${a.online}`)),
          a && row(t('screening.approach.control'), t(`screening.control.${a.control}`)),
          a?.text && row(t('screening.approach.text'), <span class="dv-own-words">{a.text}</span>),
        ]}
      />
      {a ? <SaidLine said={a.said} v={v} t={t} /> : null}
    </Section>
  )
}
export const RouteSection = ({ v, t }: { v: ScreeningView; t: T }) => {
  const r = v.words?.route
  return (
    <Section
      title={t('screening.route.title')}
      change={v.can.write ? { href: `${v.at}/route`, text: t('screening.page.change') } : undefined}
    >
      {r ? (
        <>
          <SummaryList
            rows={(['origin', 'transit', 'destination'] as const).map(k =>
              row(t(`screening.route.${k}`), r[k] || t('screening.page.notYet')),
            )}
          />
          <SaidLine said={r.said} v={v} t={t} />
        </>
      ) : (
        <p class="govuk-body">{t(v.words ? 'screening.page.notYet' : 'screening.page.closedHere')}</p>
      )}
    </Section>
  )
}
export const CircumstancesSection = ({ v, t }: { v: ScreeningView; t: T }) => (
  <Section
    title={t('screening.circumstances.title')}
    change={v.can.write ? { href: `${v.at}/circumstances`, text: t('screening.page.change') } : undefined}
  >
    <p class="govuk-body-s">{t('screening.circumstances.text')}</p>
    <SummaryList
      classes="dv-facts"
      rows={[
        ...circumstances.map(c => {
          const said = v.words?.circumstances.find(x => x.code === c)?.said
          return row(
            t(`screening.circumstance.${c}`),
            <>
              {t(`screening.answer.${v.summary.circumstances[c]}`)}
              {said ? <SaidLine said={said} v={v} t={t} /> : null}
            </>,
          )
        }),
        v.words?.about ? row(t('screening.circumstances.about'), <span class="dv-own-words">{v.words.about}</span>) : null,
      ]}
    />
  </Section>
)
