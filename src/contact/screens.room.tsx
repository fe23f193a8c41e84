import { Button, Details, Form, FormErrors, InsetText, Messages } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatStampShort, isLocale, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { type InvitationView, type RoomTurn, type RoomView, roomAskForm, roomSayForm } from './schema.room.ts'
import { deskWords } from './screens.inbox.tsx'

const lang = (v: string): string | undefined => (isLocale(v) ? v : undefined)

/** What the invited sees: the language, until when, what was passed on, and a box. */
export const guestRoomScreen = (
  v: {
    readonly room: RoomView
    readonly turns: readonly RoomTurn[]
    readonly command: Id
    readonly values?: Values | undefined
    readonly errors?: Errors | undefined
    readonly timeZone: string
  },
  t: T,
) => {
  const at = `/${t.locale}/rooms/contact/${v.room.id}`
  const passed = v.turns.filter(x => x.kind === 'in' || x.kind === 'out' || x.kind === 'ask')
  const last = passed.findLast(x => x.kind === 'in' || x.kind === 'ask')
  const language = v.room.room.language
  return (
    <div class="dv-desk" data-desk={`${at}/live`} {...deskWords(t)}>
      <FormErrors form={roomSayForm} errors={v.errors ?? {}} t={t} />
      <h1 class="govuk-heading-l">{t('contact-room.guest.title')}</h1>
      <p class="govuk-body">
        {t('contact-room.guest.facts', {
          language: t(`contact.language.${language}`),
          until: formatStampShort(v.room.until, t.locale, v.timeZone),
        })}
      </p>
      <InsetText>{t('contact-room.guest.rules')}</InsetText>
      <p class="govuk-body dv-desk-status" role="status" data-desk-status />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="dv-talk" tabIndex={0} aria-label={t('contact.page.words')} data-live="room">
        <div>
          {v.turns.length === 0 ? (
            <p class="govuk-body">{t('contact-room.empty')}</p>
          ) : (
            <Messages
              label={t('contact.desk.messages')}
              items={v.turns.map(x => ({
                id: `turn-${x.seq}`,
                type: x.kind === 'meaning' || x.kind === 'answer' ? ('sent' as const) : ('received' as const),
                text: x.said?.text ?? t('contact-room.notOpen'),
                sender: t(`contact-room.turn.${x.kind}`),
                datetime: x.at,
                when: formatStampShort(x.at, t.locale, v.timeZone),
                lang: x.kind === 'in' || x.kind === 'answer' ? lang(language) : undefined,
              }))}
            />
          )}
        </div>
      </section>
      <p class="govuk-body">
        <a class="govuk-link" href={at}>
          {t('contact-room.refresh')}
        </a>
      </p>
      <Form
        form={roomSayForm}
        t={t}
        action={at}
        command={v.command}
        values={v.values ?? { use: 'meaning', ...(last ? { about: last.id } : {}) }}
        errors={v.errors}
        options={{
          about: passed
            .slice(-30)
            .reverse()
            .map(x => ({ value: x.id, text: `${x.seq}. ${t(`contact-room.turn.${x.kind}`)}: ${(x.said?.text ?? '').slice(0, 60)}` })),
        }}
        submitLabel={t('contact-room.say')}
      />
    </div>
  )
}

/** What the invited said a message means, beside the message. */
export const meaningsOf = (turns: readonly RoomTurn[], message: Id): readonly string[] =>
  turns.flatMap(x => (x.kind === 'meaning' && x.said?.message === message ? [x.said.text] : []))

/** On the contact's page: who reads along, what they wrote, and asking them. */
export const RoomPanel = ({
  v,
  contact,
  version,
  command,
  timeZone,
  t,
}: {
  v: InvitationView
  contact: Id
  version: number
  command: Id
  timeZone: string
  t: T
}) => {
  const { room } = v
  if (!room) return null
  const at = `/${t.locale}/contacts/${contact}`
  const sent = new Set(v.turns.flatMap(x => (x.kind === 'out' && x.said ? [x.said.text] : [])))
  const told = v.turns.filter(x => x.kind === 'answer' || (x.kind === 'meaning' && !x.said?.message))
  return (
    <section class="dv-room" aria-labelledby="room">
      <h2 class="govuk-heading-s" id="room">
        {t(`contact-room.panel.${room.room.as}`, { alias: room.room.alias, until: formatStampShort(room.until, t.locale, timeZone) })}
      </h2>
      <div data-live="room">
        {v.waiting > 0 ? (
          <form action={`${at}/pass-on`} method="post" data-desk-pass>
            <input type="hidden" name="command" value={v.commands.pass} />
            <Button text={t('contact-room.pass', { count: v.waiting })} classes="govuk-button--secondary" preventDoubleClick />
          </form>
        ) : null}
        {told.length === 0 ? <p class="govuk-body dv-muted">{t('contact-room.nothingYet')}</p> : null}
        <ul class="govuk-list">
          {told.map(x => (
            <li>
              <p class="govuk-body dv-muted">{t(`contact-room.turn.${x.kind}`)}</p>
              <p class="govuk-body dv-pre" lang={x.kind === 'answer' ? lang(room.room.language) : undefined}>
                {x.said?.text ?? t('contact-room.notOpen')}
              </p>
              {x.kind !== 'answer' || !x.said ? null : sent.has(x.said.text) ? (
                <p class="govuk-body dv-muted">{t('contact-room.sent')}</p>
              ) : (
                <form action={`${at}/suggested`} method="post" data-no-guard>
                  <input type="hidden" name="command" value={command} />
                  <input type="hidden" name="version" value={version} />
                  <input type="hidden" name="turn" value={x.id} />
                  <Button text={t('contact-room.sendThis')} classes="govuk-button--secondary" preventDoubleClick />
                </form>
              )}
            </li>
          ))}
        </ul>
      </div>
      <Details summaryText={t('contact-room.askTitle')}>
        <Form form={roomAskForm} t={t} action={`${at}/ask`} command={v.commands.ask} submitLabel={t('contact-room.askSubmit')} />
      </Details>
    </section>
  )
}

/** What must be read before an interpreter is asked in. */
export const GuestWarnings = ({ guests, t }: { guests: InvitationView['guests']; t: T }) => {
  const warned = guests.filter(g => g.warnings.length > 0)
  return warned.length === 0 ? null : (
    <>
      <p class="govuk-body">{t('contact-room.warned')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {warned.map(g => (
          <li>
            {g.alias}: {g.warnings.map(w => t(w.key, w.args)).join('; ')}
          </li>
        ))}
      </ul>
    </>
  )
}
