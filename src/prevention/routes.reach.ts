import { h } from 'preact'
import { adminForm } from '../access/routes.admin.form.ts'
import { addDays, dayOf } from '../base/time.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { wordsFor } from '../platform/words.ts'
import { numbersFor, paperPdf } from './routes.leaflet.ts'
import { addressOf, papers, spoken } from './rules.leaflet.ts'
import { byMonth } from './rules.outreach.ts'
import { weeksBack } from './rules.reach.ts'
import { posterCodeOf, posterEndForm, posterForm } from './schema.reach.ts'
import { periods, reachScreen } from './screens.reach.tsx'
import { outreachCounts } from './store.outreach.ts'
import { addPosterCode, endPosterCode, newCode, paperNumbers, posterCells, posterCodes, reachCells } from './store.reach.ts'

/** Quotes what a table program would take apart or run. */
const cell = (s: string | number) => {
  const safe = typeof s === 'string' && /^[=+\-@\t\r]/.test(s) ? `'${s}` : String(s)
  return /[",;\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Reach: how often pages were shown, by language and week; codes of posters; sums of the outreach diary. */
export const registerReachOffice = (o: Office): void => {
  const service = o.deps.keys.service
  const site = o.deps.publicUrl ?? 'http://localhost:4301'
  const read = async (a: Asked) => {
    const period = periods.find(p => String(p) === a.query.weeks) ?? 12
    const weeks = weeksBack(dayOf(a.now), period)
    // Only weeks that are over: in a week that runs, each step of a number would be seen.
    const [from, before] = [weeks.at(-1)!, addDays(weeks[0]!, 7)]
    const cells = await reachCells(a, service, from, before)
    const codeCells = await posterCells(a, service, from, before)
    return { period, weeks, cells, codeCells, codes: await posterCodes(a, service) }
  }
  o.get('/statistics/reach', 'reach:read', async a => {
    const v = await read(a)
    const months = a.can('outreach:use') ? byMonth(await outreachCounts(a)) : []
    a.saw('reach.page', [])
    return page({
      title: a.t('reach.title'),
      nav: 'reach',
      wide: true,
      body: reachScreen(
        {
          ...v,
          codes: v.codes.map(c => ({ ...c, url: spoken(addressOf(site, c.lang, c.code)) })),
          months,
          canMake: a.can('reach:poster'),
          to: a.to,
        },
        a.t,
      ),
    })
  })
  o.get('/statistics/reach/table.csv', 'reach:read', async a => {
    const v = await read(a)
    a.saw('reach.csv', [])
    const nameOf = new Map(v.codes.map(c => [c.code, c.name]))
    const rows: (string | number)[][] = [
      ['week', 'what', 'lang', 'n'].map(k => a.t(`reach.csvHead.${k}`)),
      ...v.cells.map(c => [c.week, a.t(`reach.pages.${c.what}`), c.lang, c.n]),
      ...v.codeCells.map(c => [c.week, `/p/${c.what} ${nameOf.get(c.what) ?? ''}`.trim(), c.lang, c.n]),
      [a.t('reach.noise')],
    ]
    const body = `\ufeff${rows.map(r => r.map(cell).join(',')).join('\r\n')}\r\n`
    return { kind: 'bytes', type: 'text/csv; charset=utf-8', body, filename: 'reach.csv' }
  })
  adminForm(o, {
    url: '/statistics/reach/codes/new',
    permit: 'reach:poster',
    form: posterForm,
    words: 'reach.poster',
    nav: 'reach',
    about: async () => ({}),
    above: a => h('p', { class: 'govuk-body' }, a.t('reach.poster.intro')),
    back: () => '/statistics/reach',
    does: async (a, v, command) => {
      const made = { agencyId: a.session.agencyId, made: dayOf(a.now), ...v }
      // 28 million codes: a second try is already rare.
      for (let i = 0; i < 5; i++)
        if (await addPosterCode(a, service, { ...made, code: newCode() }, command)) return redirect('/statistics/reach?done=saved')
      throw new Error('no free code')
    },
  })
  const codeOf = async (a: Asked) => {
    const code = posterCodeOf(a.params.code)
    return code ? (await posterCodes(a, service)).find(c => c.code === code && c.state === 'active') : undefined
  }
  adminForm(o, {
    url: '/statistics/reach/codes/:code/end',
    permit: 'reach:poster',
    form: posterEndForm,
    words: 'reach.posterEnd',
    nav: 'reach',
    about: codeOf,
    above: (a, c) => h('p', { class: 'govuk-body' }, `${c.name}. ${a.t('reach.posterEnd.text')}`),
    back: () => '/statistics/reach',
    does: async (a, _, command, c) => {
      await endPosterCode(a, c, command)
      return redirect('/statistics/reach?done=saved')
    },
  })
  for (const paper of papers)
    o.get(`/statistics/reach/codes/:code/${paper}.pdf`, 'reach:read', async a => {
      const c = await codeOf(a)
      if (!c) return hidden
      const body = paperPdf(paper, { site, code: c.code, numbers: numbersFor(await paperNumbers(a), c.lang) }, wordsFor(c.lang))
      return { kind: 'bytes', type: 'application/pdf', body, filename: `${paper}-${c.lang}-${c.code}.pdf` }
    })
}
