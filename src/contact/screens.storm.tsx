import { Button, FormErrors, InsetText, Select } from '../base/components/index.tsx'
import { defineForm, type Errors } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { alertWhys } from './rules.alert.ts'

export interface AlertView {
  readonly id: Id
  readonly named: string | undefined
  readonly contacts: readonly Id[]
}
const what = (a: AlertView, t: T): string => (a.named ? t('alert.about', { named: a.named }) : t('alert.aboutSealed'))

/** Above the inbox: that several people write about the same, once, with the way to all of them. */
export const AlertNotice = ({ alerts, t }: { alerts: readonly AlertView[]; t: T }) =>
  alerts.length === 0 ? null : (
    <InsetText classes="dv-print-hide">
      {alerts.slice(0, 3).map(a => (
        <p class="govuk-body">
          {t('alert.inbox.alert', { n: a.contacts.length, named: a.named ?? '—' })}{' '}
          <a class="govuk-link" href={`/${t.locale}/contacts/storm#${a.id}`}>
            {t('alert.inbox.see')}
          </a>
        </p>
      ))}
    </InsetText>
  )

const Alerts = ({ alerts, t }: { alerts: readonly AlertView[]; t: T }) => (
  <section class="dv-section">
    <h2 class="govuk-heading-m">{t('alert.alerts')}</h2>
    {alerts.length === 0 ? <p class="govuk-body">{t('alert.alertsNone')}</p> : null}
    {alerts.map(a => (
      <article id={a.id}>
        <h3 class="govuk-heading-s">{what(a, t)}</h3>
        <p class="govuk-body">{t('alert.times', { n: a.contacts.length })}</p>
        <ul class="govuk-list">
          {a.contacts.map((id, i) => (
            <li>
              <a class="govuk-link" href={`/${t.locale}/contacts/${id}`}>
                {t('alert.one', { n: i + 1 })}
              </a>
            </li>
          ))}
        </ul>
        <form method="post" action={`/${t.locale}/contacts/alerts/${a.id}`} class="dv-filter" data-no-guard>
          <Select
            name="why"
            id={`why-${a.id}`}
            label={{ text: t('alert.why') }}
            items={alertWhys.map(value => ({ value, text: t(`alert.whys.${value}`) }))}
          />
          <Button text={t('alert.done')} classes="govuk-button--secondary" />
        </form>
      </article>
    ))}
  </section>
)

export interface StormView {
  readonly alerts: readonly AlertView[]
  readonly groups: readonly { readonly text: string; readonly contacts: readonly { readonly id: Id; readonly version: number }[] }[]
  readonly command: Id
  readonly errors: Errors
}
const noForm = defineForm({ fields: {} })
const shortText = (text: string): string => (text.length > 240 ? `${text.slice(0, 240)}…` : text)

/** Repeats, and new messages that say the same in one place: a flood is put away in one act. */
export const stormScreen = (v: StormView, t: T) => (
  <>
    <FormErrors form={noForm} errors={v.errors} t={t} />
    <h1 class="govuk-heading-l">{t('alert.title')}</h1>
    <Alerts alerts={v.alerts} t={t} />
    <section class="dv-section">
      <h2 class="govuk-heading-m">{t('alert.storm')}</h2>
      <p class="govuk-body">{t('alert.stormText')}</p>
      {v.groups.length === 0 ? (
        <p class="govuk-body">{t('alert.stormNone')}</p>
      ) : (
        <form action={`/${t.locale}/contacts/storm`} method="post">
          <input type="hidden" name="command" value={v.command} />
          <div class="govuk-checkboxes">
            {v.groups.map((g, i) => (
              <div class="govuk-checkboxes__item">
                <input
                  class="govuk-checkboxes__input"
                  type="checkbox"
                  id={`pick-${i}`}
                  name="pick"
                  value={g.contacts.map(c => `${c.id}.${c.version}`).join(' ')}
                />
                <label class="govuk-label govuk-checkboxes__label" for={`pick-${i}`}>
                  <span dir="auto">{shortText(g.text)}</span>{' '}
                  {g.contacts.length > 1 ? <strong>{t('alert.same', { n: g.contacts.length })}</strong> : null}
                </label>
                <p class="govuk-hint govuk-checkboxes__hint">
                  {g.contacts.slice(0, 3).map((c, n) => (
                    <>
                      <a class="govuk-link" href={`/${t.locale}/contacts/${c.id}`}>
                        {t('alert.one', { n: n + 1 })}
                      </a>{' '}
                    </>
                  ))}
                </p>
              </div>
            ))}
          </div>
          <p class="govuk-hint">{t('alert.closeHint')}</p>
          <Button text={t('alert.close')} classes="govuk-button--secondary" preventDoubleClick />
        </form>
      )}
    </section>
  </>
)
