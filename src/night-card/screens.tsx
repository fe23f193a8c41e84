import { Button, type Content, EmptyState, InsetText, WarningText } from '../base/components/index.tsx'
import { formatDay, formatStampShort, type T } from '../base/i18n.ts'
import type { Stamp } from '../base/time.ts'
import { type Apart, ApartWarning } from '../case/screens.apart.tsx'
import { cardTexts, type NightCard } from './schema.ts'

/** Whoever is watched stands first, in the list and among the sheets. */
const watchOf = (c: NightCard | undefined): 0 | 1 | 2 => (c?.watch === 'close' ? 0 : c?.watch === 'now_and_then' ? 1 : 2)
const Fact = (p: { name: string; said: string }) => (
  <div>
    <dt>{p.name}</dt>
    <dd>{p.said}</dd>
  </div>
)
/** One card in large type; one sheet of paper. */
const Sheet = (p: {
  card: NightCard | undefined
  code: string
  since: string
  shelter: string
  version: number
  t: T
  children?: Content
}) => {
  const { card, t } = p
  const said = (name: (typeof cardTexts)[number]) => card?.[name] || t('night-card.sheet.notAsked')
  return (
    <article id={p.code} class="dv-night-sheet dv-card" aria-label={t('night-card.sheet.of', { code: p.code })}>
      <p class="govuk-caption-m">
        {p.code} · {p.shelter} · {t('night-card.sheet.since', { day: formatDay(p.since, t.locale) })}
      </p>
      {card ? (
        <>
          <h2 class="govuk-heading-l">{card.name || t('night-card.sheet.noName')}</h2>
          {watchOf(card) < 2 ? <WarningText text={t('night-card.sheet.watch', { level: t(`night-card.watch.${card.watch}`) })} /> : null}
          <dl class="dv-night-facts">
            {watchOf(card) === 2 ? <Fact name={t('night-card.field.watch')} said={t(`night-card.watch.${card.watch}`)} /> : null}
            {cardTexts
              .filter(name => name !== 'name' && (name !== 'watchWhat' || watchOf(card) < 2 || card.watchWhat))
              .map(name => (
                <Fact name={t(`night-card.field.${name}`)} said={said(name)} />
              ))}
          </dl>
        </>
      ) : (
        <InsetText text={t('night-card.sheet.closed')} />
      )}
      {p.children}
    </article>
  )
}

export interface NightView {
  readonly sheets: readonly {
    readonly id: string
    readonly code: string
    readonly since: string
    readonly shelter: string
    readonly version: number
    readonly hasRead: boolean
    readonly card: NightCard | undefined
  }[]
  readonly command: () => string
  readonly to: (path: string) => string
}
/** A full house is many sheets on a phone: who sleeps here in a few lines. */
const Names = ({ sheets, t }: { sheets: NightView['sheets']; t: T }) => (
  <ul class="govuk-list govuk-list--bullet dv-print-hide">
    {sheets.map(s => (
      <li>
        <a class="govuk-link" href={`#${s.code}`}>
          {s.card?.name || t('night-card.sheet.noName')}
          <span class="govuk-visually-hidden"> {s.code}</span>
        </a>
        {s.card && watchOf(s.card) < 2 ? <> · {t('night-card.sheet.watch', { level: t(`night-card.watch.${s.card.watch}`) })}</> : null}
        {s.hasRead ? null : <> · {t('night-card.sheet.notRead')}</>}
      </li>
    ))}
  </ul>
)
/** For the shift: the children who sleep here, one card a sheet of paper, and nothing else of them. */
export const nightScreen = (v: NightView, t: T) => {
  const sheets = v.sheets.toSorted((a, b) => watchOf(a.card) - watchOf(b.card))
  return (
    <>
      <h1 class="govuk-heading-l dv-print-hide">{t('night-card.night.title')}</h1>
      {v.sheets.length === 0 ? (
        <EmptyState title={t('night-card.night.empty')} text={t('night-card.night.emptyText')} />
      ) : (
        <p class="govuk-body dv-print-hide">{t('night-card.night.intro')}</p>
      )}
      {sheets.length > 3 ? <Names sheets={sheets} t={t} /> : null}
      {sheets.map(s => (
        <Sheet {...s} t={t}>
          {s.hasRead ? (
            <p class="govuk-body dv-print-hide">{t('night-card.sheet.haveRead')}</p>
          ) : s.card ? (
            <form action={v.to(`/night/${s.id}/read`)} method="post" class="dv-inline dv-print-hide">
              <input type="hidden" name="command" value={v.command()} />
              <input type="hidden" name="version" value={s.version} />
              <Button text={t('night-card.sheet.read')} preventDoubleClick />
            </form>
          ) : null}
        </Sheet>
      ))}
    </>
  )
}

