import { underGlass } from '../access/screens.glass.tsx'
import { directory } from '../access/store.directory.ts'
import { glassOn, glassReadOnly } from '../access/store.glass.ts'
import { whenUnlocked } from '../access/store.session.ts'
import { codeOf, pageCodes } from '../base/codes.ts'
import { type Errors, parseForm, type Values, valuesOf } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { registerClaims, todayOf } from './routes.claims.ts'
import { crumbs } from './routes.command.ts'
import { askForNew } from './routes.elsewhere.new.ts'
import { othersOf } from './routes.links.pages.ts'
import { aboutOf } from './rules.history.ts'
import { questionOf } from './rules.search-also.ts'
import { claimsOf, displayAge, displayName, emptyWhereabouts, recordPerson } from './rules.ts'
import { newPersonForm, searchForm } from './schema.forms.ts'
import type { Identity, PersonEvent } from './schema.ts'
import { bornText, claimText } from './screens.claims.tsx'
import { personFormScreen, searchScreen } from './screens.forms.tsx'
import { personScreen } from './screens.tsx'
import { recordSearched } from './store.asked.ts'
import { prepareIndex } from './store.match-index.waiting.ts'
import { type FoundAlso, findPeople, notYetSearchable, searchPeople } from './store.search.ts'
import { createPerson, findPerson, openPersonEvent, personJournal, type SeenPerson } from './store.ts'

const held = (a: Asked, p: SeenPerson) => p.whereabouts !== undefined || a.vault.teamKey(p.homeGroup, 'whereabouts') !== undefined
const textOf = (e: PersonEvent | undefined, a: Asked, p: SeenPerson): string => {
  if (!e || e.type === 'person_recorded') return ''
  if (e.type === 'claim_added') return claimText(e.claim)
  if (e.type === 'age_assessed') return e.claim?.text ?? a.t('person.consent.refused')
  if (e.type === 'age_appealed') return [a.t(`person.appealState.${e.appeal}`), e.note].join(': ')
  const claim = p.identity && claimsOf(whole(p)).find(c => c.id === e.claimId)
  const became = e.type === 'claim_reread' ? bornText(e, a.t) : a.t(`person.standing.${e.standing}`)
  return [claim ? claimText(claim) : '', became, e.reason].filter(Boolean).join(': ')
}
const whole = (p: SeenPerson) => ({ identity: p.identity ?? noIdentity, whereabouts: p.whereabouts ?? emptyWhereabouts })
const noIdentity: Identity = { relation: 'child', names: [], ages: [], facts: [], assessments: [] }

const registerPage = (o: Office): void => {
  o.get('/people/:personId', 'person:read', async a => {
    const id = a.params.personId!
    const [p, journal, d, glass] = await Promise.all([
      findPerson(a, id),
      personJournal(a, id),
      directory(a, o.deps.keys.service, a.lang),
      glassOn(a, id),
    ])
    if (!p) return hidden
    a.saw('person.open', [p.id])
    return page({
      title: a.t('person.page.title'),
      nav: 'people',
      wide: true,
      breadcrumbs: crumbs(a),
      print: codeOf('P', p.id),
      body: underGlass(
        { lines: glass, alias: d.alias, timeZone: a.session.timeZone },
        personScreen(
          {
            id: p.id,
            identity: p.identity,
            whereabouts: p.whereabouts,
            whereaboutsHeld: held(a, p),
            team: d.team(p.homeGroup),
            timeZone: a.session.timeZone,
            alias: d.alias,
            history: journal
              .map(s => {
                const e = openPersonEvent(s)
                return { type: s.type, about: aboutOf(e, whole(p)), by: d.alias(s.actor), at: s.recordedAt, text: textOf(e, a, p) }
              })
              .reverse(),
            others: await othersOf(a, o, p),
            today: todayOf(a),
            canClaim: p.state === 'active' && !glassReadOnly(a, glass) && a.can('person:claim') && p.identity !== undefined,
            can: { openCase: a.can('case:open'), cases: a.can('case:list'), papers: a.can('paper:read') },
            to: a.to,
          },
          a.t,
        ),
        a.t,
      ),
    })
  })
}

/** Where a code from a printed page leads; null: it is searched for as a name. Set by whoever knows all kinds of records. */
export type ByCode = (a: Asked, typed: string) => Promise<{ to: string; records: readonly Id[] } | null>

