import { Button, capital, ErrorSummary, InsetText } from '../base/components/index.tsx'
import { formatStamp, type T } from '../base/i18n.ts'
import { addressOf, fieldsOf, type ReleaseError } from './rules.cuts.ts'
import type { Proposal } from './rules.tables.ts'
import type { Cut, Released } from './schema.ts'
import { CutForm, cutText, HowCounted, NumberTable, type ReleaseLine } from './screens.tsx'

export interface NewReleaseView {
  readonly cut: Cut
  readonly latest: string
  /** What would be released: small numbers hidden. The screen tells of it only which numbers it would show. */
  readonly preview: Released
  readonly empty: boolean
  readonly problem: ReleaseError | undefined
  /** The earlier release that stands against it. */
  readonly against: string | undefined
  readonly proposals: readonly Proposal[]
  readonly k: number
  readonly command: string
  readonly tried: boolean
  /** Above the page: the form had already saved something else. */
  readonly notice?: string | undefined
  readonly to: (path: string) => string
}
/** The preview of a release: which numbers the table would show, what stands against it, and coarser tables that say more. */
export const newReleaseScreen = (v: NewReleaseView, t: T) => {
  const problem = v.empty ? undefined : v.problem
  const words = problem && t(`statistics.error.${problem}`, { k: v.k })
  return (
    <>
      {v.tried && words ? <ErrorSummary titleText={t('base.component.problem')} errorList={[{ text: words }]} /> : null}
      {v.notice ? <ErrorSummary titleText={t('base.component.problem')} errorList={[{ text: v.notice }]} /> : null}
      <h1 class="govuk-heading-l">{t('statistics.new.title')}</h1>
      <p class="govuk-body">{t('statistics.new.text', { k: v.k, least: v.k - 1 })}</p>
      <CutForm action={v.to('/releases/new')} cut={v.cut} latest={v.latest} t={t} />
      {v.empty ? (
        <InsetText text={t('statistics.empty.title')} />
      ) : (
        <>
          <NumberTable n={v.preview} outline t={t} />
          {words ? (
            <InsetText>
              {words}{' '}
              {v.against ? (
                <a class="govuk-link" href={v.to(`/releases/${v.against}`)}>
                  {t('statistics.new.against')}
                </a>
              ) : null}
            </InsetText>
          ) : null}
          {v.proposals.length > 0 ? (
            <>
              <h2 class="govuk-heading-m">{t('statistics.new.coarser')}</h2>
              <p class="govuk-body">{t('statistics.new.coarserText')}</p>
              <ul class="govuk-list govuk-list--bullet">
                {v.proposals.map(p => (
                  <li>
                    <a class="govuk-link" href={v.to(addressOf('/releases/new', p.cut))}>
                      {capital(cutText(p.cut, t))}
                    </a>{' '}
                    {t('statistics.new.tells', { shown: p.shown, hidden: p.hidden })}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          {problem ? null : (
            <form action={v.to('/releases/new')} method="post" class="dv-form" data-guard>
              <input type="hidden" name="command" value={v.command} />
              {Object.entries(fieldsOf(v.cut)).map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <p class="govuk-body">{t('statistics.new.act')}</p>
              <Button text={t('statistics.new.submit')} />
            </form>
          )}
        </>
      )}
      <h2 class="govuk-heading-m">{t('statistics.limits.title')}</h2>
      <p class="govuk-body">{t('statistics.limits.text')}</p>
      <HowCounted t={t} />
    </>
  )
}

/** One release as it was made: nothing in it is computed again. */
export const releaseScreen = (
  v: { readonly line: ReleaseLine; readonly timeZone: string; readonly to: (path: string) => string },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t('statistics.release.title')}</h1>
    <p class="govuk-body">
      {t('statistics.release.made', { by: v.line.by, at: formatStamp(v.line.at, t.locale, v.timeZone), k: v.line.content.k })}
    </p>
    <NumberTable n={v.line.content} t={t} />
    <p class="govuk-body">{t('statistics.release.hidden', { least: v.line.content.k - 1 })}</p>
    <Button
      href={v.to(`/releases/${v.line.id}/table.csv`)}
      text={t('statistics.release.csv')}
      classes="govuk-button--secondary dv-print-hide"
    />
    <p class="govuk-hint">{t('statistics.release.csvHint')}</p>
    <HowCounted t={t} />
  </>
)
