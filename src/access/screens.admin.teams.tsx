import { Button, EmptyState, InsetText, SummaryList, Table, Tag } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { TeamFunction } from '../base/people.ts'
import { Go, Post } from './screens.admin.tsx'

const w = 'access-admin'
export interface TeamLine {
  readonly id: Id
  readonly name: string
  readonly intake: boolean
  readonly state: 'active' | 'ended'
  readonly members: number
  readonly waiting: number
}
const State = ({ v, t }: { v: Pick<TeamLine, 'intake' | 'state'>; t: T }) => (
  <>
    <Tag text={t(`${w}.teamState.${v.state}`)} classes={v.state === 'active' ? 'govuk-tag--green' : 'govuk-tag--grey'} />
    {v.intake ? <Tag text={t(`${w}.teams.intake`)} classes="govuk-tag--blue" /> : null}
  </>
)

/** The teams of the agency. */
export const TeamsPage = (v: { teams: readonly TeamLine[]; edit: boolean }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.teams.title`)}</h1>
    {v.edit ? <Button href={`/${t.locale}/teams/new`} text={t(`${w}.teamNew.title`)} /> : null}
    {v.teams.length === 0 ? (
      <EmptyState title={t('base.list.empty')} text={t(`${w}.teams.empty`)} />
    ) : (
      <Table
        stack
        caption={t(`${w}.teams.title`)}
        captionClasses="govuk-visually-hidden"
        head={[
          { text: t(`${w}.field.team`) },
          { text: t(`${w}.users.state`) },
          { text: t(`${w}.teams.members`) },
          { text: t(`${w}.users.waiting`) },
        ]}
        rows={v.teams.map(x => [
          { text: <Go t={t} href={`/teams/${x.id}`} text={x.name} /> },
          { text: <State v={x} t={t} /> },
          { text: String(x.members) },
          {
            text:
              x.waiting > 0 ? <Go t={t} href={`/teams/${x.id}/waiting`} text={t(`${w}.users.waitingCount`, { count: x.waiting })} /> : '—',
          },
        ])}
      />
    )}
  </>
)

export interface TeamMember {
  readonly userId: Id
  readonly alias: string
  readonly fn: TeamFunction
  readonly waiting: boolean
  readonly forWhom: string | null
}
export const TeamPage = (v: TeamLine & { people: readonly TeamMember[]; edit: boolean }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{v.name}</h1>
    <SummaryList
      rows={[
        { key: { text: t(`${w}.users.state`) }, value: { text: <State v={v} t={t} /> } },
        { key: { text: t(`${w}.teams.id`) }, value: { text: <code class="dv-code">{v.id}</code> } },
      ]}
    />
    <p class="govuk-body">{t(`${w}.teams.idText`)}</p>
    <h2 class="govuk-heading-m">{t(`${w}.teams.members`)}</h2>
    {v.people.length === 0 ? (
      <EmptyState title={t(`${w}.teams.noMembers`)} text={t(`${w}.teams.noMembersText`)} />
    ) : (
      <Table
        stack
        head={[{ text: t(`${w}.users.alias`) }, { text: t(`${w}.field.function`) }, { text: t(`${w}.users.state`) }]}
        rows={v.people.map(m => [
          { text: <Go t={t} href={`/users/${m.userId}`} text={m.alias} /> },
          { text: `${t(`base.function.${m.fn}`)}${m.forWhom ? ` (${t(`${w}.user.forWhom`, { who: m.forWhom })})` : ''}` },
          { text: t(m.waiting ? `${w}.user.waits` : `${w}.user.confirmed`) },
        ])}
      />
    )}
    {v.waiting > 0 ? (
      <p class="govuk-body">
        <Go t={t} href={`/teams/${v.id}/waiting`} text={t(`${w}.waiting.title`)} />
      </p>
    ) : null}
    {v.edit && v.state === 'active' ? (
      <ul class="govuk-list">
        <li>
          <Go t={t} href={`/teams/${v.id}/edit`} text={t(`${w}.teamEdit.title`)} />
        </li>
        <li>
          <Go t={t} href={`/teams/${v.id}/end`} text={t(`${w}.teamEnd.title`)} />
        </li>
      </ul>
    ) : null}
  </>
)

/** Who waits for keys in a team; whoever holds them confirms, and so is the second person. */
export const TeamWaitingPage = (v: { id: Id; name: string; people: readonly (TeamMember & { readonly mine: boolean })[] }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.waiting.title`)}</h1>
    <p class="govuk-caption-m">{v.name}</p>
    <p class="govuk-body">{t(`${w}.waiting.text`)}</p>
    {v.people.length === 0 ? (
      <EmptyState title={t(`${w}.waiting.none`)} />
    ) : (
      <Table
        stack
        head={[{ text: t(`${w}.users.alias`) }, { text: t(`${w}.field.function`) }, { text: t(`${w}.act`) }]}
        rows={v.people.map(m => [
          { text: `${m.alias}${m.forWhom ? ` (${t(`${w}.user.forWhom`, { who: m.forWhom })})` : ''}` },
          { text: t(`base.function.${m.fn}`) },
          {
            text: m.mine ? (
              <Post
                t={t}
                to={`/teams/${v.id}/waiting`}
                fields={{ user: m.userId, fn: m.fn }}
                text={t(`${w}.waiting.confirm`)}
                about={m.alias}
                classes=""
              />
            ) : (
              t(`${w}.waiting.notYours`)
            ),
          },
        ])}
      />
    )}
    <InsetText text={t(`${w}.waiting.who`)} />
  </>
)
