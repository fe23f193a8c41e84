import { FieldList } from '../base/components/form-field.tsx'
import { Button, Details, EmptyState, Form, FormErrors, FormPage, type FormProps, InsetText, Table } from '../base/components/index.tsx'
import { defineForm, type FieldDef } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { displayAge, displayName } from './rules.shown.ts'
import type { searchForm } from './schema.forms.ts'
import type { Identity } from './schema.ts'
import { AskButton } from './screens.elsewhere.tsx'

interface FoundRow {
  readonly id: Id
  readonly identity: Identity
  /** Of whom something that was asked is not known. */
  readonly unsure: boolean
}
export interface SearchView extends Omit<FormProps, 't' | 'submitLabel'> {
  /** Undefined before a search. */
  readonly found: readonly FoundRow[] | undefined
  /** There are more than stand on the page. */
  readonly more?: boolean | undefined
  /** Records that the search did not look through yet; undefined where it could look through none. */
  readonly waiting?: number | undefined
  readonly canCreate: boolean
  readonly matches?: boolean | undefined
  readonly elsewhereLists?: { readonly asks: boolean; readonly notices: boolean } | undefined
  /** Where other teams are asked by the same name. */
  readonly elsewhere?: { readonly action: string; readonly command: string } | undefined
  readonly today: Day
  readonly to: (path: string) => string
}
const folded = ['ageFrom', 'ageTo', 'sex', 'origin', 'phone', 'handle', 'document']
/** The form of the name, and below it what may be asked beside it: folded until it is used. */
const SearchForm = (v: SearchView & { t: T }) => {
  const fields = Object.entries((v.form as typeof searchForm).fields) as [string, FieldDef][]
  // The words above the folded part say that any field may stay empty: not once more at each.
  const part = (also: boolean) =>
    Object.fromEntries(fields.filter(([name]) => folded.includes(name) === also).map(([name, f]) => [name, { ...f, optional: false }]))
  const [values, errors] = [v.values ?? {}, v.errors ?? {}]
  const used = folded.some(name => errors[name] || (name === 'sex' ? values.sex !== 'any' : values[name]))
  return (
    <Form {...v} form={defineForm({ fields: part(false) })} submitLabel={v.t('base.button.search')}>
      <Details summaryText={v.t('person.search.also')} open={used}>
        <p class="govuk-body">{v.t('person.search.alsoText')}</p>
        <FieldList ask={{ fields: part(true), values, errors, options: {}, t: v.t, before: undefined, nameOf: field => field }} />
      </Details>
    </Form>
  )
}
const FoundTable = (v: { rows: readonly FoundRow[]; caption: string; today: Day; to: (path: string) => string; t: T }) =>
  v.rows.length === 0 ? null : (
    <Table
      stack
      caption={v.caption}
      head={[{ text: v.t('person.search.name') }, { text: v.t('person.search.relation') }, { text: v.t('person.search.age') }]}
      rows={v.rows.map(f => [
        {
          text: (
            <a class="govuk-link" href={v.to(`/people/${f.id}`)}>
              {displayName(f.identity) || v.t('person.unnamed')}
            </a>
          ),
        },
        { text: v.t(`person.relation.${f.identity.relation}`) },
        { text: displayAge(f.identity, v.today) },
      ])}
    />
  )
/** Search is sent, never linked: a name stands in no address. */
export const searchScreen = (v: SearchView, t: T) => {
  const [sure, unsure] = [false, true].map(u => (v.found ?? []).filter(f => f.unsure === u)) as [FoundRow[], FoundRow[]]
  return (
    <>
      <FormErrors form={v.form} errors={v.errors ?? {}} t={t} />
      <h1 class="govuk-heading-l">{t('person.search.title')}</h1>
      <SearchForm {...v} t={t} />
      {v.found === undefined || v.waiting === 0 ? null : (
        <InsetText text={v.waiting === undefined ? t('person.search.noKey') : t('person.search.waiting', { count: v.waiting })} />
      )}
      {v.found === undefined ? null : v.found.length === 0 ? (
        <EmptyState title={t('person.search.none')} text={t('person.search.noneText')} />
      ) : (
        <>
          <FoundTable {...v} t={t} rows={sure} caption={t('person.search.found', { count: sure.length })} />
          <FoundTable {...v} t={t} rows={unsure} caption={t('person.search.unsure', { count: unsure.length })} />
          {v.more ? <p class="govuk-body">{t('person.search.more')}</p> : null}
        </>
      )}
      {v.matches && v.found === undefined ? (
        <p class="govuk-body">
          <a class="govuk-link" href={v.to('/people/matches')}>
            {t('match.list.title')}
          </a>
        </p>
      ) : null}
      {v.found === undefined && v.elsewhereLists?.notices ? (
        <p class="govuk-body">
          <a class="govuk-link" href={v.to('/matches/notices')}>
            {t('elsewhere.notices.title')}
          </a>
        </p>
      ) : null}
      {v.found === undefined && v.elsewhereLists?.asks ? (
        <p class="govuk-body">
          <a class="govuk-link" href={v.to('/matches/asks')}>
            {t('elsewhere.asks.title')}
          </a>
        </p>
      ) : null}
      {v.elsewhere && typeof v.values?.q === 'string' && v.values.q ? <AskButton {...v.elsewhere} name={v.values.q} t={t} /> : null}
      {v.canCreate && v.found !== undefined ? (
        <Button href={v.to('/people/new')} text={t('person.new.title')} classes="govuk-button--secondary" />
      ) : null}
    </>
  )
}

export interface PersonFormView extends Omit<FormProps, 't' | 'submitLabel'> {
  readonly words: string
  readonly caption: string
  readonly back: string
  /** A word to the form: what is asked, and why. */
  readonly note?: string | undefined
  /** What the record says now, where it changed meanwhile. */
  readonly stale?: readonly string[] | undefined
  /** People who may be meant. */
  readonly similar?: readonly { readonly id: Id; readonly name: string; readonly age: string }[] | undefined
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
        {v.note ? <InsetText text={v.note} /> : null}
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
                  {s.age ? `, ${s.age}` : ''}
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
