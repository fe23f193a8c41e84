import { Button, Details, FormErrors, InsetText, Radios, Textarea } from '../base/components/index.tsx'
import type { FieldDef } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { clockText, type DeskState, waitWords } from './rules.chat.ts'
import type { ReceiptList } from './rules.receipt.ts'
import { type chatAbouts, chatForm, type Hours } from './schema.chat.ts'
import { publicPath } from './schema.public.ts'
import { BeforeFirstWord, Go, Heading, type Helpline, Say } from './screens.public.tsx'
import type { FormView } from './screens.public-talk.tsx'

/* The help chat. One form that works without scripts; with them the device seals what is typed, and the conversation goes on under it. */

export interface ChatView extends FormView {
  /** Undefined while the database is away: nothing is said that may be wrong. */
  readonly state: DeskState | undefined
  readonly hours: Hours | undefined
  readonly numbers: readonly Helpline[]
  readonly list: ReceiptList
}

/** Five pictures, drawn of a few lines: a child who reads slowly finds itself by them. */
const pictures: Readonly<Record<Exclude<(typeof chatAbouts)[number], 'skip'>, string>> = {
  home: 'M4 15 16 5l12 10M8 12v15h16V12M14 27v-8h4v8',
  work: 'M5 11h22v15H5zM12 11V7h8v4M5 18h22',
  online: 'M10 3h12v26H10zM14 25h4M13 8h6M13 12h6',
  taken: 'M9 14h14v14H9zM12 14v-4a4 4 0 0 1 8 0v4M16 19v4',
  other: 'M6 7h20v14H14l-6 6v-6H6z',
}
const Picture = ({ d }: { d: string }) => (
  <svg class="dv-picture" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <path d={d} />
  </svg>
)

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** Hours as lines: days in a row with the same hours are one. */
export const hourLines = (hours: Hours, t: T): string[] => {
  const out: string[] = []
  for (let from = 0; from < 7; ) {
    let to = from
    while (to < 6 && String(hours[to + 1]) === String(hours[from])) to++
    const name = (n: number) => t(`chat.day.${days[n]}`)
    const h = hours[from]
    const when = h ? `${clockText(h[0])}–${clockText(h[1])}` : t('chat.desk.closed')
    out.push(`${from === to ? name(from) : `${name(from)} – ${name(to)}`}: ${when}`)
    from = to + 1
  }
  return out
}

const Numbers = ({ numbers }: { numbers: readonly Helpline[] }) => (
  <p class="govuk-body">
    {numbers.map(n => (
      <a class="dv-phone govuk-link" href={`tel:${n.number.replace(/[^+\d]/g, '')}`}>
        {n.number}
      </a>
    ))}
  </p>
)

/** Who is there, how long it takes, and when nobody is there: first whom to call. */
const Desk = ({ view, t }: { view: Pick<ChatView, 'state' | 'hours' | 'numbers'>; t: T }) => {
  const s = view.state
  if (!s) return null
  const opens =
    s.opens && t(s.opens.today ? 'chat.desk.opensToday' : `chat.desk.opens.${days[s.opens.day]}`, { time: clockText(s.opens.minute) })
  return (
    <div class="dv-desk-state">
      {s.now === 'away' ? (
        <>
          <Say>
            <strong>{t('chat.desk.away')}</strong>
          </Say>
          <p class="govuk-body">{t('chat.desk.awayCall')}</p>
          <Numbers numbers={view.numbers} />
          <p class="govuk-body">
            {t('chat.desk.awayWrite')} {opens}
          </p>
        </>
      ) : (
        <Say>
          <strong>{t(`chat.desk.${s.now === 'soon' ? 'soon' : waitWords(s)}`)}</strong>
        </Say>
      )}
      {view.hours ? (
        <Details summaryText={t('chat.desk.hours')}>
          <ul class="govuk-list">
            {hourLines(view.hours, t).map(l => (
              <li>{l}</li>
            ))}
          </ul>
          <p class="govuk-hint">{t('chat.desk.zone')}</p>
        </Details>
      ) : null}
    </div>
  )
}

/** The same on the first page: whether somebody is there, and when. */
export const deskBlock = (view: Pick<ChatView, 'state' | 'hours' | 'numbers'>, t: T) => <Desk view={view} t={t} />

