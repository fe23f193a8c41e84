import { EmptyState, InsetText, ScrollTable, Tag } from '../base/components/index.tsx'
import { formatDayShort, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { Weighed } from './rules.match.weigh.ts'
import { displayName } from './rules.ts'
import type { PairState } from './schema.links.ts'
import type { Space } from './schema.match-model.ts'
import type { Claim, Identity } from './schema.ts'
import { percentOf } from './screens.waterfall.tsx'

type To = (path: string) => string
export const nameOf = (i: Identity | undefined, t: T) => (i ? displayName(i) || t('person.unnamed') : t('person.sealed'))
const percent = percentOf

export interface WaitingPair {
  readonly personId: Id
  readonly otherId: Id
  readonly name: string
  readonly other: string
  readonly found: Day
  readonly weighed: Weighed
}
/** Pairs that somebody has to look at. */
export const pairListScreen = (v: { rows: readonly WaitingPair[]; waiting: number; to: To }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('match.list.title')}</h1>
    <p class="govuk-body">{t('match.list.intro')}</p>
    {v.waiting > 0 ? <InsetText text={t('match.list.waiting', { n: v.waiting })} /> : null}
    {v.rows.length === 0 ? (
      <EmptyState title={t('match.list.empty')} />
    ) : (
      <ScrollTable
        label={t('match.list.title')}
        head={['pair', 'found', 'weight'].map(k => ({ text: t(`match.list.${k}`) }))}
        rows={v.rows.map(r => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/people/${r.personId}/matches/${r.otherId}`)}>
                {r.name} — {r.other}
              </a>
            ),
          },
          { text: formatDayShort(r.found, t.locale) },
          { text: t('match.percent', { percent: percent(r.weighed) }) },
        ])}
      />
    )}
  </>
)

export interface LinkedView {
  readonly otherId: Id
  /** Undefined where this session does not see the other record: it learns only that there is one. */
  readonly other: Identity | undefined
  readonly by: string
  readonly at: Stamp
  readonly signed: boolean | undefined
}
const sayClaim = (c: Claim, t: T) =>
  c.what === 'name'
    ? [c.parts.family, c.parts.given, c.parts.patronymic, c.parts.other].filter(Boolean).join(' ')
    : c.what === 'document'
      ? [c.text, t(`person.documentState.${c.state}`)].filter(Boolean).join(', ')
      : c.text
/** Everything that stands of what was said. */
export const Claims = ({ i, t }: { i: Identity; t: T }) => (
  <ul class="govuk-list">
    {[...i.names, ...i.ages, ...i.facts]
      .filter(c => c.standing !== 'withdrawn')
      .map(c => (
        <li>
          {t(`person.what.${c.what}`)}: <strong>{sayClaim(c, t)}</strong>{' '}
          <span class="govuk-hint">
            {t(`person.source.${c.source}`)}
            {c.standing === 'stands' ? '' : `, ${t(`person.standing.${c.standing}`)}`}
          </span>
        </li>
      ))}
  </ul>
)
/** What another record of the same child says, beside one's own; of a hidden one, that it exists. */
export const LinkedRecords = ({
  id,
  linked,
  to,
  timeZone,
  t,
}: {
  id: Id
  linked: readonly LinkedView[]
  to: To
  timeZone: string
  t: T
}) => (
  <>
    {linked.map(l => (
      <section class="dv-card">
        <h2 class="govuk-heading-m">{l.other ? t('match.linked.title', { name: nameOf(l.other, t) }) : t('match.linked.elsewhere')}</h2>
        {l.other ? <Claims i={l.other} t={t} /> : <p class="govuk-body">{t('match.linked.elsewhereText')}</p>}
        <p class="govuk-hint">
          {t('match.linked.by', { who: l.by, when: formatStampShort(l.at, t.locale, timeZone) })}{' '}
          {t(l.signed === undefined ? 'match.linked.unknown' : l.signed ? 'match.linked.signed' : 'match.linked.broken')}
        </p>
        {l.other ? (
          <p class="govuk-body dv-print-hide">
            <a class="govuk-link" href={to(`/people/${l.otherId}`)}>
              {t('match.linked.open')}
            </a>{' '}
            ·{' '}
            <a class="govuk-link" href={to(`/people/${id}/matches/${l.otherId}`)}>
              {t('match.linked.compare')}
            </a>
          </p>
        ) : null}
      </section>
    ))}
  </>
)

export interface PersonMatchesView {
  readonly id: Id
  readonly identity: Identity | undefined
  readonly linked: readonly LinkedView[]
  readonly pairs: readonly {
    readonly otherId: Id
    readonly other: Identity
    readonly state: PairState
    readonly weighed: Weighed | undefined
  }[]
  /** Where candidates were looked for; undefined where the identity is sealed. */
  readonly space: Space | undefined
  readonly to: To
  readonly timeZone: string
}
/** Of one person: which records are the same child's, which may be, and what was decided. */
export const personMatchesScreen = (v: PersonMatchesView, t: T) => (
  <>
    <p class="govuk-caption-m">{nameOf(v.identity, t)}</p>
    <h1 class="govuk-heading-l">{t('match.person.title')}</h1>
    <LinkedRecords id={v.id} linked={v.linked} to={v.to} timeZone={v.timeZone} t={t} />
    <h2 class="govuk-heading-m">{t('match.person.pairs')}</h2>
    {v.pairs.length === 0 ? (
      <EmptyState title={t('match.person.none')} />
    ) : (
      <ul class="govuk-list">
        {v.pairs.map(p => (
          <li class="govuk-!-margin-bottom-3">
            <a class="govuk-link" href={v.to(`/people/${v.id}/matches/${p.otherId}`)}>
              {nameOf(p.other, t)}
            </a>{' '}
            <Tag classes="govuk-tag--grey" text={t(`match.state.${p.state}`)} />
            {p.weighed ? <span class="govuk-body-s"> {t('match.percent', { percent: percent(p.weighed) })}</span> : null}
          </li>
        ))}
      </ul>
    )}
    {v.space ? (
      <p class="govuk-hint">
        {v.space.by.length === 0
          ? t('match.space.nothing')
          : t('match.space.person', {
              compared: v.space.compared,
              people: v.space.people,
              by: v.space.by.map(k => t(`match.space.by.${k}`)).join(', '),
            })}
      </p>
    ) : null}
  </>
)
