import { Button, EmptyState, Table, Tag } from '../base/components/index.tsx'
import { formatDay, formatStamp, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { Light } from './rules.admin.ts'
import { Go, Post } from './screens.admin.tsx'

const w = 'access-admin.health'
export interface HealthLine {
  readonly what: string
  readonly light: Light
  /** What stands beside the light. */
  readonly text: string
  readonly doIt?: { readonly href: string; readonly text: string } | undefined
}
const colour: Record<Light, string> = { good: 'govuk-tag--green', bad: 'govuk-tag--red', none: 'govuk-tag--grey' }

/** Is everything as it should be? One line a thing, red ones first, each with what to do. */
export const HealthPage = (v: { lines: readonly HealthLine[]; version: string }, t: T) => {
  const bad = v.lines.filter(l => l.light === 'bad').length
  return (
    <>
      <h1 class="govuk-heading-l">{t(`${w}.title`)}</h1>
      <p class="govuk-body-l">{bad === 0 ? t(`${w}.allGood`) : t(`${w}.someBad`, { count: bad })}</p>
      <Table
        stack
        caption={t(`${w}.title`)}
        captionClasses="govuk-visually-hidden"
        head={[{ text: t(`${w}.what`) }, { text: t(`${w}.state`) }, { text: t(`${w}.detail`) }]}
        rows={v.lines.map(l => [
          { text: l.what },
          { text: <Tag text={t(`${w}.light.${l.light}`)} classes={colour[l.light]} /> },
          {
            text: (
              <>
                {l.text} {l.doIt ? <Go t={t} href={l.doIt.href} text={l.doIt.text} /> : null}
              </>
            ),
          },
        ])}
      />
      <p class="govuk-body">{t(`${w}.version`, { version: v.version })}</p>
    </>
  )
}

export interface HelplineLine {
  readonly id: Id
  readonly country: string
  readonly number: string
  readonly name: string
  readonly verifiedOn: Day | null
  readonly by: string
  readonly fresh: boolean
  readonly always: boolean
}
/** Numbers that children see. A number that nobody has called is not shown to them. */
export const HelplinesPage = (v: { lines: readonly HelplineLine[] }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.lines`)}</h1>
    <p class="govuk-body">{t(`${w}.linesText`)}</p>
    <Button href={`/${t.locale}/helplines/new`} text={t('access-admin.lineNew.title')} classes="govuk-button--secondary" />
    {v.lines.length === 0 ? (
      <EmptyState title={t('base.list.empty')} />
    ) : (
      <Table
        stack
        caption={t(`${w}.lines`)}
        captionClasses="govuk-visually-hidden"
        head={[
          { text: t(`${w}.country`) },
          { text: t(`${w}.number`) },
          { text: t(`${w}.name`) },
          { text: t(`${w}.verified`) },
          { text: t('access-admin.act') },
        ]}
        rows={v.lines.map(l => [
          { text: l.country },
          { text: l.number },
          { text: <Go t={t} href={`/helplines/${l.id}`} text={l.name} /> },
          {
            text: (
              <>
                <Tag
                  text={t(l.fresh || l.always ? `${w}.shownToChildren` : `${w}.hidden`)}
                  classes={l.fresh || l.always ? 'govuk-tag--green' : 'govuk-tag--red'}
                />
                {l.verifiedOn ? ` ${[formatDay(l.verifiedOn, t.locale), l.by].filter(Boolean).join(', ')}` : ''}
              </>
            ),
          },
          { text: l.always ? '' : <Post t={t} to={`/helplines/${l.id}/verify`} text={t(`${w}.called`)} about={l.number} /> },
        ])}
      />
    )}
  </>
)
export const stampText = (at: Stamp, t: T, timeZone: string) => formatStamp(at, t.locale, timeZone)
