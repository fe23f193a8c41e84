import { Button } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { type PublicPage, publicPath } from './schema.public.ts'
import { Heading, type Helpline, Say } from './screens.public.tsx'

export interface WaitView {
  readonly to: PublicPage
  /** Everything that was typed, and the form's own ids. */
  readonly fields: Readonly<Record<string, string>>
  readonly stamp: string
  readonly bits: number
  readonly numbers: readonly Helpline[]
}

/** "One more minute": nothing typed is lost, and the numbers stand there. With scripts the page sends the form by itself. */
export const waitScreen = (v: WaitView, t: T) => (
  <>
    <Heading>{t('flood.wait.title')}</Heading>
    <Say>{t('flood.wait.many')}</Say>
    <form method="post" action={publicPath(t.locale, v.to)} data-puzzle={v.stamp} data-bits={String(v.bits)} data-no-guard>
      {Object.entries(v.fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="stamp" value={v.stamp} />
      <input type="hidden" name="work" value="" />
      <p class="govuk-body" data-part="wait">
        {t('flood.wait.text')}
      </p>
      <p class="govuk-body" data-part="itself" role="status" hidden>
        {t('flood.wait.itself')}
      </p>
      <Button text={t('flood.wait.send')} />
    </form>
    <p class="govuk-body">{t('flood.wait.urgent')}</p>
    <ul class="govuk-list dv-urgent">
      {v.numbers.map(n => (
        <li>
          <a class="govuk-link dv-urgent__number" href={`tel:${n.number.replace(/[^+\d]/g, '')}`}>
            {n.number}
          </a>
        </li>
      ))}
    </ul>
  </>
)
