import { Button, capital, Details, EmptyState, IdentityBar, InsetText, Timeline } from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import { ageRange, isPresumedChild, rangeText, widestAge } from './rules.age.ts'
import { claimsOf, disagreements, displayAge, displayName, factsOf } from './rules.ts'
import { type DocumentKind, facts, type Identity, type PlaceClaim, type Whereabouts } from './schema.ts'
import { Assessments } from './screens.assessment.tsx'
import { ClaimGroups, ClaimLine, type ClaimView, type HistoryLine, NotAsked } from './screens.claims.tsx'
import { LinkedRecords, type LinkedView } from './screens.links.tsx'

export interface PersonView extends ClaimView {
  /** Other records of the same child, and how many wait to be compared by a person; undefined where that is not this person's work. */
  readonly others?: { readonly linked: readonly LinkedView[]; readonly open: number } | undefined
  readonly identity: Identity | undefined
  readonly whereabouts: Whereabouts | undefined
  readonly whereaboutsHeld: boolean
  readonly team: string
  readonly history: readonly HistoryLine[]
  readonly can: { readonly openCase: boolean; readonly cases: boolean; readonly papers: boolean }
}

/** The age as a range today, and the widest it may be where that is wider; as it was said where we could not read it. */
const ages = (identity: Identity, v: PersonView, t: T): string[] => {
  const range = ageRange(identity, v.today)
  const widest = widestAge(identity, v.today)
  if (!range || !widest) {
    const said = displayAge(identity)
    return said ? [t('person.ageAsSaid', { age: said })] : []
  }
  const wider = widest.min !== range.min || widest.max !== range.max
  return [
    t('person.ageNow', { age: rangeText(range) }),
    ...(wider ? [t('person.agePossible', { age: rangeText(widest) })] : []),
    // A parent of forty needs no presumption; a sister of nineteen who may be sixteen does.
    ...(isPresumedChild(identity, v.today) && identity.relation !== 'parent' ? [t('person.presumed')] : []),
  ]
}

/** Papers that are asked about one by one; the others are added where they turn up. */
const checklist: readonly DocumentKind[] = [
  'birth_certificate',
  'passport',
  'travel_passport',
  'migration_card',
  'registration',
  'insurance',
  'school_record',
  'guardianship',
]
const kinds = ['name', 'age', ...facts.filter(f => f !== 'document')] as const
/** Religion is asked by nobody: it is written down only when the child wants it to be known. */
const askable = kinds.filter(k => k !== 'religion')

const IdentityPart = ({ identity, v, t }: { identity: Identity; v: PersonView; t: T }) => {
  const claims = claimsOf({ identity, whereabouts: { places: [] } })
  const differing = disagreements(identity)
  const papers = factsOf(identity, 'document')
  const here = new Set<string>(claims.map(c => c.what))
  return (
    <>
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
      {claims.length === 0 ? (
        <EmptyState title={t('person.page.noClaims')} />
      ) : (
        <ClaimGroups kinds={kinds} claims={claims} history={v.history} v={v} t={t} />
      )}
      <NotAsked items={askable.filter(k => !here.has(k)).map(k => ({ text: t(`person.what.${k}`), query: `what=${k}` }))} v={v} t={t} />
      <Assessments list={identity.assessments} v={v} t={t} />
      <h2 class="govuk-heading-m">{t('person.page.documents')}</h2>
      {papers.length > 0 ? <ClaimGroups kinds={['document']} claims={papers} history={v.history} v={v} t={t} /> : null}
      <NotAsked
        items={checklist
          .filter(k => !papers.some(c => c.document === k && c.standing !== 'withdrawn'))
          .map(k => ({ text: t(`person.document.${k}`), query: `what=document&document=${k}` }))}
        v={v}
        t={t}
      />
      {v.can.papers ? (
        <p class="govuk-body dv-print-hide">
          <a class="govuk-link" href={v.to(`/people/${v.id}/files`)}>
            {t('person.page.papers')}
          </a>
        </p>
      ) : null}
    </>
  )
}
const Places = ({ places, v, t }: { places: readonly PlaceClaim[]; v: PersonView; t: T }) => (
  <>
    {[...places].reverse().map(c => (
      <ClaimLine c={c} v={v} t={t} />
    ))}
  </>
)

/** A person as claims with sources: nothing here is "the truth", and nothing is overwritten. */
export const personScreen = (v: PersonView, t: T) => (
  <>
    <IdentityBar
      title={v.identity ? displayName(v.identity) || t('person.unnamed') : t('person.sealed')}
      facts={[...(v.identity ? [t(`person.relation.${v.identity.relation}`), ...ages(v.identity, v, t)] : []), v.team]}
    />
    <h1 class="govuk-heading-l">{t('person.page.title')}</h1>
    {v.can.cases ? (
      <p class="govuk-body dv-print-hide">
        <a class="govuk-link" href={v.to(`/cases?person=${v.id}`)}>
          {t('person.page.cases')}
        </a>
      </p>
    ) : null}
    {v.canClaim || v.can.openCase ? (
      <div class="govuk-button-group dv-print-hide">
        {v.canClaim ? <Button href={v.to(`/people/${v.id}/claims/new`)} text={t('person.claim.title')} /> : null}
        {v.can.openCase ? (
          <Button href={v.to(`/cases/new?person=${v.id}`)} text={t('person.page.openCase')} classes="govuk-button--secondary" />
        ) : null}
      </div>
    ) : null}
    {v.others ? (
      <>
        <p class="govuk-body dv-print-hide">
          <a class="govuk-link" href={v.to(`/people/${v.id}/matches`)}>
            {v.others.open > 0 ? t('match.person.open', { n: v.others.open }) : t('match.person.title')}
          </a>
        </p>
        <LinkedRecords id={v.id} linked={v.others.linked} to={v.to} timeZone={v.timeZone} t={t} />
      </>
    ) : null}
    <h2 class="govuk-heading-m">{capital(t('base.compartment.identity'))}</h2>
    {v.identity ? <IdentityPart identity={v.identity} v={v} t={t} /> : <InsetText text={t('person.page.identitySealed')} />}
    <h2 class="govuk-heading-m">{capital(t('base.compartment.whereabouts'))}</h2>
    {v.whereabouts && v.whereabouts.places.length > 0 ? (
      <Places places={v.whereabouts.places} v={v} t={t} />
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
