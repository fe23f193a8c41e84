import { type Content, InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import {
  type Audience,
  audiences,
  type Block,
  type Inline,
  type LearnText,
  type Lesson,
  type Story,
  type StoryNode,
} from './schema.lesson.ts'

/* Lessons and stories as they stand on the site; the office shows the same in its preview. Texts are put in as text: nothing in a file becomes markup. */

const w = 'prevention-learn'
/** Where a page of ours lies: the site's own address, or the office's preview of it. */
export type Href = (page: string) => string
export interface Where {
  readonly t: T
  readonly href: Href
  /** In the office: nothing can be sent from here. */
  readonly preview?: boolean
}
const say = (text: string, t: T): string => (t.locale === 'uz-Cyrl' ? toUzbekCyrillic(text) : text)

const Words = ({ text, at }: { text: readonly Inline[]; at: Where }) => (
  <>
    {text.map(i => {
      if (!('to' in i)) return i.kind === 'bold' ? <strong>{say(i.text, at.t)}</strong> : say(i.text, at.t)
      return (
        <a class="govuk-link dv-in-text" href={at.href(i.to)}>
          {say(i.text, at.t)}
        </a>
      )
    })}
  </>
)

export const Blocks = ({ blocks, at }: { blocks: readonly Block[]; at: Where }) => (
  <>
    {blocks.map(b => {
      if (b.kind === 'heading') {
        const H = `h${b.level}` as 'h2'
        return (
          <H class={b.level === 2 ? 'govuk-heading-m' : 'govuk-heading-s'}>
            <Words text={b.text} at={at} />
          </H>
        )
      }
      if (b.kind === 'callout')
        return (
          <InsetText>
            <Words text={b.text} at={at} />
          </InsetText>
        )
      if (!('items' in b))
        return (
          <p class="govuk-body">
            <Words text={b.text} at={at} />
          </p>
        )
      const List = b.ordered ? 'ol' : 'ul'
      return (
        <List class={`govuk-list govuk-list--${b.ordered ? 'number' : 'bullet'}`}>
          {b.items.map(i => (
            <li>
              <Words text={i} at={at} />
            </li>
          ))}
        </List>
      )
    })}
  </>
)

const Go = ({ to, text, at }: { to: string; text: string; at: Where }) => (
  <p class="govuk-body">
    <a class="govuk-link" href={at.href(to)}>
      {text}
    </a>
  </p>
)

const forChild = (text: LearnText): boolean => text.about.for.some(a => a.startsWith('children'))
/** The way to a person: on every page of every text. */
export const Person = ({ text, at }: { text?: LearnText; at: Where }) => (
  <section class="dv-no-print">
    <h2 class="govuk-heading-m">{at.t(`${w}.person.${text && !forChild(text) ? 'adult' : 'title'}`)}</h2>
    <Go to="/write" text={at.t(`${w}.person.write`)} at={at} />
    <Go to="/urgent" text={at.t(`${w}.person.urgent`)} at={at} />
  </section>
)

const forWhom = (text: LearnText, t: T) => text.about.for.map(a => t(`${w}.audience.${a}`)).join(' · ')
export const pathOf = (text: Pick<LearnText, 'kind' | 'slug'>): string => `/${text.kind === 'lessons' ? 'learn' : text.kind}/${text.slug}`

export const Head = ({ text, at }: { text: LearnText; at: Where }) => (
  <>
    <h1 class="govuk-heading-l">{say(text.about.title, at.t)}</h1>
    <p class="govuk-hint">
      {forWhom(text, at.t)}. {at.t(`${w}.minutes`, { count: text.about.minutes })}
    </p>
  </>
)

/** Said where a computer translated and nobody has read it yet. */
export const Unread = ({ text, t }: { text: LearnText; t: T }) =>
  text.about.reviewed || t.locale === 'ru' || t.locale === 'en' ? null : <p class="govuk-hint">{t(`${w}.unread`)}</p>

const Cards = ({ texts, at, level }: { texts: readonly LearnText[]; at: Where; level: 2 | 3 }) => {
  const H = `h${level}` as 'h2'
  return (
    <ul class="dv-steps">
      {texts.map(text => (
        <li>
          <H class="govuk-heading-s">
            <a class="govuk-link" href={at.href(pathOf(text))}>
              {say(text.about.title, at.t)}
            </a>
          </H>
          <p class="govuk-hint">
            {at.t(`${w}.kind.${text.kind}`)}. {at.t(`${w}.minutes`, { count: text.about.minutes })}
          </p>
        </li>
      ))}
    </ul>
  )
}

export const lessonScreen = (v: { lesson: Lesson; more: readonly LearnText[] }, at: Where) => (
  <article>
    <Head text={v.lesson} at={at} />
    <Blocks blocks={v.lesson.blocks} at={at} />
    <Unread text={v.lesson} t={at.t} />
    <Person text={v.lesson} at={at} />
    {v.more.length > 0 ? (
      <section class="dv-no-print">
        <h2 class="govuk-heading-m">{at.t(`${w}.more`)}</h2>
        <Cards texts={v.more} at={at} level={3} />
      </section>
    ) : null}
    <div class="dv-no-print">
      <Go to="/learn" text={at.t(`${w}.all`)} at={at} />
    </div>
  </article>
)

/** One page of a story. At an end: something kind, then a person, then another try. */
export const storyScreen = (v: { story: Story; node: StoryNode }, at: Where) => {
  const first = v.story.nodes[0]?.id === v.node.id
  return (
    <article>
      {first ? <Head text={v.story} at={at} /> : <h1 class="govuk-heading-l">{say(v.node.title, at.t)}</h1>}
      {first ? <h2 class="govuk-heading-m">{say(v.node.title, at.t)}</h2> : null}
      <Blocks blocks={v.node.blocks} at={at} />
      {v.node.end ? null : (
        <>
          <h2 class="govuk-heading-m">{at.t(`${w}.story.choose`)}</h2>
          <ul class="dv-steps">
            {v.node.choices.map(c => (
              <li>
                <a class="govuk-link dv-choice-link" href={at.href(`${pathOf(v.story)}/${c.to}`)}>
                  {say(c.text, at.t)}
                </a>
              </li>
            ))}
          </ul>
          {first ? <p class="govuk-hint">{at.t(`${w}.story.free`)}</p> : null}
        </>
      )}
      {first ? <Unread text={v.story} t={at.t} /> : null}
      <Person at={at} />
      {first ? null : <Go to={pathOf(v.story)} text={at.t(`${w}.story.again`)} at={at} />}
      <Go to="/learn" text={at.t(`${w}.all`)} at={at} />
    </article>
  )
}

/** Everything there is in this language, by who reads it. */
export const learnScreen = (v: { texts: readonly LearnText[]; stories?: boolean }, at: Where) => {
  const groups = audiences.map(a => [a, v.texts.filter(x => x.about.for.includes(a))] as const).filter(([, list]) => list.length > 0)
  const section = ([a, list]: readonly [Audience, readonly LearnText[]]): Content => (
    <section>
      <h2 class="govuk-heading-m" id={a}>
        {at.t(`${w}.audience.${a}`)}
      </h2>
      <Cards texts={list} at={at} level={3} />
    </section>
  )
  return (
    <>
      <h1 class="govuk-heading-l">{at.t(v.stories ? `${w}.stories` : `${w}.title`)}</h1>
      <p class="govuk-body-l">{at.t(v.stories ? `${w}.storiesIntro` : `${w}.intro`)}</p>
      {groups.length > 2 ? (
        <nav aria-label={at.t(`${w}.forWhom`)}>
          <ul class="govuk-list">
            {groups.map(([a]) => (
              <li>
                <a class="govuk-link" href={`#${a}`}>
                  {at.t(`${w}.audience.${a}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {groups.map(section)}
      {v.stories ? <Go to="/learn" text={at.t(`${w}.all`)} at={at} /> : null}
      <Go to="/check" text={at.t('prevention.home.check')} at={at} />
      <Person at={at} />
    </>
  )
}
