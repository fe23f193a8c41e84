import { Button, Details, EmptyState, Pagination, pageItems, ScrollTable, Select, SubNavigation, Tag } from '../base/components/index.tsx'
import { formatStampShort, formatTotal, type T } from '../base/i18n.ts'
import type { Stamp } from '../base/time.ts'
import { type Channel, type Contact, type ContactLanguage, type ContactState, channels, contactStates, type Waits } from './schema.ts'
import { AlertNotice, type AlertView } from './screens.storm.tsx'

/** How dangerous, in words first: red is for a child in danger and nothing else. */
export const ContactDanger = ({ c, t }: { c: Pick<Contact, 'safeNow' | 'urgency'>; t: T }) => (
  <>
    {c.safeNow === 'no' ? <Tag text={t('contact.danger.unsafe')} classes="govuk-tag--red" /> : null}{' '}
    {c.urgency ? (
      <Tag
        text={t(`contact.danger.${c.urgency}`)}
        classes={c.urgency === 'now' ? 'govuk-tag--red' : c.urgency === 'today' ? 'govuk-tag--yellow' : 'govuk-tag--grey'}
      />
    ) : c.safeNow === 'unsure' ? (
      <Tag text={t('contact.danger.unsure')} classes="govuk-tag--yellow" />
    ) : c.safeNow === 'no' ? null : (
      <Tag text={t('contact.danger.unjudged')} classes="govuk-tag--grey" />
    )}
  </>
)

/** «3 часа назад»: whole hours, whole days after two. */
export const ageText = (received: Stamp, now: Stamp, t: T): string => {
  const hours = Math.floor((Date.parse(now) - Date.parse(received)) / 3_600_000)
  if (hours < 1) return t('contact.age.fresh')
  return hours < 48 ? t('contact.age.hours', { n: hours }) : t('contact.age.days', { n: Math.floor(hours / 24) })
}

export interface InboxView {
  /** Conversations this person was asked into. */
  readonly askedInto?: readonly string[]
  readonly rows: readonly {
    readonly contact: Contact
    readonly language: ContactLanguage | undefined
    readonly assignee: string | null
    readonly waits: Waits
    /** Unread for longer than a working day. */
    readonly late: boolean
  }[]
  readonly total: number
  /** What several contacts name. */
  readonly alerts?: readonly AlertView[]
  readonly page: number
  readonly filter: {
    readonly state: ContactState | null
    readonly channel: Channel | null
    readonly mine: boolean
    readonly nobody?: boolean
  }
  readonly now: Stamp
  readonly timeZone: string
  readonly can: { readonly create: boolean; readonly load: boolean; readonly letters: boolean }
}

/** The address of the inbox with a filter and page, without the language. */
export const inboxPath = (f: InboxView['filter'], page = 1): string => {
  const q = new URLSearchParams()
  if (f.state) q.set('state', f.state)
  if (f.channel) q.set('channel', f.channel)
  if (f.mine) q.set('mine', '1')
  if (f.nobody) q.set('nobody', '1')
  if (page > 1) q.set('page', String(page))
  const s = q.toString()
  return s ? `/contacts?${s}` : '/contacts'
}

/** Whose: nobody's yet, mine, everybody's. */
const Tabs = ({ v, t }: { v: InboxView; t: T }) => {
  const at = (which: 'nobody' | 'mine' | 'team') => ({
    text: t(`contact.inbox.tab.${which}`),
    href: `/${t.locale}${inboxPath({ ...v.filter, mine: which === 'mine', nobody: which === 'nobody' })}`,
    active: which === (v.filter.mine ? 'mine' : v.filter.nobody ? 'nobody' : 'team'),
  })
  return <SubNavigation label={t('contact.inbox.who')} items={[at('team'), at('nobody'), at('mine')]} />
}
/** How long somebody waits: red when nobody has read it for longer than a working day. */
const Waiting = ({ waits: w, late, now, received, t }: { waits: Waits; late: boolean; now: Stamp; received: Stamp; t: T }) => {
  const text = ageText(w.since ?? received, now, t)
  return (
    <>
      {late ? <Tag text={t('contact.inbox.late')} classes="govuk-tag--red" /> : null}{' '}
      <span class={late ? 'dv-late' : undefined}>{w.since ? t('contact.inbox.waits', { age: text }) : text}</span>
    </>
  )
}
const Keys = ({ t }: { t: T }) => (
  <Details summaryText={t('contact.keys.title')} classes="dv-keys dv-print-hide" id="desk-keys">
    <dl class="dv-key-list">
      {(['j', 'k', 'Enter', '?'] as const).map(key => (
        <div>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(`contact.keys.${key === '?' ? 'help' : key.toLowerCase()}`)}</dd>
        </div>
      ))}
    </dl>
    <div class="govuk-checkboxes govuk-checkboxes--small">
      <div class="govuk-checkboxes__item">
        <input class="govuk-checkboxes__input" type="checkbox" id="keys-on" checked data-desk-keys />
        <label class="govuk-label govuk-checkboxes__label" for="keys-on">
          {t('contact.keys.on')}
        </label>
      </div>
    </div>
  </Details>
)

