import { Button, FormPage, type FormProps, InsetText } from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { MatchModel } from './rules.match.weigh.model.ts'
import type { Weighed } from './rules.match.weigh.ts'
import type { Decided, PairState } from './schema.links.ts'
import type { Identity } from './schema.ts'
import { Claims, nameOf } from './screens.links.tsx'
import { NameParts } from './screens.name-parts.tsx'
import { Waterfall, WeighTable } from './screens.waterfall.tsx'

type To = (path: string) => string
export interface CompareView {
  readonly id: Id
  readonly otherId: Id
  readonly left: Identity
  readonly right: Identity
  readonly teams: readonly [string, string]
  readonly weighed: Weighed
  readonly model: Pick<MatchModel, 'people' | 'learned' | 'compared' | 'possible'>
  readonly state: PairState
  readonly history: readonly Decided[]
  readonly alias: (id: Id) => string
  readonly timeZone: string
  readonly to: To
  readonly canUnlink: boolean
  readonly form: Omit<FormProps, 't' | 'submitLabel'> | undefined
}
/** Two records side by side, difference by difference; the drawing of what spoke for and against; and the decision, which is a person's. */
export const compareScreen = (v: CompareView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('match.compare.title')}</h1>
    <p class="govuk-body">{t('match.compare.intro')}</p>
    <WeighTable w={v.weighed} names={[nameOf(v.left, t), nameOf(v.right, t)]} teams={v.teams} t={t} />
    {v.weighed.steps.map(s => (s.what === 'name' ? <NameParts left={s.left} right={s.right} t={t} /> : null))}
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-one-half">
        <h2 class="govuk-heading-m">{t('match.waterfall.title')}</h2>
        <p class="govuk-hint">{t('match.waterfall.how')}</p>
        <Waterfall w={v.weighed} t={t} />
        <p class="govuk-hint">
          {v.model.learned > 0
            ? t('match.space.learned', { learned: v.model.learned, pairs: v.model.compared, possible: v.model.possible })
            : t('match.space.start', { people: v.model.people })}
        </p>
      </div>
      <div class="govuk-grid-column-one-half">
        <h2 class="govuk-heading-m">{t('match.compare.said')}</h2>
        {(
          [
            [v.id, v.left, v.teams[0]],
            [v.otherId, v.right, v.teams[1]],
          ] as const
        ).map(([id, i, team]) => (
          <>
            <h3 class="govuk-heading-s">
              <a class="govuk-link" href={v.to(`/people/${id}`)}>
                {nameOf(i, t)}
              </a>{' '}
              ({team})
            </h3>
            <Claims i={i} t={t} />
          </>
        ))}
      </div>
    </div>
    {v.history.length > 0 ? (
      <>
        <h2 class="govuk-heading-m">{t('match.compare.history')}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {v.history.map(d => (
            <li>
              <strong>{t(`match.state.${d.decision}`)}</strong>: {d.reason}{' '}
              <span class="govuk-hint">
                {v.alias(d.by)}, {formatStampShort(d.at, t.locale, v.timeZone)}
              </span>
            </li>
          ))}
        </ul>
      </>
    ) : null}
    {v.state === 'same' ? (
      <InsetText>
        <p class="govuk-body">{t('match.compare.linked')}</p>
        {v.canUnlink ? (
          <Button
            href={v.to(`/people/${v.id}/matches/${v.otherId}/unlink`)}
            classes="govuk-button--secondary"
            text={t('match.unlink.title')}
          />
        ) : null}
      </InsetText>
    ) : v.form ? (
      <>
        <h2 class="govuk-heading-m">{t('match.compare.decide')}</h2>
        <FormPage {...v.form} t={t} submitLabel={t('match.form.submit')} />
      </>
    ) : null}
  </>
)
/** Parting two linked records. */
export const unlinkScreen = (v: { names: readonly [string, string]; form: Omit<FormProps, 't' | 'submitLabel'> }, t: T) => (
  <FormPage
    {...v.form}
    t={t}
    title={t('match.unlink.title')}
    intro={
      <>
        <p class="govuk-body">
          {v.names[0]} — {v.names[1]}
        </p>
        <p class="govuk-body">{t('match.unlink.intro')}</p>
      </>
    }
    submitLabel={t('match.unlink.submit')}
  />
)
