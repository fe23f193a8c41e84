import { Details, FormPage, InsetText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { callForm, newValues, walkInForm } from './schema.forms.ts'

export const newDoors = { 'walk-in': { form: walkInForm, title: 'walkIn' }, call: { form: callForm, title: 'call' } } as const
export type NewDoor = keyof typeof newDoors

/** Which door: two links, each with what it is for. */
export const newContactScreen = (t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('contact.new.title')}</h1>
    <h2 class="govuk-heading-m">{t('contact.new.how')}</h2>
    <ul class="govuk-list dv-choices">
      {(Object.keys(newDoors) as NewDoor[]).map(door => (
        <li>
          <a class="govuk-link dv-choice" href={`/${t.locale}/contacts/new/${door}`}>
            {t(`contact.new.${newDoors[door].title}`)}
          </a>
          <p class="govuk-hint">{t(`contact.new.${newDoors[door].title}Hint`)}</p>
        </li>
      ))}
    </ul>
  </>
)

export interface NewContactView {
  readonly door: NewDoor
  readonly command: Id
  /** Name of the team it goes to; null: this person takes in nothing. */
  readonly team: string | null
  readonly values?: Values | undefined
  readonly errors?: Errors | undefined
  /** The opening script in all languages: nobody knows yet which one is needed. */
  readonly scripts: readonly { readonly lang: string; readonly name: string; readonly lines: readonly string[] }[]
}
export const newContactFormScreen = (v: NewContactView, t: T) => {
  const door = newDoors[v.door]
  if (v.team === null)
    return (
      <>
        <h1 class="govuk-heading-l">{t(`contact.new.${door.title}`)}</h1>
        <InsetText text={t('contact.new.noDesk')} />
      </>
    )
  return (
    <FormPage
      form={door.form}
      t={t}
      title={t(`contact.new.${door.title}`)}
      action={`/${t.locale}/contacts/new/${v.door}`}
      command={v.command}
      values={v.values ?? newValues}
      errors={v.errors}
      submitLabel={t('contact.new.save')}
      intro={
        <>
          <p class="govuk-body">{t('contact.new.where', { team: v.team })}</p>
          <Details summaryText={t('contact.page.script')}>
            {v.scripts.map(s => (
              <div lang={s.lang}>
                <h2 class="govuk-heading-s">{s.name}</h2>
                {s.lines.map(line => (
                  <p class="govuk-body">{line}</p>
                ))}
              </div>
            ))}
          </Details>
        </>
      }
    />
  )
}
