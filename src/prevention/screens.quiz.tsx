import { Button, InsetText, Radios } from '../base/components/index.tsx'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import type { Question, Quiz } from './schema.lesson.ts'
import { Blocks, Head, Person, pathOf, Unread, type Where } from './screens.lesson.tsx'

/* Questions to oneself. Nothing is saved, nothing is counted: each answer is explained, and that is all. */

const w = 'prevention-learn.quiz'
/** What was chosen, by number of the question. */
export type Chosen = Readonly<Record<number, number>>

const Explained = ({ question, chosen, at }: { question: Question; chosen: number | undefined; at: Where }) => {
  const say = (s: string) => (at.t.locale === 'uz-Cyrl' ? toUzbekCyrillic(s) : s)
  const mine = chosen === undefined ? undefined : question.answers[chosen]
  const others = question.answers.filter(a => a.good && a !== mine)
  return (
    <section>
      <h2 class="govuk-heading-m">{say(question.text)}</h2>
      {mine ? (
        <>
          <p class="govuk-body">
            {at.t(`${w}.yours`)} <strong>{say(mine.text)}</strong>
          </p>
          <Blocks blocks={[{ kind: 'paragraph', text: mine.why }]} at={at} />
        </>
      ) : null}
      {others.length > 0 ? (
        <InsetText>
          {others.map(a => (
            <>
              <p class="govuk-body">
                {at.t(`${w}.${mine?.good ? 'also' : 'good'}`)} <strong>{say(a.text)}</strong>
              </p>
              <Blocks blocks={[{ kind: 'paragraph', text: a.why }]} at={at} />
            </>
          ))}
        </InsetText>
      ) : null}
    </section>
  )
}

const Questions = ({ quiz, at }: { quiz: Quiz; at: Where }) => {
  const say = (s: string) => (at.t.locale === 'uz-Cyrl' ? toUzbekCyrillic(s) : s)
  return (
    <>
      {quiz.questions.map((q, i) => (
        <Radios
          name={`q${i + 1}`}
          idPrefix={`q${i + 1}`}
          fieldset={{ legend: { text: say(q.text), classes: 'govuk-fieldset__legend--m' } }}
          items={q.answers.map((a, n) => ({ value: n + 1, text: say(a.text) }))}
        />
      ))}
    </>
  )
}

export const quizScreen = (v: { quiz: Quiz; chosen?: Chosen | undefined }, at: Where) => {
  return (
    <article>
      <Head text={v.quiz} at={at} />
      {v.chosen ? (
        <>
          {v.quiz.questions.map((q, i) => (
            <Explained question={q} chosen={v.chosen?.[i]} at={at} />
          ))}
          <p class="govuk-body">
            <a class="govuk-link" href={at.href(pathOf(v.quiz))}>
              {at.t(`${w}.again`)}
            </a>
          </p>
        </>
      ) : (
        <>
          <Blocks blocks={v.quiz.blocks} at={at} />
          <p class="govuk-body">{at.t(`${w}.free`)}</p>
          {at.preview ? (
            <Questions quiz={v.quiz} at={at} />
          ) : (
            <form method="post" action={at.href(pathOf(v.quiz))} autocomplete="off">
              <Questions quiz={v.quiz} at={at} />
              <Button text={at.t(`${w}.submit`)} />
            </form>
          )}
        </>
      )}
      <Unread text={v.quiz} t={at.t} />
      <Person text={v.quiz} at={at} />
      <p class="govuk-body dv-no-print">
        <a class="govuk-link" href={at.href('/learn')}>
          {at.t('prevention-learn.all')}
        </a>
      </p>
    </article>
  )
}