const registerSearch = (o: Office, byCode: ByCode): void => {
  const show = (
    a: Asked,
    v: {
      values?: Values
      errors?: Errors
      status?: number
      found?: readonly FoundAlso[]
      more?: boolean
      waiting?: number | undefined
    },
  ) =>
    page({
      title: a.t('person.search.title'),
      nav: 'people',
      status: v.status ?? 200,
      print: pageCodes['/people/search'],
      body: searchScreen(
        {
          form: searchForm,
          action: a.to('/people/search'),
          values: { sex: 'any', ...v.values },
          errors: v.errors,
          found: v.found,
          more: v.more,
          waiting: v.waiting,
          canCreate: a.can('person:create'),
          elsewhere: v.found && a.can('match:elsewhere') ? { action: a.to('/matches/ask'), command: newId() } : undefined,
          matches: a.can('match:read'),
          elsewhereLists: { asks: a.can('match:asks'), notices: a.can('match:coordinate') },
          today: todayOf(a),
          to: a.to,
        },
        a.t,
      ),
    })
  o.get('/people', 'person:search', async () => redirect('/people/search'))
  o.get('/people/search', 'person:search', async a => show(a, {}))
  o.post('/people/search', 'person:search', async a => {
    const parsed = parseForm(searchForm, a.body)
    if (!parsed.ok) return show(a, { values: parsed.values, errors: parsed.errors, status: 422 })
    const { q, ...also } = parsed.value
    const values = valuesOf(parsed.value)
    const led = q === undefined ? null : await byCode(a, q)
    if (led) {
      a.saw('person.search', led.records)
      return redirect(led.to)
    }
    const { question, errors } = questionOf(q, also, Number(a.now.slice(0, 4)))
    if (Object.keys(errors).length > 0) return show(a, { values, errors, status: 422 })
    if (!question) return show(a, { values })
    const { found, more } = await findPeople(a, question)
    a.saw(
      'person.search',
      found.map(f => f.id),
    )
    return show(a, { values, found, more, waiting: notYetSearchable(a.session.id) })
  })
}

const registerNew = (o: Office): void => {
  const teams = async (a: Asked) => {
    const d = await directory(a, o.deps.keys.service, a.lang)
    return d.teams.filter(t => t.state === 'active' && a.session.groups.includes(t.id)).map(t => ({ value: t.id, text: d.team(t.id) }))
  }
  const show = async (
    a: Asked,
    v: { values?: Values; errors?: Errors; status?: number; command?: string; similar?: { id: Id; name: string; age: string }[] },
  ) => {
    const options = await teams(a)
    return page({
      title: a.t('person.new.title'),
      nav: 'people',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a),
      body: personFormScreen(
        {
          form: newPersonForm,
          words: 'person.new',
          caption: '',
          action: a.to('/people/new'),
          back: a.to('/people/search'),
          command: v.command ?? newId(),
          formCode: pageCodes['/people/new'],
          values: { team: options[0]?.value ?? '', ...v.values },
          errors: v.errors,
          options: { team: options },
          similar: v.similar,
          to: a.to,
        },
        a.t,
      ),
    })
  }
  o.get('/people/new', 'person:create', async a => show(a, {}))
  o.post('/people/new', 'person:create', async a => {
    const parsed = parseForm(newPersonForm, a.body)
    const sent = isId(a.body.command) ? { command: a.body.command } : {}
    if (!parsed.ok) return show(a, { values: parsed.values, errors: parsed.errors, status: 422, ...sent })
    const { value } = parsed
    const typed: Values = { relation: value.relation, name: value.name ?? '', age: value.age ?? '', team: value.team }
    if (!a.session.groups.includes(value.team))
      return show(a, { values: typed, errors: { team: { key: 'person.error.no_such_team' } }, status: 422, ...sent })
    const id = newId()
    const command = parsed.command ?? newId()
    return once<Answer>(
      a,
      { command, content: value, record: id },
      {
        fresh: async () => {
          // Search before create: the same form comes back with who may be meant, and goes through when sent again. A name changed in between is searched for anew.
          const [found = []] = value.name ? await searchPeople(a, [value.name], 5) : []
          const shown = new Set(value.match?.split(',') ?? [])
          if (found.some(f => !shown.has(f.id))) {
            a.saw(
              'person.search',
              found.map(f => f.id),
            )
            const similar = found.map(f => ({
              id: f.id,
              name: displayName(f.identity) || a.t('person.unnamed'),
              age: displayAge(f.identity, todayOf(a)),
            }))
            return { refused: await show(a, { values: { ...typed, match: found.map(f => f.id).join(',') }, similar, ...sent }) }
          }
          const said = { source: 'unknown' as const, confidence: 'not_assessed' as const }
          const event = recordPerson(value.relation, [
            {
              draft: { what: 'name', parts: { given: '', family: '', patronymic: '', other: value.name ?? '' }, kind: 'own', ...said },
              recording: { id: newId(), by: a.actor.id, at: a.now },
            },
            { draft: { what: 'age', text: value.age ?? '', ...said }, recording: { id: newId(), by: a.actor.id, at: a.now } },
          ])
          const done =
            value.relation === 'other' ? 'saved' : await askForNew(a, o, value.team, [{ name: value.name ?? '', age: value.age ?? '' }])
          await createPerson(a, { id, homeGroup: value.team }, event, command)
          await recordSearched(
            a,
            { id, homeGroup: value.team },
            found.map(f => f.id),
            command,
          )
          return { saved: redirect(`/people/${id}?done=${done}`) }
        },
        again: record => redirect(`/people/${record}?done=saved`),
        clash: () => show(a, { values: typed, errors: savedOnce, status: 409 }),
      },
    )
  })
}

/** Registers everything under /people. */
export const registerPerson = (o: Office, byCode: ByCode = () => Promise.resolve(null)): void => {
  whenUnlocked(prepareIndex)
  registerSearch(o, byCode)
  registerNew(o)
  registerPage(o)
  registerClaims(o)
}
