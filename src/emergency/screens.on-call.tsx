import { Button, EmptyState, InsetText, WarningText } from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { clockText } from './rules.paging.ts'

export interface OnCallView {
  readonly pages: readonly { readonly id: Id; readonly cause: 'card' | 'contact' | 'test'; readonly at: Stamp; readonly href: string }[]
  readonly teams: readonly {
    readonly id: Id
    readonly name: string
    /** On call at this moment. */
    readonly now: readonly string[]
    readonly rows: readonly {
      readonly id: Id
      readonly alias: string
      readonly weekday: number | null
      readonly from: number
      readonly until: number
    }[]
  }[]
  /** Ways by which this person is reached; undefined: nothing was said yet. */
  readonly point: { readonly mail: boolean; readonly phone: boolean } | undefined
  /** Can this installation send at all? */
  readonly ways: boolean
  readonly test: { readonly at: Stamp; readonly tries: readonly { readonly channel: string; readonly state: string }[] } | undefined
  readonly can: { readonly edit: boolean; readonly test: boolean }
  readonly timeZone: string
}
const w = 'emergency.onCall'

const Waiting = ({ v, t }: { v: OnCallView; t: T }) =>
  v.pages.length === 0 ? (
    <EmptyState title={t(`${w}.nothing`)} />
  ) : (
    <ul class="govuk-list">
      {v.pages.map(p => (
        <li class="dv-card">
          <p class="govuk-body">
            <a class="govuk-link" href={p.href}>
              <strong>{t(`${w}.cause.${p.cause}`)}</strong>
            </a>{' '}
            · {formatStampShort(p.at, t.locale, v.timeZone)}
          </p>
          <form action={`/${t.locale}/on-call/pages/${p.id}/take`} method="post" class="dv-inline">
            <Button
              text={
                <>
                  {t('emergency.paging.take')}
                  <span class="govuk-visually-hidden"> {formatStampShort(p.at, t.locale, v.timeZone)}</span>
                </>
              }
              preventDoubleClick
            />
          </form>
        </li>
      ))}
    </ul>
  )

const Teams = ({ v, t }: { v: OnCallView; t: T }) => (
  <>
    {v.teams.map(team => (
      <section class="dv-card" aria-labelledby={`team-${team.id}`}>
        <h3 class="govuk-heading-s" id={`team-${team.id}`}>
          {team.name}
        </h3>
        <p class="govuk-body">{team.now.length > 0 ? t(`${w}.now`, { who: team.now.join(', ') }) : t(`${w}.nobody`)}</p>
        {team.rows.length > 0 ? (
          <ul class="govuk-list">
            {team.rows.map(r => (
              <li class="dv-life-row">
                {r.alias}:{' '}
                {r.weekday === null
                  ? t('emergency.rota.days.always')
                  : `${t(`emergency.rota.days.d${r.weekday}`)} ${clockText(r.from)}–${clockText(r.until)}`}
                {v.can.edit ? (
                  <form action={`/${t.locale}/on-call/rota/${r.id}/end`} method="post" class="dv-inline">
                    <Button
                      text={
                        <>
                          {t('emergency.rota.end')}
                          <span class="govuk-visually-hidden"> {r.alias}</span>
                        </>
                      }
                      classes="govuk-button--secondary"
                    />
                  </form>
                ) : null}
              </li>
            ))}
          </ul>
        ) : null}
      </section>
    ))}
    {v.can.edit ? <Button text={t('emergency.rota.title')} href={`/${t.locale}/on-call/rota`} classes="govuk-button--secondary" /> : null}
  </>
)

const Me = ({ v, t }: { v: OnCallView; t: T }) => (
  <>
    <p class="govuk-body">
      {v.point && (v.point.mail || v.point.phone)
        ? t(`${w}.reached`, { mail: v.point.mail ? 'yes' : 'no', phone: v.point.phone ? 'yes' : 'no' })
        : t(`${w}.notReached`)}{' '}
      <a class="govuk-link" href={`/${t.locale}/on-call/me`}>
        {t(`${w}.setPoint`)}
      </a>
    </p>
    {v.can.test ? (
      <form action={`/${t.locale}/on-call/test`} method="post" class="dv-inline">
        <Button text={t(`${w}.test`)} classes="govuk-button--secondary" preventDoubleClick />
      </form>
    ) : null}
    {v.test ? (
      <InsetText>
        <p class="govuk-body">
          {t(`${w}.lastTest`, { at: formatStampShort(v.test.at, t.locale, v.timeZone) })}{' '}
          {v.test.tries.length === 0
            ? t(`${w}.testNone`)
            : v.test.tries.map(x => `${t(`${w}.channel.${x.channel}`)}: ${t(`${w}.try.${x.state}`)}`).join('; ')}
        </p>
      </InsetText>
    ) : null}
  </>
)

/** First what waits, then who is on call, then where I am reached myself. */
export const onCallScreen = (v: OnCallView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t(`${w}.title`)}</h1>
    {v.ways ? null : <WarningText text={t(`${w}.noWays`)} />}
    <h2 class="govuk-heading-m">{t(`${w}.waiting`)}</h2>
    <Waiting v={v} t={t} />
    <h2 class="govuk-heading-m">{t(`${w}.teams`)}</h2>
    <Teams v={v} t={t} />
    <h2 class="govuk-heading-m">{t(`${w}.me`)}</h2>
    <Me v={v} t={t} />
  </>
)
