import { FormPage, InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { concernAnswers, concernChoices, concernForm } from './schema.concern.ts'
import { publicPath } from './schema.public.ts'
import { BeforeFirstWord } from './screens.public.tsx'
import type { FormView } from './screens.public-talk.tsx'

/** The concern report of an adult. What it does not ask, and why, stands before the questions. */
export const concernScreen = (view: FormView, t: T) => (
  <FormPage
    form={concernForm}
    t={t}
    action={publicPath(t.locale, 'concern')}
    values={view.values}
    errors={view.errors}
    title={t('concern.page.title')}
    intro={
      <>
        <InsetText>
          <p class="govuk-body">{t('concern.page.notAsked')}</p>
          <p class="govuk-body">{t('concern.page.own')}</p>
        </InsetText>
        <BeforeFirstWord t={t} />
        <p class="govuk-body">{t('concern.page.intro')}</p>
      </>
    }
    submitLabel={t('concern.page.send')}
  />
)

const up = (s: string) => s.charAt(0).toUpperCase() + s.slice(1)
const label: Readonly<Record<(typeof concernAnswers)[number], string>> = {
  online: 'online',
  platform: 'platform',
  where: 'place',
  when: 'when',
  atRisk: 'atRisk',
  by: 'by',
  knows: 'knows',
}
/** What was answered, for the page of the contact: the question, and the answer in words. */
export const concernRows = (answers: Readonly<Record<string, string>>, t: T): { key: { text: string }; value: { text: string } }[] =>
  concernAnswers.flatMap(a => {
    const said = answers[a]
    if (!said) return []
    const choices: readonly string[] | undefined = Object.hasOwn(concernChoices, a)
      ? concernChoices[a as keyof typeof concernChoices]
      : undefined
    return [
      {
        key: { text: t(`concern.field.${label[a]}`) },
        value: { text: choices?.includes(said) ? t(`concern.field.${a}${up(said)}`) : said },
      },
    ]
  })
