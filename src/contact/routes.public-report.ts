import type { Errors, Values } from '../base/form.ts'
import { parseForm } from '../base/form.ts'
import { databaseAway } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { type Guest, type Site, type SiteAnswer, sitePage } from '../platform/site.ts'
import { gateOf, withoutGate } from './routes.flood.ts'
import { binaryFields, count, notNow, retry } from './routes.public-common.ts'
import { receiptList } from './rules.receipt.ts'
import { reportForm, reportOf } from './schema.public-form.ts'
import { reportScreen, sentScreen } from './screens.public-talk.tsx'
import { findDesk, newSeed, submitReport } from './store.public.ts'

/** What makes this form one report however often it is sent. */
const fresh = (g: Guest) => ({ submission: newId(), seed: newSeed(), language: g.lang })

const form = (g: Guest, status: number, values: Values, errors: Errors): SiteAnswer =>
  sitePage({
    body: reportScreen({ values, errors }, g.t),
    status,
    path: '/write',
    back: '/',
    ...(status === 503 ? { headers: retry } : {}),
  })

const hiddenFields = ['submission', 'seed', 'language'] as const

/** Nothing typed is lost. Only what was not typed (the hidden ids) is made new when it is broken: an error on it could be put right by nobody. */
const again = (g: Guest, status: number, values: Values, errors: Errors): SiteAnswer => {
  if (!hiddenFields.some(f => errors[f])) return form(g, status, values, errors)
  const seen = Object.fromEntries(Object.entries(errors).filter(([k]) => !(hiddenFields as readonly string[]).includes(k)))
  return form(g, status, { ...values, ...fresh(g) }, { ...seen, '': { key: 'contact-public.error.formOld' } })
}

export const registerReport = (site: Site): void => {
  const gate = gateOf(site)
  site.get('/write', 'public:report', async g => {
    // Said before the first word is typed, not after: a report that nobody can open is not taken.
    if (!(await findDesk(g.ask))) return { kind: 'away' }
    return form(g, 200, fresh(g), {})
  })

  // Answers with the words themselves, not with an address: they stand in no address and no history, and a repeated send shows them again.
  site.post('/write', 'public:report', async asked => {
    const g = { ...asked, body: withoutGate(asked.body) }
    const parsed = parseForm(reportForm, g.body)
    const binary = binaryFields(g.body, ['text', 'where'])
    if (!parsed.ok) return again(g, 422, parsed.values, { ...parsed.errors, ...binary })
    const values = g.body
    if (Object.keys(binary).length > 0) return again(g, 422, values, binary)
    const report = reportOf(parsed.value)
    const wait = gate.hold(asked, 'write')
    if (wait) return wait
    try {
      const done = await submitReport(g.ask, gate.argon, report, g.now)
      if (done.kind === 'saved') {
        if (!done.again) gate.begun()
        count(g, 'report_sent')
        return sitePage({
          body: sentScreen(
            { parts: done.receipt.parts, kind: receiptList(report.language) === 'digits' ? 'digits' : 'words', safeNow: report.safeNow },
            g.t,
          ),
          path: '/',
        })
      }
      if (done.kind === 'busy') return form(g, 503, values, notNow('busy'))
      if (done.kind === 'closed') return form(g, 503, values, notNow('away'))
      // Sent before with other content: kept as it is, and offered as a new message.
      return form(g, 409, { ...values, ...fresh(g) }, { '': { key: 'contact-public.error.sentBefore' } })
    } catch (e) {
      if (databaseAway(e)) return form(g, 503, values, notNow('away'))
      throw e
    }
  })
}