const Filters = ({ v, t }: { v: InboxView; t: T }) => {
  const pick = (name: 'state' | 'channel', any: string, values: readonly string[]) => (
    <Select
      name={name}
      id={`filter-${name}`}
      label={{ text: t(`contact.inbox.${name}`) }}
      value={v.filter[name] ?? ''}
      items={[{ value: '', text: t(any) }, ...values.map(value => ({ value, text: t(`contact.${name}.${value}`) }))]}
    />
  )
  return (
    <form action={`/${t.locale}/contacts`} method="get" class="dv-filter dv-print-hide" data-no-guard>
      {pick('state', 'contact.inbox.waiting', contactStates)}
      {pick('channel', 'contact.inbox.anyChannel', channels)}
      {v.filter.mine ? <input type="hidden" name="mine" value="1" /> : null}
      {v.filter.nobody ? <input type="hidden" name="nobody" value="1" /> : null}
      <Button text={t('base.button.filter')} classes="govuk-button--secondary" />
    </form>
  )
}

/** What the scripts of the desk say, in words of the page. */
export const deskWords = (t: T) => ({
  'data-moved': t('contact.desk.moved'),
  'data-offline': t('contact.desk.offline'),
  'data-unsent': t('contact.desk.unsent'),
  'data-sent': t('contact.desk.sent'),
})

export const inboxScreen = (v: InboxView, t: T) => {
  const lang = t.locale
  const filtered = v.filter.state !== null || v.filter.channel !== null || v.filter.mine || v.filter.nobody === true
  const last = Math.max(1, Math.ceil(Math.min(v.total, 1000) / 25))
  return (
    <div data-desk={`/${lang}/contacts/live`} {...deskWords(t)}>
      <h1 class="govuk-heading-l">{t('contact.inbox.title')}</h1>
      <p class="govuk-body">{t('contact.inbox.intro')}</p>
      {(v.askedInto ?? []).map(href => (
        <p class="govuk-body">
          <a class="govuk-link" href={href}>
            {t('contact-room.invitedHere')}
          </a>
        </p>
      ))}
      {v.can.create ? <Button text={t('contact.inbox.new')} href={`/${lang}/contacts/new`} /> : null}
      {v.can.letters ? (
        <p class="govuk-body dv-print-hide">
          <a class="govuk-link" href={`/${lang}/letters`}>
            {t('contact.inbox.letters')}
          </a>
        </p>
      ) : null}
      {v.can.load ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/${lang}/contacts/load`}>
            {t('contact.load.link')}
          </a>
        </p>
      ) : null}
      <AlertNotice alerts={v.alerts ?? []} t={t} />
      <p class="govuk-body dv-print-hide">
        <a class="govuk-link" href={`/${lang}/contacts/storm`}>
          {t('alert.link')}
        </a>
      </p>
      <Tabs v={v} t={t} />
      <Filters v={v} t={t} />
      <p class="govuk-body dv-desk-status" role="status" data-desk-status />
      <div data-live="list">
        {v.rows.length === 0 ? (
          filtered ? (
            <EmptyState title={t('base.list.noMatch')} action={{ text: t('base.button.clearFilter'), href: `/${lang}/contacts` }} />
          ) : (
            <EmptyState title={t('contact.inbox.empty')} text={t('contact.inbox.emptyDo')} />
          )
        ) : (
          <>
            <p class="govuk-body dv-total">{t('contact.inbox.total', { total: formatTotal(v.total, t) })}</p>
            <ScrollTable
              label={t('contact.inbox.caption')}
              caption={t('contact.inbox.caption')}
              captionClasses="govuk-visually-hidden"
              head={['danger', 'channel', 'language', 'waitsHead', 'said', 'state', 'who'].map(k => ({ text: t(`contact.inbox.${k}`) }))}
              rows={v.rows.map(({ contact: c, language, assignee, waits, late }) => [
                { text: <ContactDanger c={c} t={t} /> },
                {
                  text: (
                    <>
                      <a class={c.unread ? 'govuk-link dv-mark' : 'govuk-link'} data-desk-row href={`/${lang}/contacts/${c.id}`}>
                        {t(`contact.channel.${c.channel}`)}
                        <span class="govuk-visually-hidden">, {formatStampShort(c.received, lang, v.timeZone)}</span>
                      </a>
                      {c.unread ? <span class="dv-mark"> · {t('contact.inbox.unread')}</span> : null}
                    </>
                  ),
                },
                { text: language ? t(`contact.language.${language}`) : '—' },
                { text: <Waiting waits={waits} late={late} now={v.now} received={c.received} t={t} /> },
                { text: t('contact.inbox.saidCount', { theirs: waits.theirs, ours: waits.ours }) },
                { text: t(`contact.state.${c.state}`) },
                { text: assignee ?? t('contact.inbox.nobody') },
              ])}
            />
            {last > 1 || v.page > 1 ? (
              <Pagination
                items={pageItems(v.page, Math.max(last, v.page), n => `/${lang}${inboxPath(v.filter, n)}`)}
                previous={v.page > 1 ? { href: `/${lang}${inboxPath(v.filter, v.page - 1)}` } : undefined}
                next={
                  v.page < last || (v.total > 1000 && v.rows.length === 25)
                    ? { href: `/${lang}${inboxPath(v.filter, v.page + 1)}` }
                    : undefined
                }
              />
            ) : null}
          </>
        )}
      </div>
      <Keys t={t} />
    </div>
  )
}