export interface CardView {
  readonly code: string
  readonly state: 'here' | 'ended'
  readonly shelter: string
  readonly since: string
  readonly version: number
  readonly card: NightCard | undefined
  readonly readers: readonly { readonly alias: string; readonly at: Stamp; readonly version: number }[]
}
/** The case's own copy, for printing. */
export const printScreen = (v: CardView, apart: readonly Apart[], back: string, t: T) => (
  <>
    <h1 class="govuk-visually-hidden">{t('night-card.page.title')}</h1>
    <ApartWarning links={apart} t={t} />
    <Sheet {...v} t={t} />
    <p class="govuk-body dv-print-hide">
      <a class="govuk-link" href={back}>
        {t('night-card.page.back')}
      </a>
    </p>
  </>
)
/** Who has read the card, in words. */
const Readers = ({ v, timeZone, t }: { v: CardView; timeZone: string; t: T }) => {
  const now = v.readers.filter(r => r.version === v.version)
  return now.length === 0 ? (
    <p class="govuk-body">{t(v.readers.length > 0 ? 'night-card.page.readBefore' : 'night-card.page.notRead')}</p>
  ) : (
    <p class="govuk-body">
      {t('night-card.page.readBy', { who: now.map(r => `${r.alias}, ${formatStampShort(r.at, t.locale, timeZone)}`).join('; ') })}
    </p>
  )
}
/** What stands above the form: where the child sleeps, who has read, the paper, and the end. */
export const aboveCard = (v: CardView | undefined, links: { print: string; out: string }, timeZone: string, t: T): Content =>
  v === undefined ? (
    <InsetText text={t('night-card.page.none')} />
  ) : v.state === 'ended' ? (
    <InsetText text={t('night-card.page.ended', { shelter: v.shelter })} />
  ) : (
    <InsetText>
      <p class="govuk-body">
        <strong>{v.shelter}</strong>, {t('night-card.sheet.since', { day: formatDay(v.since, t.locale) })} · {v.code}
      </p>
      <Readers v={v} timeZone={timeZone} t={t} />
      <p class="govuk-body dv-print-hide">
        <a class="govuk-link" href={links.print}>
          {t('night-card.page.print')}
        </a>{' '}
        ·{' '}
        <a class="govuk-link" href={links.out}>
          {t('night-card.page.movedOut')}
        </a>
      </p>
    </InsetText>
  )
/** On the page of the case. */
export const nightPartCard = (
  v: { readonly href: string; readonly since: string; readonly code: string; readonly readBy: number },
  t: T,
): Content => (
  <section class="dv-card">
    <h2 class="govuk-heading-s">{t('night-card.card.title')}</h2>
    <p class="govuk-body-s">
      {v.code} · {t('night-card.sheet.since', { day: formatDay(v.since, t.locale) })}
    </p>
    <p class="govuk-body-s">{t('night-card.card.readBy', { n: v.readBy })}</p>
    <p class="govuk-body-s">
      <a class="govuk-link" href={v.href}>
        {t('night-card.card.open')}
      </a>
    </p>
  </section>
)
