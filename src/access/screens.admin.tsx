import {
  Button,
  type Content,
  EmptyState,
  FormPage,
  InsetText,
  type RunOptions,
  SummaryList,
  Table,
  Tag,
  WarningText,
} from '../base/components/index.tsx'
import type { Errors, FormDef, Values } from '../base/form.ts'
import { formatStamp, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'

const w = 'access-admin'

export interface AdminFormView {
  // biome-ignore lint/suspicious/noExplicitAny: the page shows any form; the value is typed where it is parsed
  readonly form: FormDef<any, any>
  readonly words: string
  readonly action: string
  readonly back: string
  readonly command: string
  readonly values: Values
  readonly errors: Errors
  readonly options?: RunOptions | undefined
  readonly above?: Content
}
/** One form of administration with a way back. */
export const AdminFormPage = (v: AdminFormView, t: T) => (
  <FormPage
    form={v.form}
    t={t}
    action={v.action}
    title={t(`${v.words}.title`)}
    values={v.values}
    errors={v.errors}
    command={v.command}
    options={v.options}
    submitLabel={t(`${v.words}.submit`)}
    intro={v.above}
    after={
      <a class="govuk-link" href={v.back}>
        {t('base.button.cancel')}
      </a>
    }
  />
)

/** A button that is a form of its own. */
export const Post = (p: {
  t: T
  to: string
  text: string
  fields?: Readonly<Record<string, string>>
  classes?: string
  about?: string
}) => (
  <form method="post" action={`/${p.t.locale}${p.to}`} class="dv-inline" data-no-guard>
    {Object.entries(p.fields ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button
      text={
        <>
          {p.text}
          {p.about ? <span class="govuk-visually-hidden"> {p.about}</span> : null}
        </>
      }
      classes={p.classes ?? 'govuk-button--secondary'}
      preventDoubleClick
    />
  </form>
)
export const Go = (p: { t: T; href: string; text: string; about?: string }) => (
  <a class="govuk-link" href={`/${p.t.locale}${p.href}`}>
    {p.text}
    {p.about ? <span class="govuk-visually-hidden"> {p.about}</span> : null}
  </a>
)
export const roleWords = (roles: readonly Role[], t: T) =>
  roles.length === 0 ? t(`${w}.noRoles`) : roles.map(r => t(`base.role.${r}`)).join(', ')

export const StateTag = ({ state, t }: { state: 'invited' | 'active' | 'disabled'; t: T }) => (
  <Tag
    text={t(`${w}.state.${state}`)}
    classes={state === 'active' ? 'govuk-tag--green' : state === 'invited' ? 'govuk-tag--yellow' : 'govuk-tag--grey'}
  />
)

export interface ChangeView {
  readonly id: Id
  readonly alias: string
  readonly by: string
  readonly at: Stamp
  readonly before: readonly Role[]
  readonly after: readonly Role[]
}
export interface UsersView {
  readonly people: readonly {
    readonly id: Id
    readonly alias: string
    readonly roles: readonly Role[]
    readonly state: 'invited' | 'active' | 'disabled'
    readonly waiting: number
  }[]
  readonly changes: readonly ChangeView[]
  /** Who would begin in a team alone. */
  readonly begins: readonly { readonly alias: string; readonly team: string; readonly fn: string }[]
  readonly timeZone: string
  readonly can: { readonly edit: boolean; readonly absence: boolean }
}

/** Everybody of the agency, by alias; what waits for a second person stands first. */
export const UsersPage = (v: UsersView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.users.title`)}</h1>
    {v.changes.length > 0 ? (
      <section>
        <h2 class="govuk-heading-m">{t(`${w}.users.changes`)}</h2>
        <p class="govuk-body">{t(`${w}.users.changesText`)}</p>
        <Table
          stack
          head={[{ text: t(`${w}.users.alias`) }, { text: t(`${w}.change.after`) }, { text: t(`${w}.change.by`) }, { text: t(`${w}.act`) }]}
          rows={v.changes.map(c => [
            { text: c.alias },
            { text: roleWords(c.after, t) },
            { text: `${c.by}, ${formatStamp(c.at, t.locale, v.timeZone)}` },
            { text: <Go t={t} href={`/users/changes/${c.id}`} text={t(`${w}.change.look`)} about={c.alias} /> },
          ])}
        />
      </section>
    ) : null}
    {v.begins.length > 0 ? (
      <section>
        <h2 class="govuk-heading-m">{t(`${w}.agree.title`)}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {v.begins.map(b => (
            <li>{`${b.alias}, ${b.team}: ${t(`base.function.${b.fn}`)}`}</li>
          ))}
        </ul>
        <p class="govuk-body">
          <Go t={t} href="/users/beginnings" text={t(`${w}.change.look`)} about={t(`${w}.agree.title`)} />
        </p>
      </section>
    ) : null}
    {v.can.edit ? <Button href={`/${t.locale}/users/new`} text={t(`${w}.invite.title`)} /> : null}
    {v.people.length === 0 ? (
      <EmptyState title={t('base.list.empty')} />
    ) : (
      <Table
        stack
        caption={t(`${w}.users.caption`)}
        captionClasses="govuk-visually-hidden"
        head={[
          { text: t(`${w}.users.alias`) },
          { text: t(`${w}.users.roles`) },
          { text: t(`${w}.users.state`) },
          { text: t(`${w}.users.waiting`) },
        ]}
        rows={v.people.map(p => [
          { text: <Go t={t} href={`/users/${p.id}`} text={p.alias} /> },
          { text: roleWords(p.roles, t) },
          { text: <StateTag state={p.state} t={t} /> },
          { text: p.waiting > 0 ? t(`${w}.users.waitingCount`, { count: p.waiting }) : '—' },
        ])}
      />
    )}
  </>
)

export const ChangePage = (v: ChangeView & { timeZone: string; mine: boolean; own: boolean; error?: string | undefined }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.change.title`)}</h1>
    {v.error ? <WarningText text={t(`${w}.error.${v.error}`)} /> : null}
    <SummaryList
      rows={[
        { key: { text: t(`${w}.users.alias`) }, value: { text: v.alias } },
        { key: { text: t(`${w}.change.before`) }, value: { text: roleWords(v.before, t) } },
        { key: { text: t(`${w}.change.after`) }, value: { text: roleWords(v.after, t) } },
        { key: { text: t(`${w}.change.by`) }, value: { text: `${v.by}, ${formatStamp(v.at, t.locale, v.timeZone)}` } },
      ]}
    />
    {v.mine || v.own ? (
      <InsetText text={t(v.mine ? `${w}.change.mine` : `${w}.change.own`)} />
    ) : (
      <div class="govuk-button-group">
        <Post t={t} to={`/users/changes/${v.id}`} fields={{ outcome: 'approved' }} text={t(`${w}.change.approve`)} classes="" />
        <Post t={t} to={`/users/changes/${v.id}`} fields={{ outcome: 'refused' }} text={t(`${w}.change.refuse`)} />
      </div>
    )}
    {v.mine ? <Post t={t} to={`/users/changes/${v.id}`} fields={{ outcome: 'withdrawn' }} text={t(`${w}.change.withdraw`)} /> : null}
  </>
)