const one = (view: FormView, name: string): string => {
  const v = view.values?.[name]
  return typeof v === 'string' ? v : ''
}
type Asked = 'safeNow' | 'about' | 'age' | 'talkTo'
const Question = ({ name, view, t }: { name: Asked; view: FormView; t: T }) => {
  const field: FieldDef = chatForm.fields[name]
  const error = view.errors?.[name]
  return (
    <Radios
      name={name}
      idPrefix={name}
      value={one(view, name)}
      classes={name === 'about' ? 'govuk-radios--small dv-pictures' : 'govuk-radios--small govuk-radios--inline'}
      fieldset={{ legend: { text: t(field.label), classes: 'govuk-fieldset__legend--s' } }}
      hint={field.hint ? { text: t(field.hint) } : undefined}
      errorMessage={error ? { text: t(error.key, error.args) } : undefined}
      items={(field.options ?? []).map(o => ({
        value: o.value,
        text:
          name === 'about' && o.value !== 'skip' ? (
            <>
              <Picture d={pictures[o.value as keyof typeof pictures]} />
              {t(o.label ?? o.value)}
            </>
          ) : (
            t(o.label ?? o.value)
          ),
      }))}
    />
  )
}

export const chatScreen = (view: ChatView, t: T) => {
  const { text } = chatForm.fields
  const wrong = view.errors?.text
  return (
    <div data-chat="new" data-list={view.list}>
      <div data-part="before">
        <FormErrors form={chatForm} errors={view.errors ?? {}} t={t} />
        <Heading>{t('chat.title')}</Heading>
        <Desk view={view} t={t} />
        <BeforeFirstWord t={t} lock={false} />
        <Protection t={t} />
        <form action={publicPath(t.locale, 'chat')} method="post" class="dv-form" novalidate autocomplete="off">
          <p class="govuk-hint">{t('chat.skip')}</p>
          <Question name="safeNow" view={view} t={t} />
          <Textarea
            id="text"
            name="text"
            label={{ text: t(text.label), classes: 'govuk-label--s' }}
            hint={{ text: t(text.hint ?? '') }}
            value={one(view, 'text')}
            rows={4}
            autocomplete="off"
            errorMessage={wrong ? { text: t(wrong.key, wrong.args) } : undefined}
          />
          <Question name="about" view={view} t={t} />
          <Details summaryText={t('chat.more')} open={Boolean(view.errors?.age ?? view.errors?.talkTo)}>
            <Question name="age" view={view} t={t} />
            <Question name="talkTo" view={view} t={t} />
          </Details>
          {(['submission', 'seed', 'language'] as const).map(n => (
            <input type="hidden" name={n} value={one(view, n)} />
          ))}
          <Working t={t} />
          <Button text={t('chat.start')} preventDoubleClick />
        </form>
        <Go to="clear" text={t('traces.clear.link')} t={t} />
      </div>
      <LiveChat t={t} />
    </div>
  )
}

/** What locks the words: said for the form as it stands, and put right by the device when it can do it itself. */
export const Protection = ({ t }: { t: T }) => (
  <>
    <p class="govuk-body" data-part="by-server">
      {t('chat.byServer')}
    </p>
    <p class="govuk-body" data-part="by-device" hidden>
      {t('chat.byDevice')}
    </p>
  </>
)
/** Shown by the device while it works, or waits for the network. */
export const Working = ({ t }: { t: T }) => (
  <div role="status">
    <p class="govuk-body" data-part="working" hidden>
      {t('chat.working')}
    </p>
  </div>
)

const Line = ({ kind, t }: { kind: 'mine' | 'theirs'; t: T }) => (
  <li data-part={`line-${kind}`} hidden class={`moj-message-item moj-message-item--${kind === 'mine' ? 'sent' : 'received'}`}>
    <div class="moj-message-item__text" data-text />
    <div class="moj-message-item__meta">
      {t(kind === 'mine' ? 'chat.live.me' : 'contact-public.talk.us')}
      {kind === 'mine' ? (
        <span data-state hidden>
          {` · ${t('chat.live.sending')}`}
        </span>
      ) : null}
    </div>
  </li>
)

