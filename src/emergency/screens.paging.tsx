import { Button } from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'

/** How far the calling of colleagues has come. */
export type PagingNow = 'waiting' | 'alone' | 'taken' | 'over'
export interface PagingView {
  readonly now: PagingNow
  readonly at: Stamp
  /** Who said "I have it", and when. */
  readonly by: string
  readonly takenAt: Stamp | null
  /** How many people a message has reached so far. */
  readonly reached: number
  /** A round is over and nobody could be written to: no address, or no way to send. */
  readonly silent: boolean
  /** This page. */
  readonly self: string
  /** Where the small script asks again. */
  readonly live: string
}

/** One or two sentences: who was called, who comes, and after five minutes without an answer what to do. */
export const pagingText = (p: Omit<PagingView, 'live' | 'self'>, timeZone: string, t: T): string => {
  const time = (s: Stamp) => formatStampShort(s, t.locale, timeZone)
  if (p.now === 'taken') return t('emergency.paging.taken', { who: p.by, at: time(p.takenAt ?? p.at) })
  if (p.now === 'over') return t('emergency.paging.over')
  if (p.now === 'alone') return t('emergency.paging.alone')
  return p.silent ? t('emergency.paging.silent') : t('emergency.paging.waiting', { at: time(p.at), n: p.reached })
}

export const Paging = ({
  p,
  action,
  command,
  version,
  timeZone,
  t,
}: {
  p: PagingView
  action: string
  command: Id
  version: number
  timeZone: string
  t: T
}) => (
  <section class="dv-life-paging" aria-labelledby="paging-title">
    <h2 class="govuk-heading-m" id="paging-title">
      {t('emergency.paging.title')}
    </h2>
    <p class="govuk-body-l" id="paging" role="status" data-live={p.live} data-now={p.now}>
      {pagingText(p, timeZone, t)}
    </p>
    {p.now === 'waiting' || p.now === 'alone' ? (
      <form action={action} method="post" class="dv-inline">
        <input type="hidden" name="command" value={command} />
        <input type="hidden" name="version" value={version} />
        <Button text={t('emergency.paging.take')} preventDoubleClick />
      </form>
    ) : null}
    {/* Without a script the page is asked for again by hand. */}
    <p class="govuk-body dv-life-again">
      <a class="govuk-link" href={p.self}>
        {t('emergency.paging.again')}
      </a>
    </p>
  </section>
)
