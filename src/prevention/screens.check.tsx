import { Form, FormErrors, InsetText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { type Advice, type Checked, type SignId, type Span, signIds } from './schema.check.ts'
import { checkForm, checkPath } from './schema.check-form.ts'

/* "Check this message". The same parts are used for an answer of the server and, from the <template>, by the script that answers on the device. */

const advices: readonly Advice[] = ['away', 'care', 'little', 'none']

const Person = ({ t }: { t: T }) => (
  <ul class="govuk-list">
    <li>
      <a class="govuk-link" href={`/${t.locale}/write`}>
        {t('prevention.check.person')}
      </a>
    </li>
    <li>
      <a class="govuk-link" href={`/${t.locale}/urgent`}>
        {t('prevention.check.urgent')}
      </a>
    </li>
  </ul>
)

/** What to do, first. To a threat there is no answer to send: a person comes first. */
const AdviceBlock = ({ advice, t }: { advice: Advice; t: T }) => (
  <section data-advice={advice}>
    <h2 class="govuk-heading-m">{t(`prevention.advice.${advice}.title`)}</h2>
    {advice === 'away' ? (
      <>
        <InsetText>
          <p class="govuk-body-l">
            <strong>{t('prevention.advice.away.fault')}</strong>
          </p>
          <Person t={t} />
        </InsetText>
        <ul class="govuk-list govuk-list--bullet">
          {['answer', 'pay', 'send', 'delete'].map(k => (
            <li>{t(`prevention.advice.away.${k}`)}</li>
          ))}
        </ul>
      </>
    ) : (
      <>
        <p class="govuk-body-l">{t(`prevention.advice.${advice}.text`)}</p>
        {advice === 'none' ? null : (
          <>
            <p class="govuk-body">{t('prevention.check.phraseTitle')}</p>
            <p class="dv-secret" data-phrase>
              {t('prevention.check.phrase')}
            </p>
            <button type="button" class="govuk-button govuk-button--secondary" data-copy data-copied={t('prevention.check.copied')} hidden>
              {t('prevention.check.copy')}
            </button>
          </>
        )}
        <Person t={t} />
      </>
    )}
  </section>
)

const Sign = ({ id, words, t }: { id: SignId; words?: readonly string[]; t: T }) => (
  <li data-sign={id}>
    <h3 class="govuk-heading-s">{t(`prevention.sign.${id}.name`)}</h3>
    <p class="govuk-body">
      <span class="govuk-hint">{t('prevention.check.words')}</span>{' '}
      <bdi translate={false} data-words>
        {(words ?? []).join(' … ')}
      </bdi>
    </p>
    <p class="govuk-body">{t(`prevention.sign.${id}.why`)}</p>
    <p class="govuk-body">{t(`prevention.sign.${id}.do`)}</p>
  </li>
)

const Compatriot = ({ t }: { t: T }) => (
  <div data-part="compatriot">
    <InsetText text={t('prevention.check.compatriot')} />
  </div>
)

/** The message cut at the words that were found: [text, found?]. */
export const piecesOf = (text: string, spans: readonly Span[]): { readonly text: string; readonly found: boolean }[] => {
  const out: { text: string; found: boolean }[] = []
  let at = 0
  for (const s of [...spans].sort((a, b) => a.from - b.from)) {
    const from = Math.max(at, s.from)
    if (s.to <= from) continue
    if (from > at) out.push({ text: text.slice(at, from), found: false })
    out.push({ text: text.slice(from, s.to), found: true })
    at = s.to
  }
  if (at < text.length) out.push({ text: text.slice(at), found: false })
  return out
}

const Result = ({ text, checked, t }: { text: string; checked: Checked; t: T }) => (
  <>
    <AdviceBlock advice={checked.advice} t={t} />
    {checked.compatriot ? <Compatriot t={t} /> : null}
    {checked.signs.length > 0 ? (
      <>
        <h2 class="govuk-heading-m">{t('prevention.check.found')}</h2>
        <blockquote class="dv-pasted" translate={false} dir="auto">
          {piecesOf(
            text,
            checked.signs.flatMap(s => s.spans),
          ).map(p => (p.found ? <mark>{p.text}</mark> : p.text))}
        </blockquote>
        <ul class="dv-steps">
          {checked.signs.map(s => (
            <Sign id={s.id} words={s.words} t={t} />
          ))}
        </ul>
      </>
    ) : null}
  </>
)

export interface CheckView {
  readonly values?: Values | undefined
  readonly errors?: Errors | undefined
  /** After a message was sent to the server; a script on the device never sends it. */
  readonly result?: { readonly text: string; readonly checked: Checked } | undefined
}

export const checkScreen = (v: CheckView, t: T) => (
  <div data-check={t.locale}>
    <FormErrors form={checkForm} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('prevention.check.title')}</h1>
    <div id="check-result" tabIndex={-1} aria-live="polite">
      {v.result ? <Result text={v.result.text} checked={v.result.checked} t={t} /> : null}
    </div>
    {v.result ? (
      <h2 class="govuk-heading-m">{t('prevention.check.again')}</h2>
    ) : (
      <>
        <p class="govuk-body-l">{t('prevention.check.intro')}</p>
        <p class="govuk-body">{t('prevention.check.private')}</p>
      </>
    )}
    <Form
      form={checkForm}
      t={t}
      action={checkPath(t.locale)}
      values={v.result ? {} : v.values}
      errors={v.errors}
      submitLabel={t('prevention.check.submit')}
    />
    <p class="govuk-body">{t('prevention.check.most')}</p>
    <template id="check-parts">
      {advices.map(a => (
        <AdviceBlock advice={a} t={t} />
      ))}
      <Compatriot t={t} />
      <div data-part="found">
        <h2 class="govuk-heading-m">{t('prevention.check.found')}</h2>
        <blockquote class="dv-pasted" translate={false} dir="auto" />
        <ul class="dv-steps" />
      </div>
      {signIds.map(id => (
        <Sign id={id} t={t} />
      ))}
    </template>
  </div>
)
