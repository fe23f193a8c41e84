import { InsetText, SummaryList } from '../base/components/index.tsx'
import { formatStamp, type T } from '../base/i18n.ts'
import { Post } from './screens.admin.tsx'

const w = 'access-admin'
export interface AbsenceView {
  readonly who: string
  readonly deputy: string
  readonly from: string
  readonly until: string
  readonly timeZone: string
  readonly waiting: number
  readonly end: { readonly to: string; readonly id: string }
}
/** An absence that runs or is to come, with the button that ends it. */
export const AbsencePage = (v: AbsenceView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.absence.title`)}</h1>
    <SummaryList
      rows={[
        { key: { text: t(`${w}.absence.who`) }, value: { text: v.who } },
        { key: { text: t(`${w}.field.deputy`) }, value: { text: v.deputy } },
        { key: { text: t(`${w}.field.from`) }, value: { text: formatStamp(v.from, t.locale, v.timeZone) } },
        { key: { text: t(`${w}.absence.ends`) }, value: { text: formatStamp(v.until, t.locale, v.timeZone) } },
      ]}
    />
    {v.waiting > 0 ? <InsetText text={t(`${w}.absence.waiting`, { count: v.waiting })} /> : null}
    <Post t={t} to={v.end.to} fields={{ absence: v.end.id }} text={t(`${w}.absence.end`)} />
  </>
)

/** Above the form: for whom this person stands in now. */
export const StandsInFor = (v: { readonly who: string; readonly until: string; readonly timeZone: string }, t: T) => (
  <InsetText text={t(`${w}.absence.standsIn`, { who: v.who, until: formatStamp(v.until, t.locale, v.timeZone) })} />
)
