import { type Content, cx, useWords } from './common.tsx'

export interface TimelineItem {
  title: Content
  /** An alias or a role; never needed. */
  byline?: Content
  /** Machine-readable: ISO day or stamp. */
  datetime: string
  /** As the reader should see it, already formatted. */
  when: string
  /** Second line of time: «записано 3 дня спустя». */
  note?: string | undefined
  children?: Content
  classes?: string | undefined
  id?: string | undefined
}
/** What happened, newest first or last as the screen decides. */
export const Timeline = (p: { items: readonly TimelineItem[]; headingLevel?: number | undefined; classes?: string | undefined }) => {
  const Heading = `h${p.headingLevel || 2}` as 'h2'
  return (
    <div class={cx('moj-timeline', p.classes)}>
      {p.items.map(item => (
        <div class={cx('moj-timeline__item', item.classes)} id={item.id}>
          <div class="moj-timeline__header">
            <Heading class="moj-timeline__title">{item.title}</Heading>
            {item.byline ? <p class="moj-timeline__byline"> {item.byline}</p> : null}
          </div>
          <p class="moj-timeline__date">
            <time datetime={item.datetime}>{item.when}</time>
            {item.note ? <span class="dv-muted"> · {item.note}</span> : null}
          </p>
          {item.children ? <div class="moj-timeline__description">{item.children}</div> : null}
        </div>
      ))}
    </div>
  )
}

export interface MessageItem {
  id?: string | undefined
  /** Seen from the reader: what they wrote, or what came to them. */
  type: 'sent' | 'received'
  text: Content
  sender: string
  datetime: string
  when: string
  /** «ещё не прочитано», «переведено»: one short word. */
  mark?: string | undefined
  lang?: string | undefined
}
/** A conversation. The words are shown as written, line breaks kept. */
export const Messages = (p: { items: readonly MessageItem[]; label?: string | undefined; id?: string | undefined }) => {
  const t = useWords()
  return (
    <section class="moj-messages-container" id={p.id} aria-label={p.label ?? t('base.component.messages')}>
      <div class="moj-message-list">
        {p.items.map(item => (
          <div id={item.id} class={`moj-message-item moj-message-item--${item.type}`}>
            <div class={`moj-message-item__text moj-message-item__text--${item.type} dv-own-words`} lang={item.lang}>
              {item.text}
            </div>
            <div class="moj-message-item__meta">
              <span class="moj-message-item__meta--sender">{item.sender}</span>{' '}
              <time class="moj-message-item__meta--timestamp" datetime={item.datetime}>
                {item.when}
              </time>
              {item.mark ? <span class="dv-mark"> · {item.mark}</span> : null}
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}

/** The bar under the header that says which child or case this page is about, so that nobody writes into the wrong one. */
export const IdentityBar = (p: { title: Content; facts?: readonly Content[] | undefined; actions?: Content }) => (
  <div class="moj-identity-bar">
    <div class="moj-identity-bar__container">
      <div class="moj-identity-bar__details">
        <span class="moj-identity-bar__title">
          <strong>{p.title}</strong>
          {(p.facts ?? []).map(fact => (
            <span class="dv-fact">{fact}</span>
          ))}
        </span>
      </div>
      {p.actions ? <div class="moj-identity-bar__actions">{p.actions}</div> : null}
    </div>
  </div>
)
