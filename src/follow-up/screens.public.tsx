import { Button, ErrorMessage, FormErrors, FormPage, Textarea } from '../base/components/index.tsx'
import { type Errors, fieldId, type Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { answerValues } from './schema.forms.ts'
import { dayForm, dayPath, doorForm } from './schema.public-form.ts'
import { type Question, questions } from './schema.ts'

/* The child's page. Whoever else holds the phone sees questions that anybody could ask anybody: no name, no place, no organisation, no own words. */

interface View {
  readonly values?: Values | undefined
  readonly errors?: Errors | undefined
}

/** Two fields and a button. The same page for words that nobody has, a wrong word, and what was pressed because somebody was near. */
export const doorScreen = (v: View, t: T) => (
  <FormPage
    form={doorForm}
    t={t}
    action={dayPath(t.locale)}
    values={v.values}
    errors={v.errors}
    title={t('follow-up-public.door.title')}
    submitLabel={t('follow-up-public.door.go')}
  />
)

/* Five faces, drawn once and used by reference: the mouth turns from down to up. */
const mouths = [
  'M11 24 Q16 15 21 24',
  'M11 22.500 Q16 18 21 22.500',
  'M11 21.500 H21',
  'M11 20.500 Q16 25 21 20.500',
  'M10 19 Q16 28 22 19',
]
const Faces = () => (
  <svg width="0" height="0" aria-hidden="true" focusable="false">
    {mouths.map((d, i) => (
      <symbol id={`face-${i + 1}`} viewBox="0 0 32 32">
        <circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" stroke-width="2" />
        <circle cx="11.500" cy="12.500" r="1.800" fill="currentColor" />
        <circle cx="20.500" cy="12.500" r="1.800" fill="currentColor" />
        <path d={d} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      </symbol>
    ))}
  </svg>
)

const Ask = ({ q, v, t }: { q: Question; v: View; t: T }) => {
  const chosen = typeof v.values?.[q] === 'string' ? v.values[q] : ''
  const wrong = v.errors?.[q]
  return (
    <div class={wrong ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <fieldset class="govuk-fieldset" aria-describedby={wrong ? `${q}-error` : undefined}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t(`follow-up-public.ask.${q}`)}</legend>
        {wrong ? <ErrorMessage id={`${q}-error`} text={t(wrong.key, wrong.args)} /> : null}
        <div class="govuk-radios govuk-radios--small">
          {[...answerValues.slice(0, 5)]
            .reverse()
            .concat('skip')
            .map((value, i) => {
              const id = i === 0 ? fieldId(q) : `${q}-${value}`
              return (
                <div class="govuk-radios__item">
                  <input class="govuk-radios__input" id={id} name={q} type="radio" value={value} checked={chosen === value || undefined} />
                  <label class="govuk-label govuk-radios__label" for={id}>
                    {value === 'skip' ? null : (
                      <svg width="28" height="28" aria-hidden="true" focusable="false">
                        <use href={`#face-${value}`} />
                      </svg>
                    )}{' '}
                    {t(`follow-up-public.level.${value}`)}
                  </label>
                </div>
              )
            })}
        </div>
      </fieldset>
    </div>
  )
}

/** The questions. Enter sends; "someone is here" stands first and last, and sends what there is. */
export const dayScreen = (v: View, t: T) => {
  const kept = (name: string) => (typeof v.values?.[name] === 'string' ? v.values[name] : '')
  const someone = <Button text={t('follow-up-public.ask.someone')} name="then" value="someone" classes="govuk-button--secondary" />
  const wrong = v.errors?.line
  return (
    <div class="dv-form-page">
      <FormErrors form={dayForm} errors={v.errors ?? {}} t={t} />
      <h1 class="govuk-heading-l">{t('follow-up-public.ask.title')}</h1>
      <p class="govuk-body">{t('follow-up-public.ask.intro')}</p>
      <Faces />
      <form action={dayPath(t.locale, '/next')} method="post" class="dv-form" novalidate autocomplete="off">
        {/* Enter presses the form's first button: it must be "send", not the one for danger. */}
        <button type="submit" name="then" value="send" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true" />
        {['words', 'word', 'id'].map(name => (
          <input type="hidden" name={name} value={kept(name)} />
        ))}
        {someone}
        {questions.map(q => (
          <Ask q={q} v={v} t={t} />
        ))}
        <Textarea
          id="line"
          name="line"
          rows={3}
          autocomplete="off"
          label={{ text: t('follow-up-public.ask.line') }}
          value={kept('line')}
          errorMessage={wrong ? { text: t(wrong.key, wrong.args) } : undefined}
        />
        <div class="govuk-button-group">
          <Button text={t('follow-up-public.ask.send')} name="then" value="send" />
          <Button text={t('follow-up-public.ask.help')} name="then" value="help" classes="govuk-button--secondary" />
          {someone}
        </div>
      </form>
    </div>
  )
}

/** After sending: says that it came, and nothing of what. The one number that everybody knows stands in the words; a link to ours would say whose page this is. */
export const dayDoneScreen = (v: { help: boolean }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('follow-up-public.done.title')}</h1>
    <p class="govuk-body-l">{t(v.help ? 'follow-up-public.done.help' : 'follow-up-public.done.text')}</p>
    <p class="govuk-body">{t('follow-up-public.done.close')}</p>
  </>
)
