import { Form, FormErrors, InsetText, Notification } from '../base/components/index.tsx'
import type { Errors, Option, Values } from '../base/form.ts'
import { formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { CaseRow } from '../case/schema.ts'
import type { Contact } from '../contact/schema.ts'
import { type HandOverKind, handOverForms } from './schema.ts'

export interface LeaverView {
  readonly user: Id
  readonly alias: string
  /** What the person still holds in all, seen by the viewer or not. */
  readonly counts: { readonly contacts: number; readonly cases: number }
  readonly contacts: readonly Contact[]
  readonly cases: readonly CaseRow[]
  readonly colleagues: Readonly<Record<HandOverKind, readonly Option[]>>
  readonly commands: Readonly<Record<HandOverKind, Id>>
  readonly timeZone: string
  readonly can: { readonly handOver: boolean }
  readonly returned?: { readonly kind: HandOverKind; readonly values: Values; readonly errors: Errors } | undefined
}

const HandOver = ({ v, kind, items, t }: { v: LeaverView; kind: HandOverKind; items: readonly Option[]; t: T }) => {
  const unseen = v.counts[kind] - items.length
  const back = v.returned?.kind === kind ? v.returned : undefined
  return (
    <section aria-labelledby={`leaver-${kind}`}>
      <h2 class="govuk-heading-m" id={`leaver-${kind}`}>
        {t(`worklist.leaver.${kind}`, { n: v.counts[kind] })}
      </h2>
      {unseen > 0 ? <InsetText text={t('worklist.leaver.unseen', { n: unseen })} /> : null}
      {items.length > 0 && v.can.handOver ? (
        <Form
          form={handOverForms[kind]}
          t={t}
          action={`/${t.locale}/worklist/leaver/${v.user}/${kind}`}
          command={v.commands[kind]}
          values={back?.values ?? { [kind]: items.map(i => i.value) }}
          errors={back?.errors}
          options={{ [kind]: items, [`${kind}To`]: v.colleagues[kind] }}
          submitLabel={t('worklist.leaver.handOver')}
        />
      ) : null}
    </section>
  )
}

export const leaverScreen = (v: LeaverView, t: T) => {
  const empty = v.counts.contacts + v.counts.cases === 0
  return (
    <>
      {v.returned ? <FormErrors form={handOverForms[v.returned.kind]} errors={v.returned.errors} t={t} /> : null}
      <h1 class="govuk-heading-l">{t('worklist.leaver.title', { who: v.alias })}</h1>
      <p class="govuk-body">{t('worklist.leaver.text')}</p>
      {empty ? (
        <Notification type="success" text={t('worklist.leaver.empty')} />
      ) : (
        <>
          <HandOver
            v={v}
            kind="contacts"
            items={v.contacts.map(c => ({
              value: c.id,
              text: `${t(`contact.channel.${c.channel}`)}, ${formatStampShort(c.received, t.locale, v.timeZone)}`,
            }))}
            t={t}
          />
          <HandOver v={v} kind="cases" items={v.cases.map(c => ({ value: c.id, text: c.number }))} t={t} />
          {v.can.handOver ? null : <InsetText text={t('worklist.leaver.supervisor')} />}
        </>
      )}
    </>
  )
}
