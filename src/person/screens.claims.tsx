import { capital, Details, SummaryList, Tag } from '../base/components/index.tsx'
import { formatDayShort, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { type Day, dayOf, type Stamp } from '../base/time.ts'
import { bestOf, type Why } from './rules.best.ts'
import type { Claim } from './schema.ts'
import { claimText, moreOf } from './screens.claims.words.tsx'

/** What showing a claim needs to know of the page. */
export interface ClaimView {
  readonly id: Id
  readonly timeZone: string
  readonly today: Day
  readonly alias: (id: Id) => string
  readonly canClaim: boolean
  readonly to: (path: string) => string
}
export interface HistoryLine {
  readonly type: string
  readonly about: Claim['what'] | undefined
  readonly by: string
  readonly at: Stamp
  readonly text: string
}

const provenance = (c: Claim, v: ClaimView, t: T): string =>
  [
    [t(`person.source.${c.source}`), c.whose].filter(Boolean).join(': '),
    ...(c.confidence === 'not_assessed' ? [] : [t(`person.confidence.${c.confidence}`)]),
    ...(c.method === 'not_said' ? [] : [t(`person.method.${c.method}`)]),
    ...(c.language === '' ? [] : [t(`person.saidLanguage.${c.language}`)]),
    ...(c.saidOn === '' ? [] : [t('person.page.saidOn', { day: formatDayShort(c.saidOn, t.locale) })]),
    t('person.page.recordedBy', { by: v.alias(c.by), day: formatDayShort(dayOf(c.recordedAt, v.timeZone), t.locale) }),
  ].join(' · ')

export { ageText, bornText, claimText } from './screens.claims.words.tsx'

/** One claim: the words, what they mean, whose they are, how they stand, and what may be done about them. */
export const ClaimLine = ({ c, v, t, why, strong }: { c: Claim; v: ClaimView; t: T; why?: Why | undefined; strong?: boolean }) => {
  const words = claimText(c)
  const details = [...moreOf(c, v, t), ...(c.what === 'document' && c.next ? [t('person.page.next', { what: c.next })] : [])]
  return (
    <p class="govuk-body">
      {strong ? <strong>{words}</strong> : c.standing === 'withdrawn' ? <s>{words}</s> : words}
      {c.standing === 'stands' ? null : (
        <>
          {' '}
          <Tag text={t(`person.standing.${c.standing}`)} classes="govuk-tag--grey" />
        </>
      )}
      {c.what === 'place' ? ` · ${t(`person.place.${c.place}`)}` : null}
      {details.length > 0 ? (
        <>
          <br />
          {details.map(capital).join('. ')}
        </>
      ) : null}
      <br />
      <span class="dv-muted">
        {why ? `${t(`person.why.${why}`)} ` : ''}
        {capital(provenance(c, v, t))}
        {c.reason ? ` · ${c.reason}` : ''}
      </span>
      {v.canClaim && c.standing !== 'withdrawn' ? (
        <span class="dv-muted dv-print-hide">
          {' · '}
          <a class="govuk-link" href={v.to(`/people/${v.id}/claims/${c.id}`)}>
            {t('person.judge.link')}
            <span class="govuk-visually-hidden"> {words}</span>
          </a>
          {c.what === 'age' ? (
            <>
              {' · '}
              <a class="govuk-link" href={v.to(`/people/${v.id}/claims/${c.id}/reading`)}>
                {t('person.reread.link')}
                <span class="govuk-visually-hidden"> {words}</span>
              </a>
            </>
          ) : null}
        </span>
      ) : null}
    </p>
  )
}

/** Kinds of which one holds: the best is chosen by rule, the others stand beside it. Of the other kinds all may be true at once. */
const single: readonly Claim['what'][] = ['name', 'age', 'sex', 'citizenship', 'origin']
const Claims = ({ claims, v, t, what }: { claims: readonly Claim[]; v: ClaimView; t: T; what: Claim['what'] }) => {
  const { best, why, others, withdrawn } = bestOf(claims)
  const one = single.includes(what)
  return (
    <>
      {best ? <ClaimLine c={best} v={v} t={t} why={one && others.length > 0 ? why : undefined} strong={one} /> : null}
      {one && others.length > 0 ? <p class="govuk-body">{t('person.page.alsoSaid')}</p> : null}
      {others.map(c => (
        <ClaimLine c={c} v={v} t={t} />
      ))}
      {withdrawn.map(c => (
        <ClaimLine c={c} v={v} t={t} />
      ))}
    </>
  )
}
export const HistoryList = ({ lines, v, t }: { lines: readonly HistoryLine[]; v: ClaimView; t: T }) => (
  <ul class="govuk-list govuk-list--bullet">
    {lines.map(h => (
      <li>
        {t(`person.event.${h.type}`)}
        {h.text ? `: ${h.text}` : ''}{' '}
        <span class="dv-muted">
          {h.by}, {formatStampShort(h.at, t.locale, v.timeZone)}
        </span>
      </li>
    ))}
  </ul>
)

/** Everything said of each kind, what we go by first; and how that came about, for whoever asks. */
export const ClaimGroups = ({
  kinds,
  claims,
  history,
  v,
  t,
}: {
  kinds: readonly Claim['what'][]
  claims: readonly Claim[]
  history: readonly HistoryLine[]
  v: ClaimView
  t: T
}) => (
  <SummaryList
    rows={kinds.map(what => {
      const own = claims.filter(c => c.what === what)
      const lines = history.filter(h => h.about === what)
      const name = t(`person.what.${what}`)
      return (
        own.length > 0 && {
          key: { text: capital(name) },
          value: {
            text: (
              <>
                <Claims claims={own} v={v} t={t} what={what} />
                {lines.length > 1 ? (
                  <Details
                    summaryText={t('person.page.how', { count: lines.length })}
                    classes="govuk-!-margin-bottom-0 dv-print-hide"
                    children={<HistoryList lines={lines} v={v} t={t} />}
                  />
                ) : null}
              </>
            ),
          },
          ...(v.canClaim && {
            actions: {
              items: [
                {
                  href: v.to(`/people/${v.id}/claims/new?what=${what}`),
                  text: t('person.page.addOne'),
                  visuallyHiddenText: name,
                  classes: 'dv-print-hide',
                },
              ],
            },
          }),
        }
      )
    })}
  />
)
/** What nobody asked yet is a good answer; each is one press away. */
export const NotAsked = ({ items, v, t }: { items: readonly { text: string; query: string }[]; v: ClaimView; t: T }) =>
  items.length === 0 ? null : (
    <p class="govuk-body">
      {t('person.page.notAsked')}{' '}
      {items.map((i, at) => (
        <>
          {at > 0 ? ', ' : ''}
          {v.canClaim ? (
            <a class="govuk-link" href={v.to(`/people/${v.id}/claims/new?${i.query}`)}>
              {i.text}
            </a>
          ) : (
            i.text
          )}
        </>
      ))}
      .
    </p>
  )
