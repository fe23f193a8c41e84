import { Button, type Content, EmptyState, InsetText, SummaryList, Table, Tag, WarningText } from '../base/components/index.tsx'
import { formatStamp, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { Go, Post } from './screens.admin.tsx'

const w = 'access-admin'
export interface GlassLine {
  readonly id: Id
  readonly case: Id
  readonly person: Id | undefined
  readonly number: string
  readonly alias: string
  readonly reason: string
  readonly openedAt: Stamp
  readonly until: Stamp
  readonly extended: boolean
  readonly late?: boolean
  readonly text?: string | undefined
  readonly outcome?: string | null
}
export interface GlassView {
  readonly mine: readonly GlassLine[]
  readonly may: string
  readonly timeZone: string
  readonly review: boolean
}

/** Emergency access: what it is for, what runs now, how to open. */
export const GlassPage = (v: GlassView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.glass.title`)}</h1>
    <p class="govuk-body">{t(`${w}.glass.text`)}</p>
    {v.mine.map(g => (
      <section>
        <h2 class="govuk-heading-m">{g.number}</h2>
        <SummaryList
          rows={[
            { key: { text: t(`${w}.field.reason`) }, value: { text: t(`${w}.reason.${g.reason}`) } },
            { key: { text: t(`${w}.glass.until`) }, value: { text: formatStamp(g.until, t.locale, v.timeZone) } },
          ]}
        />
        <div class="govuk-button-group">
          {g.person ? <Button href={`/${t.locale}/people/${g.person}`} text={t(`${w}.glass.person`)} /> : null}
          {g.extended ? null : <Post t={t} to={`/emergency/${g.id}/extend`} text={t(`${w}.glass.extend`)} about={g.number} />}
          <Post t={t} to={`/emergency/${g.id}/close`} text={t(`${w}.glass.close`)} about={g.number} />
        </div>
      </section>
    ))}
    {v.may === 'ok' ? (
      <Button href={`/${t.locale}/emergency/open`} text={t(`${w}.glassOpen.title`)} classes="govuk-button--warning" />
    ) : (
      <WarningText text={t(`${w}.glass.${v.may}`)} />
    )}
    {v.review ? (
      <p class="govuk-body">
        <Go t={t} href="/emergency/reviews" text={t(`${w}.review.title`)} />
      </p>
    ) : null}
  </>
)

/** Openings that wait for a second look, with the reason given. */
export const ReviewsPage = (v: { open: readonly GlassLine[]; done: readonly GlassLine[]; timeZone: string }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.review.title`)}</h1>
    <p class="govuk-body">{t(`${w}.review.text`)}</p>
    {v.open.length === 0 ? <EmptyState title={t(`${w}.review.none`)} /> : null}
    {v.open.map(g => (
      <section>
        <h2 class="govuk-heading-m">
          {g.number} {g.late ? <Tag text={t(`${w}.review.late`)} classes="govuk-tag--red" /> : null}
        </h2>
        <SummaryList
          rows={[
            { key: { text: t(`${w}.review.who`) }, value: { text: g.alias } },
            { key: { text: t(`${w}.review.when`) }, value: { text: formatStamp(g.openedAt, t.locale, v.timeZone) } },
            { key: { text: t(`${w}.field.reason`) }, value: { text: t(`${w}.reason.${g.reason}`) } },
            { key: { text: t(`${w}.field.text`) }, value: { text: g.text ?? t(`${w}.review.sealed`) } },
          ]}
        />
        <div class="govuk-button-group">
          <Post
            t={t}
            to={`/emergency/${g.id}/review`}
            fields={{ outcome: 'justified' }}
            text={t(`${w}.outcome.justified`)}
            about={g.number}
            classes=""
          />
          <Post
            t={t}
            to={`/emergency/${g.id}/review`}
            fields={{ outcome: 'not_justified' }}
            text={t(`${w}.outcome.not_justified`)}
            about={g.number}
          />
        </div>
      </section>
    ))}
    {v.done.length > 0 ? (
      <Table
        stack
        caption={t(`${w}.review.done`)}
        captionClasses="govuk-table__caption--m"
        head={[
          { text: t(`${w}.review.case`) },
          { text: t(`${w}.review.who`) },
          { text: t(`${w}.review.when`) },
          { text: t(`${w}.review.outcome`) },
        ]}
        rows={v.done.map(g => [
          { text: g.number },
          { text: g.alias },
          { text: formatStamp(g.openedAt, t.locale, v.timeZone) },
          { text: g.outcome ? t(`${w}.outcome.${g.outcome}`) : '—' },
        ])}
      />
    ) : null}
  </>
)

/** On a record that somebody has opened in an emergency: who and until when, above the record's own screen. */
export const underGlass = (
  v: { lines: readonly { userId: Id; until: Stamp }[]; alias: (id: Id) => string; timeZone: string },
  screen: Content,
  t: T,
) => (
  <>
    {v.lines.map(l => (
      <InsetText text={t(`${w}.glass.banner`, { who: v.alias(l.userId), until: formatStamp(l.until, t.locale, v.timeZone) })} />
    ))}
    {screen}
  </>
)
