import {
  Button,
  capital,
  Details,
  EmptyState,
  Form,
  FormErrors,
  FormPage,
  type FormProps,
  IdentityBar,
  InsetText,
  ScrollTable,
  Table,
  Tag,
  Timeline,
} from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { claimsOf, disagreements, displayAge, displayName } from './rules.ts'
import type { Claim, Identity, Whereabouts } from './schema.ts'

export interface PersonView {
  readonly id: Id
  readonly identity: Identity | undefined
  readonly whereabouts: Whereabouts | undefined
  readonly whereaboutsHeld: boolean
  readonly team: string
  readonly timeZone: string
  readonly alias: (id: Id) => string
  readonly history: readonly { readonly type: string; readonly by: string; readonly at: Stamp; readonly text: string }[]
  readonly can: { readonly claim: boolean; readonly openCase: boolean; readonly cases: boolean }
  readonly to: (path: string) => string
}

/** A claim in words; a name in its parts. */
export const claimText = (c: Claim): string =>
  c.what === 'name' ? [c.parts.family, c.parts.given, c.parts.patronymic, c.parts.other].filter(Boolean).join(' ') : c.text

const kindOf = (c: Claim, t: T) =>
  c.what === 'name' && c.kind !== 'own'
    ? t(`person.nameKind.${c.kind}`)
    : c.what === 'place'
      ? t(`person.place.${c.place}`)
      : t(`person.what.${c.what}`)
const years = (c: Claim, t: T) =>
  c.what === 'age' && c.minYear !== null && c.maxYear !== null
    ? ` (${c.minYear === c.maxYear ? t('person.born', { year: String(c.minYear) }) : t('person.bornBetween', { from: String(c.minYear), to: String(c.maxYear) })})`
    : ''

const Claims = ({ v, claims, label, t }: { v: PersonView; claims: readonly Claim[]; label: string; t: T }) => (
  <ScrollTable
    label={label}
    head={[
      { text: t('person.claim.what') },
      { text: t('person.claim.said') },
      { text: t('person.claim.source') },
      { text: t('person.claim.standing') },
      { text: t('person.claim.act') },
    ]}
    rows={claims.map(c => [
      { text: capital(kindOf(c, t)) },
      { text: `${claimText(c)}${years(c, t)}` },
      {
        text: `${t(`person.source.${c.source}`)}, ${t(`person.confidence.${c.confidence}`)}. ${v.alias(c.by)}, ${formatStampShort(c.recordedAt, t.locale, v.timeZone)}`,
      },
      {
        text: (
          <>
            <Tag text={t(`person.standing.${c.standing}`)} classes="govuk-tag--grey" />
            {c.reason ? ` ${c.reason}` : ''}
          </>
        ),
      },
      {
        text:
          v.can.claim && c.standing !== 'withdrawn' ? (
            <a class="govuk-link" href={v.to(`/people/${v.id}/claims/${c.id}`)}>
              {t('person.judge.link')}
              <span class="govuk-visually-hidden"> {claimText(c)}</span>
            </a>
          ) : null,
      },
    ])}
  />
)

