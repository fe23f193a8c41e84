import { directory } from '../access/store.directory.ts'
import { parseCode } from '../base/codes.ts'
import type { Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import { err, ok } from '../base/result.ts'
import { addDays, dayOf } from '../base/time.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { caseReaders } from './policy.ts'
import { apartOf } from './routes.apart.ts'
import { caseCommand } from './routes.command.ts'
import { heldOn } from './routes.page.ts'
import { caseCode } from './rules.codes.ts'
import { linkCases } from './rules.ts'
import { excludeForm, linkForm, reasonForm, shareForm } from './schema.forms.ts'
import type { CaseRow } from './schema.ts'
import { accessScreen } from './screens.access.tsx'
import { type ExclusionKind, endExclusion, endGrant, exclude, exclusionsOf, grantsOf, shareCase } from './store.access.ts'
import { type CaseLink, endLink, linksOf, makeLink } from './store.links.ts'
import { actCompartment, findCase, findCaseByNumber, saveCaseEvent } from './store.ts'

const errors = 'case.error'
const mine = (a: Asked, c: CaseRow) => a.session.groups.includes(c.homeGroup)
const people = async (a: Asked, o: Office) => (await directory(a, o.deps.keys.service, a.lang)).people

/** Colleagues with whom a case can be shared: they read cases, have keys, and are somebody else. */
const colleagues = async (a: Asked, o: Office) =>
  (await people(a, o)).filter(p => p.state === 'active' && p.publicX && p.id !== a.actor.id && p.roles.some(r => caseReaders.includes(r)))
const shareable = async (a: Asked, c: CaseRow) => heldOn(a, c, await grantsOf(a, c.id))

const registerShare = (o: Office): void => {
  caseCommand(o, {
    errors,
    path: 'share',
    permit: 'case:share',
    form: shareForm,
    words: 'case.share',
    versioned: false,
    options: async (a, c) => ({
      user: (await colleagues(a, o)).map(p => ({ value: p.id, text: p.alias })),
      compartments: (await shareable(a, c)).map(value => ({ value, label: `base.compartment.${value}` })),
    }),
    initial: a => ({ compartments: ['identity', 'summary'], right: 'read', until: addDays(dayOf(a.now, a.session.timeZone), 30) }),
    decide: async (a, c, v, t) => {
      if (!mine(a, c)) return err('not_my_team')
      if (c.state === 'closed') return err('case_not_open')
      if (!(await colleagues(a, o)).some(p => p.id === v.user)) return err('not_a_colleague')
      const held = await shareable(a, c)
      if (!v.compartments.every(x => held.includes(x))) return err('not_yours_to_share')
      if (v.until <= t.today) return err('until_past')
      if (v.until > addDays(t.today, 366)) return err('until_far')
      return ok({
        type: 'access_shared',
        grantId: newId(),
        user: v.user,
        compartments: v.compartments,
        why: v.why,
        until: `${v.until}T20:59:59.000Z`,
      })
    },
    effect: async (a, _, c, v, e) => {
      if (e.type !== 'access_shared') return
      const to = (await colleagues(a, o)).find(p => p.id === v.user)!
      await shareCase(a, c, {
        grantId: e.grantId,
        user: to.id,
        publicX: to.publicX!,
        compartments: v.compartments,
        write: v.right === 'write',
        until: e.until,
        by: a.actor.id,
      })
    },
    to: c => `/cases/${c.id}/access?done=saved`,
  })
  caseCommand(o, {
    errors,
    path: 'grants/:grantId/end',
    permit: 'case:share',
    form: reasonForm,
    words: 'case.endGrant',
    versioned: false,
    decide: async (a, c) => {
      if (!mine(a, c)) return err('not_my_team')
      const g = (await grantsOf(a, c.id)).find(x => x.id === a.params.grantId)
      return g ? ok({ type: 'access_ended', grantId: g.id, user: g.user }) : err('grant_gone')
    },
    effect: async (a, _, c) => {
      const g = (await grantsOf(a, c.id)).find(x => x.id === a.params.grantId)
      if (g) await endGrant(a, c, g)
    },
    to: c => `/cases/${c.id}/access?done=saved`,
  })
}

/** Whom this person may keep away: never themselves, nor a team of their own. Then nobody might be left who can take it back. */
const excludable = async (a: Asked, o: Office, c: CaseRow): Promise<Option[]> => {
  const [d, agencies] = await Promise.all([directory(a, o.deps.keys.service, a.lang), a.tx.query<{ id: Id }>('select id from app.agency')])
  return [
    ...d.people.filter(p => p.id !== a.actor.id).map(p => ({ value: `user:${p.id}`, text: p.alias })),
    ...d.teams
      .filter(t => t.id !== c.homeGroup && !d.members.some(m => m.teamId === t.id && m.userId === a.actor.id))
      .map(t => ({ value: `team:${t.id}`, text: d.team(t.id) })),
    ...agencies.rows
      .filter(g => g.id !== a.session.agencyId)
      .map((g, i) => ({ value: `agency:${g.id}`, text: a.t('case.exclude.agency', { number: i + 1 }) })),
  ]
}

const registerExclusions = (o: Office): void => {
  caseCommand(o, {
    errors,
    path: 'exclude',
    permit: 'case:exclude',
    form: excludeForm,
    words: 'case.exclude',
    versioned: false,
    options: async (a, c) => ({ who: await excludable(a, o, c) }),
    decide: async (a, c, v) => {
      if (!mine(a, c)) return err('not_my_team')
      if (!(await excludable(a, o, c)).some(x => x.value === v.who)) return err('not_excludable')
      const [kind, excluded] = v.who.split(':') as [ExclusionKind, Id]
      return ok({ type: 'exclusion_made', exclusionId: newId(), kind, excluded, reason: v.reason })
    },
    effect: async (a, _, c, __, e) => {
      if (e.type === 'exclusion_made') await exclude(a, c, { id: e.exclusionId, kind: e.kind, excluded: e.excluded, by: a.actor.id })
    },
    to: c => `/cases/${c.id}/access?done=saved`,
  })
  caseCommand(o, {
    errors,
    path: 'exclusions/:exclusionId/end',
    permit: 'case:exclude',
    form: reasonForm,
    words: 'case.endExclusion',
    versioned: false,
    decide: async (a, c, v) => {
      if (!mine(a, c)) return err('not_my_team')
      const x = (await exclusionsOf(a, c.id)).find(y => y.id === a.params.exclusionId)
      return x ? ok({ type: 'exclusion_ended', exclusionId: x.id, reason: v.reason }) : err('exclusion_gone')
    },
    effect: async (a, _, c) => {
      const x = (await exclusionsOf(a, c.id)).find(y => y.id === a.params.exclusionId)
      if (x) await endExclusion(a, c, x)
    },
    to: c => `/cases/${c.id}/access?done=saved`,
  })
}

const bySelf = (l: CaseLink): boolean => l.body?.relation === 'sibling' && l.body.together === 'none' && l.body.note === ''
const registerLinks = (o: Office): void => {
  caseCommand(o, {
    errors,
    path: 'links/new',
    permit: 'case:link',
    form: linkForm,
    words: 'case.link',
    versioned: false,
    initial: () => ({ together: 'none' }),
    decide: async (a, c, v) => {
      // A case that exists but is hidden answers like one that does not: a number is no way to learn that a child is known.
      const other = await findCaseByNumber(a, numberOf(v.number))
      if (!other) return err('no_such_case')
      const decided = linkCases(
        c,
        other,
        // That they are brothers and sisters was linked by itself when they were recorded; whether they may be together is said now, in its place.
        (await linksOf(a, c.id)).filter(l => !bySelf(l) || v.together === 'none').map(l => l.otherCase),
      )
      return decided.ok ? ok({ type: 'link_made', linkId: newId() }) : decided
    },
    effect: async (a, _, c, v, e, command) => {
      const other = await findCaseByNumber(a, numberOf(v.number))
      if (!other || e.type !== 'link_made') return
      const before = (await linksOf(a, c.id)).find(l => l.otherCase === other.id)
      if (before) {
        await endLink(a, before.pair)
        await saveCaseEvent(a, c, { type: 'link_ended', linkId: before.id, reason: '' }, command, actCompartment(a.actor.roles))
      }
      const [, theirs] = await makeLink(a, c, other, { relation: v.relation, together: v.together, note: v.note ?? '' })
      await saveCaseEvent(a, other, { type: 'link_made', linkId: theirs }, command, actCompartment(a.actor.roles))
    },
  })
  caseCommand(o, {
    errors,
    path: 'links/:linkId/end',
    permit: 'case:link',
    form: reasonForm,
    words: 'case.endLink',
    versioned: false,
    decide: async (a, c, v) => {
      const link = (await linksOf(a, c.id)).find(l => l.id === a.params.linkId)
      return link ? ok({ type: 'link_ended', linkId: link.id, reason: v.reason }) : err('link_gone')
    },
    effect: async (a, _, c) => {
      const link = (await linksOf(a, c.id)).find(l => l.id === a.params.linkId)
      if (link) await endLink(a, link.pair)
    },
  })
}
/** A number as somebody types it: small letters, spaces, the letters that Crockford reads as digits. */
export const numberOf = (typed: string): string => {
  const code = parseCode(typed) ?? parseCode(`D${typed}`)
  return `D-${code?.kind === 'D' ? code.body : ''}`
}

export const registerCaseAccess = (o: Office): void => {
  o.get('/cases/:caseId/access', 'case:share', async a => {
    const [c, grants, exclusions, d] = await Promise.all([
      findCase(a, a.params.caseId!),
      grantsOf(a, a.params.caseId!),
      exclusionsOf(a, a.params.caseId!),
      directory(a, o.deps.keys.service, a.lang),
    ])
    if (!c || !mine(a, c)) return hidden
    a.saw('case.access', [c.id])
    const name = (kind: ExclusionKind, id: Id) =>
      kind === 'user' ? d.alias(id) : kind === 'team' ? d.team(id) : a.t('case.exclude.otherAgency')
    const view = {
      case: c,
      apart: await apartOf(a, c, 'case.access'),
      timeZone: a.session.timeZone,
      assignee: d.alias(c.assignee),
      team: d.team(c.homeGroup),
      grants: grants.map(g => ({ ...g, alias: d.alias(g.user), compartments: g.compartments as readonly Compartment[] })),
      exclusions: exclusions.map(x => ({ ...x, name: name(x.kind, x.excluded), by: d.alias(x.by) })),
      can: { share: c.state !== 'closed' && a.can('case:share'), exclude: a.can('case:exclude'), audit: a.can('audit:case') },
      to: a.to,
    }
    return page({
      title: a.t('case.access.title'),
      nav: 'cases',
      wide: true,
      print: caseCode(c.number, 'access'),
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: accessScreen(view, a.t),
    })
  })
  registerShare(o)
  registerExclusions(o)
  registerLinks(o)
}
