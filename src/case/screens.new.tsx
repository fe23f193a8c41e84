import { Button, Form, FormErrors, type FormProps, InsetText, Radios } from '../base/components/index.tsx'
import { fieldId, rowName } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'

export interface NewCaseView extends Omit<FormProps, 't' | 'submitLabel'> {
  readonly fromContact: boolean
  readonly back: string
}
/** Unknown child to open case in one short form; "not asked yet" is a good answer everywhere. */
export const newCaseScreen = (v: NewCaseView, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={v.form} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('case.new.title')}</h1>
    <p class="govuk-body">{t(v.fromContact ? 'case.new.introContact' : 'case.new.intro')}</p>
    <Form
      {...v}
      t={t}
      submitLabel={t('case.new.submit')}
      groupsFirst
      after={
        <a class="govuk-link" href={v.back}>
          {t('base.button.cancel')}
        </a>
      }
    />
  </div>
)

export interface MatchView {
  readonly action: string
  readonly command: Id
  /** Everything that was typed, to come back with the choice. */
  readonly kept: readonly (readonly [name: string, value: string])[]
  readonly children: readonly {
    readonly index: number
    readonly name: string
    readonly found: readonly {
      readonly id: Id
      readonly name: string
      readonly age: string
      readonly relation: string
      readonly cases: readonly string[]
    }[]
  }[]
  readonly back: string
}
/** Search before create: only records that this person may open are named, and a person decides. */
export const matchScreen = (v: MatchView, t: T) => (
  <div class="dv-form-page">
    <h1 class="govuk-heading-l">{t('case.match.title')}</h1>
    <p class="govuk-body">{t('case.match.text')}</p>
    <form action={v.action} method="post" class="dv-form" data-guard>
      <input type="hidden" name="command" value={v.command} />
      {v.kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {v.children.map(c => {
        const name = rowName('children', c.index, 'match')
        return (
          <Radios
            idPrefix={fieldId(name)}
            name={name}
            value="new"
            fieldset={{ legend: { text: t('case.match.legend', { name: c.name }), classes: 'govuk-fieldset__legend--m' } }}
            items={[
              ...c.found.map(f => ({
                value: f.id,
                text: f.name,
                hint: {
                  text: [t(`person.relation.${f.relation}`), f.age ? t('person.ageNow', { age: f.age }) : '', ...f.cases]
                    .filter(Boolean)
                    .join(', '),
                },
              })),
              { value: 'new', text: t('case.match.new') },
            ]}
          />
        )
      })}
      <InsetText text={t('case.match.note')} />
      <div class="govuk-button-group">
        <Button text={t('case.new.submit')} preventDoubleClick />
        <a class="govuk-link" href={v.back}>
          {t('base.button.cancel')}
        </a>
      </div>
    </form>
  </div>
)