/** A person as claims with sources: nothing here is "the truth", and nothing is overwritten. */
export const personScreen = (v: PersonView, t: T) => {
  const claims = v.identity ? claimsOf({ identity: v.identity, whereabouts: { places: [] } }) : []
  const differing = v.identity ? disagreements(v.identity) : []
  // One of two ages alone would look like the truth.
  const age = differing.find(d => d.what === 'age')?.said.join(' / ') ?? displayAge(v.identity)
  return (
    <>
      <IdentityBar
        title={v.identity ? displayName(v.identity) || t('person.unnamed') : t('person.sealed')}
        facts={[
          ...(v.identity ? [t(`person.relation.${v.identity.relation}`)] : []),
          ...(age ? [t('person.ageAsSaid', { age })] : []),
          v.team,
        ]}
      />
      <h1 class="govuk-heading-l">{t('person.page.title')}</h1>
      {v.can.cases ? (
        <p class="govuk-body dv-print-hide">
          <a class="govuk-link" href={v.to(`/cases?person=${v.id}`)}>
            {t('person.page.cases')}
          </a>
        </p>
      ) : null}
      {v.can.claim || v.can.openCase ? (
        <div class="govuk-button-group dv-print-hide">
          {v.can.claim ? <Button href={v.to(`/people/${v.id}/claims/new`)} text={t('person.claim.title')} /> : null}
          {v.can.openCase ? (
            <Button href={v.to(`/cases/new?person=${v.id}`)} text={t('person.page.openCase')} classes="govuk-button--secondary" />
          ) : null}
        </div>
      ) : null}
      <h2 class="govuk-heading-m">{capital(t('base.compartment.identity'))}</h2>
      {differing.length > 0 ? (
        <InsetText>
          <p class="govuk-body">{t('person.page.differs')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {differing.map(d => (
              <li>
                {capital(t(`person.what.${d.what}`))}: {d.said.join(' / ')}
              </li>
            ))}
          </ul>
        </InsetText>
      ) : null}
      {!v.identity ? (
        <InsetText text={t('person.page.identitySealed')} />
      ) : claims.length === 0 ? (
        <EmptyState title={t('person.page.noClaims')} />
      ) : (
        <Claims v={v} claims={claims} label={capital(t('base.compartment.identity'))} t={t} />
      )}
      <h2 class="govuk-heading-m">{capital(t('base.compartment.whereabouts'))}</h2>
      {v.whereabouts && v.whereabouts.places.length > 0 ? (
        <Claims v={v} claims={[...v.whereabouts.places].reverse()} label={capital(t('base.compartment.whereabouts'))} t={t} />
      ) : (
        <p class="govuk-body">{t(v.whereaboutsHeld ? 'person.page.noPlaces' : 'person.page.placesSealed')}</p>
      )}
      <Details summaryText={t('person.page.history')}>
        <Timeline
          headingLevel={3}
          items={v.history.map(h => ({
            title: t(`person.event.${h.type}`),
            byline: h.by,
            datetime: h.at,
            when: formatStampShort(h.at, t.locale, v.timeZone),
            children: h.text,
          }))}
        />
      </Details>
    </>
  )
}

export interface SearchView extends Omit<FormProps, 't' | 'submitLabel'> {
  /** Undefined before a search. */
  readonly found: readonly { readonly id: Id; readonly identity: Identity }[] | undefined
  readonly canCreate: boolean
  readonly to: (path: string) => string
}
/** Search is sent, never linked: a name stands in no address. */
export const searchScreen = (v: SearchView, t: T) => (
  <>
    <FormErrors form={v.form} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('person.search.title')}</h1>
    <Form {...v} t={t} submitLabel={t('base.button.search')} />
    {v.found === undefined ? null : v.found.length === 0 ? (
      <EmptyState title={t('person.search.none')} text={t('person.search.noneText')} />
    ) : (
      <Table
        caption={t('person.search.found', { count: v.found.length })}
        head={[{ text: t('person.search.name') }, { text: t('person.search.relation') }, { text: t('person.search.age') }]}
        rows={v.found.map(f => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/people/${f.id}`)}>
                {displayName(f.identity) || t('person.unnamed')}
              </a>
            ),
          },
          { text: t(`person.relation.${f.identity.relation}`) },
          { text: displayAge(f.identity) },
        ])}
      />
    )}
    {v.canCreate && v.found !== undefined ? (
      <Button href={v.to('/people/new')} text={t('person.new.title')} classes="govuk-button--secondary" />
    ) : null}
  </>
)

export interface PersonFormView extends Omit<FormProps, 't' | 'submitLabel'> {
  readonly words: string
  readonly caption: string
  readonly back: string
  /** What the record says now, where it changed meanwhile. */
  readonly stale?: readonly string[] | undefined
  /** People who may be meant. */
  readonly similar?: readonly { readonly id: Id; readonly name: string }[] | undefined
  readonly to: (path: string) => string
}
export const personFormScreen = (v: PersonFormView, t: T) => (
  <FormPage
    {...v}
    t={t}
    title={t(`${v.words}.title`)}
    submitLabel={t(`${v.words}.submit`)}
    intro={
      <>
        {v.caption ? <p class="govuk-body">{v.caption}</p> : null}
        {v.stale ? (
          <InsetText>
            <p class="govuk-body">
              <strong>{t('person.stale.title')}</strong> {t('person.stale.text')}
            </p>
            <ul class="govuk-list govuk-list--bullet">
              {v.stale.map(s => (
                <li>{s}</li>
              ))}
            </ul>
          </InsetText>
        ) : null}
        {v.similar?.length ? (
          <InsetText>
            <p class="govuk-body">{t('person.new.similar')}</p>
            <ul class="govuk-list">
              {v.similar.map(s => (
                <li>
                  <a class="govuk-link" href={v.to(`/people/${s.id}`)}>
                    {s.name}
                  </a>
                </li>
              ))}
            </ul>
          </InsetText>
        ) : null}
      </>
    }
    after={
      <a class="govuk-link" href={v.back}>
        {t('base.button.cancel')}
      </a>
    }
  />
)
