import { Button, EmptyState, Form, FormErrors, FormPage, type FormProps, InsetText, Table } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { displayAge, displayName } from './rules.shown.ts'
import type { Identity } from './schema.ts'
import { AskButton } from './screens.elsewhere.tsx'

export interface SearchView extends Omit<FormProps, 't' | 'submitLabel'> {
  /** Undefined before a search. */
  readonly found: readonly { readonly id: Id; readonly identity: Identity }[] | undefined
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
/** Search is sent, never linked: a name stands in no address. */
export const searchScreen = (v: SearchView, t: T) => (
  <>
    <FormErrors form={v.form} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('person.search.title')}</h1>
    <Form {...v} t={t} submitLabel={t('base.button.search')} />
    {v.found === undefined || v.waiting === 0 ? null : (
      <InsetText text={v.waiting === undefined ? t('person.search.noKey') : t('person.search.waiting', { count: v.waiting })} />
    )}
    {v.found === undefined ? null : v.found.length === 0 ? (
      <EmptyState title={t('person.search.none')} text={t('person.search.noneText')} />
    ) : (
      <Table
        stack
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
          { text: displayAge(f.identity, v.today) },
        ])}
      />
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
    {v.elsewhere && typeof v.values?.q === 'string' ? <AskButton {...v.elsewhere} name={v.values.q} t={t} /> : null}
    {v.canCreate && v.found !== undefined ? (
      <Button href={v.to('/people/new')} text={t('person.new.title')} classes="govuk-button--secondary" />
    ) : null}
  </>
)

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
