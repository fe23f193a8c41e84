import { InsetText, SummaryList } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { TeamFunction } from '../base/people.ts'
import { Post } from './screens.admin.tsx'

const w = 'access-admin'
export interface AgreeLine {
  readonly userId: Id
  readonly alias: string
  readonly teamId: Id
  readonly team: string
  readonly fn: TeamFunction
  readonly by: string
  /** Put there by the viewer, or the viewer: somebody else decides. */
  readonly mine: boolean
  readonly own: boolean
}
/** Who would begin in a team alone and waits for a second person. */
export const AgreePage = (v: { readonly lines: readonly AgreeLine[] }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.agree.title`)}</h1>
    <p class="govuk-body">{t(`${w}.agree.text`)}</p>
    {v.lines.length === 0 ? <p class="govuk-body">{t(`${w}.agree.none`)}</p> : null}
    {v.lines.map(l => {
      const fields = { user: l.userId, team: l.teamId, fn: l.fn }
      const about = `${l.alias}, ${l.team}: ${t(`base.function.${l.fn}`)}`
      return (
        <section class="dv-section">
          <SummaryList
            rows={[
              { key: { text: t(`${w}.users.alias`) }, value: { text: l.alias } },
              { key: { text: t(`${w}.agree.what`) }, value: { text: `${l.team}: ${t(`base.function.${l.fn}`)}` } },
              { key: { text: t(`${w}.agree.by`) }, value: { text: l.by } },
            ]}
          />
          {l.mine || l.own ? (
            <InsetText text={t(l.mine ? `${w}.change.mine` : `${w}.agree.own`)} />
          ) : (
            <div class="govuk-button-group">
              <Post
                t={t}
                to="/users/beginnings"
                fields={{ ...fields, outcome: 'approved' }}
                text={t(`${w}.change.approve`)}
                about={about}
                classes=""
              />
              <Post t={t} to="/users/beginnings" fields={{ ...fields, outcome: 'refused' }} text={t(`${w}.change.refuse`)} about={about} />
            </div>
          )}
        </section>
      )
    })}
  </>
)
