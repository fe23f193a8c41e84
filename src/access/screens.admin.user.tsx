import { InsetText, SummaryList, Table, WarningText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Role, TeamFunction } from '../base/people.ts'
import { type ChangeView, Go, Post, roleWords, StateTag } from './screens.admin.tsx'

const w = 'access-admin'
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
  readonly can: { readonly edit: boolean; readonly absence: boolean; readonly leaver: boolean }
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
      {v.can.leaver && v.waits.cases + v.waits.contacts > 0 ? (
        <p class="govuk-body">
          <Go t={t} href={`/worklist/leaver/${v.id}`} text={t(`${w}.user.leaver`)} />
        </p>
      ) : null}
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
        stack
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
