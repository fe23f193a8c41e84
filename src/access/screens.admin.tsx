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
import type { Role, TeamFunction } from '../base/people.ts'
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
    {v.can.edit ? <Button href={`/${t.locale}/users/new`} text={t(`${w}.invite.title`)} /> : null}
    {v.people.length === 0 ? (
      <EmptyState title={t('base.list.empty')} />
    ) : (
      <Table
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

export interface UserView {
  readonly id: Id
  readonly alias: string
  /** The real name: for administrators only. */
  readonly name: string | null
  readonly roles: readonly Role[]
  readonly state: 'invited' | 'active' | 'disabled'
  readonly change: ChangeView | undefined
  readonly members: readonly {
    readonly teamId: Id
    readonly team: string
    readonly fn: TeamFunction
    readonly waiting: boolean
    readonly forWhom: string | null
  }[]
  readonly waits: { readonly cases: number; readonly contacts: number }
  readonly self: boolean
  readonly can: { readonly edit: boolean; readonly absence: boolean }
}
export const UserPage = (v: UserView, t: T) => {
  const at = (p: string) => `/users/${v.id}/${p}`
  return (
    <>
      <h1 class="govuk-heading-l">{v.alias}</h1>
      {v.change ? (
        <InsetText>
          <p>
            {t(`${w}.user.changeWaits`, { roles: roleWords(v.change.after, t) })}{' '}
            <Go t={t} href={`/users/changes/${v.change.id}`} text={t(`${w}.change.look`)} />
          </p>
        </InsetText>
      ) : null}
      <SummaryList
        rows={[
          v.name === null ? null : { key: { text: t(`${w}.field.name`) }, value: { text: v.name } },
          { key: { text: t(`${w}.users.state`) }, value: { text: <StateTag state={v.state} t={t} /> } },
          { key: { text: t(`${w}.users.roles`) }, value: { text: roleWords(v.roles, t) } },
          {
            key: { text: t(`${w}.user.members`) },
            value: {
              text:
                v.members.length === 0
                  ? '—'
                  : v.members.map(m => (
                      <div>
                        {`${m.team}: ${t(`base.function.${m.fn}`)}`}
                        {m.waiting ? ` (${t(`${w}.user.waits`)})` : ''}
                        {m.forWhom ? ` (${t(`${w}.user.forWhom`, { who: m.forWhom })})` : ''}
                      </div>
                    )),
            },
          },
          { key: { text: t(`${w}.user.list`) }, value: { text: t(`${w}.user.listText`, v.waits) } },
        ]}
      />
      {v.can.absence && v.state === 'active' && !v.self ? (
        <p class="govuk-body">
          <Go t={t} href={at('absence')} text={t(`${w}.absence.others`)} />
        </p>
      ) : null}
      {v.can.edit ? (
        <ul class="govuk-list">
          {v.state === 'disabled' ? null : (
            <li>
              <Go t={t} href={at('roles')} text={t(`${w}.roles.title`)} />
            </li>
          )}
          {v.state === 'disabled' ? null : (
            <li>
              <Go t={t} href={at('teams')} text={t(`${w}.member.title`)} />
            </li>
          )}
          {v.self ? null : (
            <li>
              <Go t={t} href={at('readmit')} text={t(`${w}.readmit.title`)} />
            </li>
          )}
          {v.self || v.state === 'disabled' ? null : (
            <li>
              <Go t={t} href={at('leave')} text={t(`${w}.leave.title`)} />
            </li>
          )}
        </ul>
      ) : null}
    </>
  )
}

/** The invitation, shown once: nobody can look it up again. */
export const InvitedPage = (
  v: { alias: string; link: string; code: string; days: number; waits: boolean; keys: boolean; back: string },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.invited.title`, { alias: v.alias })}</h1>
    <p class="govuk-body">{t(`${w}.invited.text`, { days: v.days })}</p>
    <p class="govuk-body">
      <code class="dv-code">{v.link}</code>
    </p>
    <p class="govuk-body">
      {t(`${w}.invited.code`)} <code class="dv-code">{v.code}</code>
    </p>
    <WarningText text={t(`${w}.invited.once`)} />
    {v.waits ? <p class="govuk-body">{t(`${w}.invited.waits`)}</p> : null}
    {v.keys ? <p class="govuk-body">{t(`${w}.invited.keys`)}</p> : null}
    <p class="govuk-body">
      <a class="govuk-link" href={v.back}>
        {t(`${w}.invited.back`)}
      </a>
    </p>
  </>
)

export const MembersIntro = (v: { id: Id; members: UserView['members'] }, t: T) => (
  <>
    <p class="govuk-body">{t(`${w}.member.text`)}</p>
    {v.members.length === 0 ? null : (
      <Table
        head={[{ text: t(`${w}.field.team`) }, { text: t(`${w}.field.function`) }, { text: t(`${w}.act`) }]}
        rows={v.members.map(m => [
          { text: m.team },
          { text: `${t(`base.function.${m.fn}`)}${m.waiting ? ` (${t(`${w}.user.waits`)})` : ''}` },
          {
            text: (
              <Post
                t={t}
                to={`/users/${v.id}/teams/end`}
                fields={{ team: m.teamId, fn: m.fn }}
                text={t(`${w}.member.end`)}
                about={`${m.team}: ${t(`base.function.${m.fn}`)}`}
              />
            ),
          },
        ])}
      />
    )}
  </>
)
