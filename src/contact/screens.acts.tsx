import { Details, Form } from '../base/components/index.tsx'
import type { Option } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { type ContactAct, contactForms } from './schema.forms.ts'
import type { InvitationView } from './schema.room.ts'
import { Close } from './screens.close.tsx'
import type { ContactView } from './screens.contact.tsx'
import { GuestWarnings } from './screens.room.tsx'

/** One act as a form; folded away unless it is the one that came back. `plain`: not folded. */
const Act = ({
  v,
  t,
  act,
  options,
  plain,
  values,
}: {
  v: ContactView
  t: T
  act: ContactAct
  options?: Readonly<Record<string, readonly Option[]>>
  plain?: boolean
  values?: Readonly<Record<string, string>>
}) => {
  const back = v.returned?.act === act ? v.returned : undefined
  const form = (
    <Form
      form={contactForms[act]}
      t={t}
      action={`/${t.locale}/contacts/${v.file.contact.id}/${act}`}
      command={v.commands[act]}
      version={v.file.contact.version}
      values={back?.values ?? values}
      errors={back?.errors}
      options={options}
      submitLabel={t(act === 'read' ? 'contact.page.read' : `contact.act.${act}`)}
    />
  )
  return plain ? (
    form
  ) : (
    <Details summaryText={t(`contact.act.${act}`)} open={back !== undefined} id={`act-${act}`}>
      {form}
    </Details>
  )
}

/** Taking it oneself is one press: the most frequent assignment. */
const TakeIt = ({ v, t }: { v: ContactView; t: T }) => (
  <form action={`/${t.locale}/contacts/${v.file.contact.id}/assign`} method="post" data-no-guard>
    <input type="hidden" name="command" value={v.commands.assign} />
    <input type="hidden" name="version" value={v.file.contact.version} />
    <input type="hidden" name="to" value={v.me} />
    <button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button" data-prevent-double-click="true">
      {t('contact.act.mine')}
    </button>
  </form>
)

/** The form of the urgency begins with what stands, or with what is proposed and why: a person changes it or sends it. */
const urgencyValues = (v: ContactView, t: T): Readonly<Record<string, string>> => {
  const { contact: c, story } = v.file
  if (v.proposal) return { urgency: v.proposal.urgency, why: v.proposal.reasons.map(r => t(`contact.why.${r.why}`)).join('. ') }
  return c.urgency && story ? { urgency: c.urgency, why: story.urgencyReason } : {}
}

/** Asking somebody in, with what must be read of each first. */
const Invite = ({ v, i, t }: { v: ContactView; i: InvitationView; t: T }) => {
  const back = v.returned?.act === 'invite' ? v.returned : undefined
  return (
    <Details summaryText={t('contact.act.invite')} open={back !== undefined} id="act-invite">
      {i.guests.length === 0 ? (
        <p class="govuk-body">{t('contact-room.nobody')}</p>
      ) : (
        <>
          <GuestWarnings guests={i.guests} t={t} />
          <Act
            v={v}
            t={t}
            act="invite"
            plain
            options={{ who: i.guests.map(g => ({ value: g.id, text: t(`contact-room.guestAs.${g.as}`, { alias: g.alias }) })) }}
          />
        </>
      )}
    </Details>
  )
}

/** What may be done now with this contact, the likeliest first. */
export const ContactForms = ({ v, t }: { v: ContactView; t: T }) => {
  const { contact: c, story } = v.file
  if (!v.can.write) return null
  if (c.state === 'closed')
    return (
      <>
        {c.unread && story ? <Act v={v} t={t} act="read" plain /> : null}
        <Act v={v} t={t} act="reopen" plain />
      </>
    )
  return (
    <>
      {c.unread && story ? (
        <>
          <p class="govuk-body">{t('contact.page.unreadDo')}</p>
          <Act v={v} t={t} act="read" plain />
        </>
      ) : null}
      <section aria-labelledby="actions">
        <h2 class="govuk-heading-m" id="actions">
          {t('contact.page.actions')}
        </h2>
        {c.assignee !== v.me && v.colleagues.some(p => p.value === v.me) ? <TakeIt v={v} t={t} /> : null}
        {story && !v.conversation ? (
          <>
            <p class="govuk-body">{t('contact.page.noAnswer')}</p>
            <Act v={v} t={t} act="note" />
          </>
        ) : null}
        {story && c.state !== 'converted' ? <Act v={v} t={t} act="urgency" values={urgencyValues(v, t)} /> : null}
        {v.colleagues.length > 0 ? (
          <Act v={v} t={t} act="assign" options={{ to: v.colleagues }} values={c.assignee ? { to: c.assignee } : {}} />
        ) : null}
        {story ? <Act v={v} t={t} act="remark" /> : null}
        {v.invitation?.room ? <Act v={v} t={t} act="uninvite" /> : null}
        {v.invitation && !v.invitation.room ? <Invite v={v} i={v.invitation} t={t} /> : null}
        {story ? <Act v={v} t={t} act="explained" values={{ spoken: story.language }} /> : null}
        {c.state !== 'converted' && !c.unread ? <Close v={v} t={t} /> : null}
        {c.blockedUntil !== null ? <Act v={v} t={t} act="unblock" /> : null}
        {v.conversation && c.state !== 'converted' && !c.unread && c.safeNow !== 'no' && c.urgency !== 'now' && c.blockedUntil === null ? (
          <Act v={v} t={t} act="block" />
        ) : null}
      </section>
    </>
  )
}