/** The open conversation, as a template: it comes onto the page when the device has opened one. The first field is for writing, nothing else moves. */
export const LiveChat = ({ t }: { t: T }) => (
  <template data-part="chat">
    <div data-part="live">
      <h1 class="govuk-heading-l" tabIndex={-1}>
        {t('chat.live.title')}
      </h1>
      <div data-part="danger" hidden>
        <InsetText text={t('contact-public.receipt.dangerNow')} />
      </div>
      <p class="govuk-body">
        <Button text={t('chat.here.button')} type="button" classes="govuk-button--secondary" attributes={{ 'data-part': 'here' }} />
      </p>
      <div data-part="receipt" hidden>
        <p class="govuk-body">
          {t('chat.here.word')} <strong data-agreed translate={false} />
        </p>
      </div>
      <div data-part="here-own" hidden>
        <p class="govuk-body">{t('chat.here.noWord')}</p>
      </div>
      <p class="govuk-body" data-part="none-yet">
        {t('chat.live.wait')}
      </p>
      <div class="dv-chat-log" role="log" aria-label={t('chat.live.title')}>
        <ol class="moj-message-list" data-part="log" />
      </div>
      <div role="status">
        <p class="govuk-body dv-typing" data-part="typing">
          <span hidden>{t('contact-public.talk.typing')}</span>
        </p>
        <p class="govuk-body" data-part="waiting" hidden>
          {t('chat.live.offline')}
        </p>
        <p class="govuk-body" data-part="not-sent" hidden>
          {t('chat.live.notSent')}
        </p>
      </div>
      <form class="dv-form" autocomplete="off">
        <Textarea
          id="more"
          name="more"
          label={{ text: t('contact-public.talk.text'), classes: 'govuk-label--s' }}
          hint={{ text: t('chat.live.hint') }}
          rows={3}
          autocomplete="off"
        />
        <Button text={t('contact-public.talk.add')} />
      </form>
      <div data-part="receipt" hidden>
        <Details summaryText={t('chat.receipt.title')}>
          <p class="govuk-body">{t('contact-public.receipt.notKeep')}</p>
          <ol class="dv-secret" data-part="words" translate={false} />
          <p class="govuk-body">{t('contact-public.receipt.learn')}</p>
          <p class="govuk-body">{t('contact-public.receipt.secret')}</p>
        </Details>
      </div>
      <Details summaryText={t('chat.here.own')}>
        <div class="govuk-form-group" data-part="own-word">
          <label class="govuk-label" for="own-word">
            {t('chat.here.ownLabel')}
          </label>
          <input class="govuk-input govuk-input--width-20" id="own-word" type="text" autocomplete="off" maxLength={40} />
        </div>
      </Details>
      <form action={publicPath(t.locale, 'end')} method="post" class="dv-form">
        <p class="govuk-body">{t('contact-public.talk.endText')}</p>
        <Button text={t('contact-public.talk.end')} classes="govuk-button--secondary" />
      </form>
      <Go to="urgent" text={t('contact-public.home.urgent')} t={t} />
    </div>
    <ul hidden>
      <Line kind="mine" t={t} />
      <Line kind="theirs" t={t} />
    </ul>
    <template data-part="neutral">
      <Neutral t={t} />
    </template>
  </template>
)

/** What stands on the screen when somebody is there: sums. Nothing of ours, and nothing that moves when it is clicked; the agreed word is an "answer". */
const Neutral = ({ t }: { t: T }) => (
  <main class="govuk-width-container dv-main" data-title={t('chat.neutral.title')}>
    <h1 class="govuk-heading-l">{t('chat.neutral.title')}</h1>
    <ol class="govuk-list govuk-list--number">
      {['7 × 8 = 56', '6 × 9 = 54', '12 × 4 = 48', '96 ÷ 8 = 12', '15 × 6 = 90', '144 ÷ 12 = 12'].map(sum => (
        <li>{sum}</li>
      ))}
    </ol>
    <form class="dv-form" autocomplete="off">
      <div class="govuk-form-group">
        <label class="govuk-label" for="sum">
          {t('chat.neutral.answer')}
        </label>
        <input class="govuk-input govuk-input--width-20" id="sum" type="text" autocomplete="off" />
      </div>
      <Button text={t('chat.neutral.check')} classes="govuk-button--secondary" />
    </form>
  </main>
)
