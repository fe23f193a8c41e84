import { directory } from '../access/store.directory.ts'
import { parseForm } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { cutOf, decideRelease, monthsBack, type ReleaseError } from './rules.cuts.ts'
import { conflict, csvOf } from './rules.releases.ts'
import { countsOf, proposals, released, tableOf } from './rules.tables.ts'
import { releaseForm } from './schema.forms.ts'
import type { Cut, Released, Table } from './schema.ts'
import { newReleaseScreen, releaseScreen } from './screens.releases.tsx'
import { codeText, cutText, type Numbers, releasesScreen, sideText, workingScreen } from './screens.tsx'
import type { ReadScreening } from './store.facts.ts'
import { findRelease, type Release, releaseK, releasesOf, saveRelease } from './store.releases.ts'
import { releaseCounts } from './store.rows.ts'
import { screeningOf } from './store.screening.ts'
import { workingOf } from './store.working.ts'

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const exact = (t: Table): Numbers => ({
  ...t,
  rowTotals: t.cells.map(sum),
  columnTotals: t.columns.map((_, j) => sum(t.cells.map(r => r[j]!))),
  grand: sum(t.cells.flat()),
})
/** The month that runs, and the last that is over. */
const monthsNow = (a: Asked) => {
  const [now, last] = monthsBack(dayOf(a.now, a.session.timeZone), 2)
  return { now: now!, last: last! }
}

/** Working counts of a supervisor. */
const working = (screening: ReadScreening) => async (a: Asked) => {
  const latest = monthsNow(a).now
  const cut = cutOf(a.query, latest)
  const w = await workingOf(a, screening)
  // Numbers of all their cases: no record is named, but that somebody looked is.
  a.saw('statistics.working', [])
  return page({
    title: a.t('statistics.working.title'),
    nav: 'statistics',
    wide: true,
    body: workingScreen(
      {
        ...w,
        numbers: exact(tableOf(cut, countsOf(cut, w.happened))),
        latest,
        timeZone: a.session.timeZone,
        canRelease: a.can('statistics:release'),
        to: a.to,
      },
      a.t,
    ),
  })
}

const crumbs = (a: Asked) => [{ text: a.t('statistics.releases.title'), href: '/releases' }]

const preview = async (
  a: Asked,
  cut: Cut,
  o: { tried?: boolean; command?: string; saved?: boolean; status?: number } = {},
): Promise<Answer> => {
  const [counts, k, earlier] = await Promise.all([releaseCounts(a, cut), releaseK(a), releasesOf(a)])
  const table = tableOf(cut, counts)
  const next = released(table, k)
  const decided = decideRelease(
    table,
    k,
    earlier.map(r => r.content),
  )
  const problem: ReleaseError | undefined = decided.ok ? undefined : decided.error
  a.saw('statistics.preview', [])
  return page({
    title: a.t('statistics.new.title'),
    nav: 'releases',
    wide: true,
    status: o.status ?? 200,
    breadcrumbs: crumbs(a),
    body: newReleaseScreen(
      {
        cut,
        latest: monthsNow(a).last,
        preview: next,
        empty: counts.length === 0,
        problem,
        against: problem && problem !== 'says_nothing' ? earlier.find(r => conflict(r.content, next))?.id : undefined,
        proposals: proposals(table, counts, k),
        k,
        command: o.command ?? newId(),
        tried: o.tried ?? false,
        notice: o.saved ? a.t(savedOnce['']!.key) : undefined,
        to: a.to,
      },
      a.t,
    ),
  })
}

const make = async (a: Asked): Promise<Answer> => {
  const parsed = parseForm(releaseForm, a.body)
  const cut = cutOf(a.body, monthsNow(a).last)
  if (!parsed.ok) return preview(a, cut, { status: 422 })
  const command = parsed.command ?? newId()
  const id = newId()
  return once<Answer>(
    a,
    { command, content: cut, record: id },
    {
      fresh: async () => {
        // One at a time in an agency: two that fit each earlier release must also fit each other.
        await a.tx.query("select pg_advisory_xact_lock(hashtext('release ' || $1))", [a.session.agencyId])
        const [counts, k, earlier] = await Promise.all([releaseCounts(a, cut), releaseK(a), releasesOf(a)])
        const decided = decideRelease(
          tableOf(cut, counts),
          k,
          earlier.map(r => r.content),
        )
        if (!decided.ok) return { refused: await preview(a, cut, { tried: true, command, status: 422 }) }
        await saveRelease(a, id, decided.value)
        a.saw('statistics.release', [id])
        return { saved: redirect(`/releases/${id}?done=saved`) }
      },
      again: record => redirect(`/releases/${record}`),
      clash: () => preview(a, cut, { status: 409, saved: true }),
    },
  )
}

const csv = (r: Released, made: string, a: Asked) =>
  csvOf(
    r,
    {
      corner: sideText(`${r.cut.rows}.${r.cut.rowLevel}`, a.t),
      total: a.t('statistics.total'),
      hidden: a.t('statistics.hidden'),
      row: c => codeText(r.cut.rows, c, a.t),
      column: c => (r.cut.columns ? codeText(r.cut.columns, c, a.t) : ''),
    },
    [cutText(r.cut, a.t), made, a.t('statistics.release.hidden', { least: r.k - 1 })],
  )

/** Working counts for supervisors; releases for analysts and supervisors. `screening` brings purposes and channels of cases. */
export const registerStatistics = (o: Office, screening: ReadScreening = screeningOf): void => {
  const lineOf = async (a: Asked, list: readonly Release[]) => {
    const people = await directory(a, o.deps.keys.service, a.lang)
    return list.map(r => ({ id: r.id, content: r.content, by: people.alias(r.madeBy), at: r.madeAt }))
  }
  o.get('/statistics', 'statistics:working', working(screening))
  o.get('/releases', 'statistics:release', async a => {
    const lines = await lineOf(a, await releasesOf(a))
    a.saw('statistics.releases', [])
    return page({
      title: a.t('statistics.releases.title'),
      nav: 'releases',
      wide: true,
      body: releasesScreen({ lines, timeZone: a.session.timeZone, to: a.to }, a.t),
    })
  })
  o.get('/releases/new', 'statistics:release', a => preview(a, cutOf(a.query, monthsNow(a).last)))
  o.post('/releases/new', 'statistics:release', make)
  const found = async (a: Asked) => (isId(a.params.releaseId) ? findRelease(a, a.params.releaseId) : undefined)
  o.get('/releases/:releaseId', 'statistics:release', async a => {
    const r = await found(a)
    if (!r) return hidden
    const [line] = await lineOf(a, [r])
    a.saw('statistics.release', [r.id])
    return page({
      title: a.t('statistics.release.title'),
      nav: 'releases',
      wide: true,
      breadcrumbs: crumbs(a),
      body: releaseScreen({ line: line!, timeZone: a.session.timeZone, to: a.to }, a.t),
    })
  })
  o.get('/releases/:releaseId/table.csv', 'statistics:release', async a => {
    const r = await found(a)
    if (!r) return hidden
    const [line] = await lineOf(a, [r])
    a.saw('statistics.csv', [r.id])
    const made = a.t('statistics.release.made', { by: line!.by, at: r.madeAt.slice(0, 10), k: r.content.k })
    return { kind: 'bytes', type: 'text/csv; charset=utf-8', body: csv(r.content, made, a), filename: `release-${r.id.slice(0, 8)}.csv` }
  })
}
