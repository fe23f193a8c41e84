import { Button, EmptyState, InsetText, Pagination, ScrollTable, Tag } from '../base/components/index.tsx'
import { formatStamp, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { partCodes } from './rules.audit.ts'

const w = 'access-admin.audit'
export interface AuditLineView {
  readonly at: Stamp
  readonly who: string
  readonly action: string
  readonly purpose: string
  readonly outcome: 'shown' | 'refused' | 'changed'
  readonly records: readonly Id[]
}
export interface AuditView {
  readonly lines: readonly AuditLineView[]
  readonly people: readonly { readonly id: Id; readonly alias: string }[]
  /** What was typed into the filter. */
  readonly typed: Readonly<Record<'person' | 'record' | 'from' | 'until' | 'action' | 'outcome', string>>
  readonly wrong: readonly string[]
  readonly page: number
  readonly more: boolean
  readonly often: readonly { readonly alias: string; readonly count: number }[]
  readonly timeZone: string
}

/** Codes that have words; another is shown as it is, which is better than hiding it. */
const known = new Set<string>([
  ...partCodes,
  'case_open',
  'case_story',
  'case_list',
  'case_new',
  'case_form',
  'case_access',
  'case_audit',
  'person_open',
  'person_form',
  'person_search',
  'paper_list',
  'paper_open',
  'paper_picture',
  'paper_download',
  'paper_form',
  'photo_form',
  'photo_open',
  'contact_open',
  'contact_list',
  'worklist_open',
  'worklist_leaver',
  'statistics_working',
  'statistics_preview',
  'statistics_releases',
  'statistics_release',
  'statistics_csv',
  'user_list',
  'user_open',
  'team_open',
  'audit_list',
  'glass_open',
  'glass_extend',
  'glass_close',
  'glass_refused',
  'glass_review',
  'glass_reviews',
  'glass_list',
  'glass_opened',
  'account_invited',
  'account_closed',
  'account_closed_now',
  'account_readmitted',
  'session_opened',
  'session_ended',
  'session_refused',
  'invitation_accepted',
  'password_changed',
  'installation_made',
  'server_team_made',
  'server_account_added',
  'server_account_closed',
  'server_account_readmitted',
  'server_keys_recovered',
  'server_kit_renewed',
  'server_backup_made',
  'server_restored',
  'roles_proposed',
  'roles_approved',
  'roles_refused',
  'roles_withdrawn',
  'member_added',
  'member_ended',
  'member_confirmed',
  'member_confirmed_partly',
  'member_approved',
  'member_refused',
  'intake_seen',
  'team_made',
  'team_changed',
  'team_ended',
  'desk_hours_changed',
  'absence_started',
  'absence_ended',
  'case_opened',
  'case_assigned',
  'case_accepted',
  'case_closed',
  'case_reopened',
  'danger_set',
  'due_set',
  'note_added',
  'access_shared',
  'access_ended',
  'exclusion_made',
  'exclusion_ended',
  'link_made',
  'link_ended',
  'second_look_given',
  'person_recorded',
  'claim_added',
  'claim_judged',
  'paper_attached',
  'paper_removed',
  'photo_taken',
  'photo_opened',
  'photo_removed',
  'photo_erased',
  'pictures_allowed',
  'pictures_ended',
  'contact_received',
  'contact_read',
  'contact_answered',
  'contact_assigned',
  'contact_closed',
  'contact_erased',
  'contact_converted',
  'contact_judged',
  'contact_noted',
  'contact_reopened',
  'contact_explained',
  'contact_circumstances',
  'contact_remarked',
  'contact_blocked',
  'contact_unblocked',
  'contact_invited',
  'contact_invite_ended',
  'contact_room',
])
/** What the page calls a code; undefined where it has no words. */
export const auditWord = (code: string, t: T): string | undefined => {
  const key = code.replace(/[.:]/g, '_')
  return known.has(key) ? t(`access-admin.auditWord.${key}`) : undefined
}
const colour = { shown: 'govuk-tag--grey', refused: 'govuk-tag--red', changed: 'govuk-tag--blue' } as const
/** Lines of the audit: when, who, what, which record. Never what stood there. */
export const AuditTable = ({
  lines,
  timeZone,
  records,
  t,
}: {
  lines: readonly AuditLineView[]
  timeZone: string
  records: boolean
  t: T
}) => (
  <ScrollTable
    label={t(`${w}.caption`)}
    caption={t(`${w}.caption`)}
    captionClasses="govuk-visually-hidden"
    head={['when', 'who', 'what', ...(records ? ['which'] : []), 'outcome'].map(k => ({ text: t(`${w}.${k}`) }))}
    rows={lines.map(l => [
      { text: formatStamp(l.at, t.locale, timeZone) },
      { text: l.who },
      {
        text: (
          <>
            {auditWord(l.action, t)} <code>{l.action}</code>
            {l.purpose ? ` (${l.purpose})` : ''}
          </>
        ),
      },
      ...(records
        ? [
            {
              text:
                l.records.length === 0
                  ? '—'
                  : l.records.slice(0, 3).map(id => (
                      <div class="dv-target">
                        <a class="govuk-link" href={`/${t.locale}/audit?record=${id}`}>
                          {id.slice(0, 8)}
                        </a>
                      </div>
                    )),
            },
          ]
        : []),
      { text: <Tag text={t(`${w}.${l.outcome}`)} classes={colour[l.outcome]} /> },
    ])}
  />
)

const Field = (p: { name: string; label: string; value: string; wrong?: string | undefined; day?: boolean }) => {
  const common = {
    class: 'govuk-input govuk-input--width-10',
    id: `filter-${p.name}`,
    name: p.name,
    value: p.value,
    autocomplete: 'off',
    ...(p.wrong ? { 'aria-describedby': `filter-${p.name}-error` } : {}),
  }
  return (
    <div class={`govuk-form-group${p.wrong ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label" for={common.id}>
        {p.label}
      </label>
      {p.wrong ? (
        <p class="govuk-error-message" id={`${common.id}-error`}>
          {p.wrong}
        </p>
      ) : null}
      {p.day ? <input type="date" {...common} /> : <input type="text" {...common} />}
    </div>
  )
}
const Pick = (p: { name: string; label: string; any: string; value: string; items: readonly { value: string; text: string }[] }) => (
  <div class="govuk-form-group">
    <label class="govuk-label" for={`filter-${p.name}`}>
      {p.label}
    </label>
    <select class="govuk-select" id={`filter-${p.name}`} name={p.name}>
      <option value="">{p.any}</option>
      {p.items.map(i => (
        <option value={i.value} selected={i.value === p.value || undefined}>
          {i.text}
        </option>
      ))}
    </select>
  </div>
)

export const auditHref = (typed: AuditView['typed'], page: number): string => {
  const q = new URLSearchParams(Object.entries(typed).filter(([, v]) => v !== ''))
  if (page > 1) q.set('page', String(page))
  return `/audit${q.size > 0 ? `?${q}` : ''}`
}

/** Who looked at what and when, what was refused and what was changed, with filters. */
export const AuditPage = (v: AuditView, t: T) => {
  const wrong = (name: string) => (v.wrong.includes(name) ? t(`${w}.wrong`) : undefined)
  return (
    <>
      <h1 class="govuk-heading-l">{t(`${w}.title`)}</h1>
      <p class="govuk-body">{t(`${w}.intro`)}</p>
      {v.often.length > 0 ? (
        <InsetText>
          <h2 class="govuk-heading-s">{t(`${w}.often`)}</h2>
          <ul class="govuk-list">
            {v.often.map(o => (
              <li>{t(`${w}.oftenLine`, { who: o.alias, count: o.count })}</li>
            ))}
          </ul>
          <a class="govuk-link" href={`/${t.locale}/emergency/reviews`}>
            {t('access-admin.review.title')}
          </a>
        </InsetText>
      ) : (
        <p class="govuk-body">
          <a class="govuk-link" href={`/${t.locale}/emergency/reviews`}>
            {t('access-admin.review.title')}
          </a>
        </p>
      )}
      <form action={`/${t.locale}/audit`} method="get" class="dv-filter" data-no-guard>
        <Pick
          name="person"
          label={t(`${w}.who`)}
          any={t(`${w}.anybody`)}
          value={v.typed.person}
          items={v.people.map(p => ({ value: p.id, text: p.alias }))}
        />
        <Field name="record" label={t(`${w}.record`)} value={v.typed.record} wrong={wrong('record')} />
        <Field name="from" label={t(`${w}.from`)} value={v.typed.from} day wrong={wrong('from')} />
        <Field name="until" label={t(`${w}.until`)} value={v.typed.until} day wrong={wrong('until')} />
        <Field name="action" label={t(`${w}.action`)} value={v.typed.action} wrong={wrong('action')} />
        <Pick
          name="outcome"
          label={t(`${w}.outcome`)}
          any={t(`${w}.anything`)}
          value={v.typed.outcome}
          items={['shown', 'refused', 'changed'].map(value => ({ value, text: t(`${w}.${value}`) }))}
        />
        <Button text={t('base.button.filter')} classes="govuk-button--secondary" />
      </form>
      {v.lines.length === 0 ? (
        <EmptyState
          title={t('base.list.noMatch')}
          text={t('base.list.noMatchDo')}
          action={{ text: t('base.button.clearFilter'), href: `/${t.locale}/audit` }}
        />
      ) : (
        <AuditTable lines={v.lines} timeZone={v.timeZone} records t={t} />
      )}
      {v.page > 1 || v.more ? (
        <Pagination
          previous={v.page > 1 ? { href: `/${t.locale}${auditHref(v.typed, v.page - 1)}` } : undefined}
          next={v.more ? { href: `/${t.locale}${auditHref(v.typed, v.page + 1)}` } : undefined}
        />
      ) : null}
    </>
  )
}

/** Who looked at one case, for the supervisor of its team. */
export const CaseAuditPage = (
  v: { number: string; back: string; lines: readonly AuditLineView[]; page: number; more: boolean; timeZone: string },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.caseTitle`, { number: v.number })}</h1>
    {v.lines.length === 0 ? (
      <EmptyState title={t(`${w}.nobody`)} />
    ) : (
      <AuditTable lines={v.lines} timeZone={v.timeZone} records={false} t={t} />
    )}
    {v.page > 1 || v.more ? (
      <Pagination
        previous={v.page > 1 ? { href: `${v.back}/audit?page=${v.page - 1}` } : undefined}
        next={v.more ? { href: `${v.back}/audit?page=${v.page + 1}` } : undefined}
      />
    ) : null}
  </>
)
