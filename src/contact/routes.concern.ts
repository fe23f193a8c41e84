import type { Errors, Values } from '../base/form.ts'
import { parseForm } from '../base/form.ts'
import { databaseAway } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { type Guest, type Site, type SiteAnswer, sitePage } from '../platform/site.ts'
import { gateOf, withoutGate } from './routes.flood.ts'
import { binaryFields, count, notNow, retry } from './routes.public-common.ts'
import { receiptList } from './rules.receipt.ts'
import { concernForm, concernOf } from './schema.concern.ts'
import { concernScreen } from './screens.concern.tsx'
import { sentScreen } from './screens.public-talk.tsx'
import { findDesk, newSeed, submitReport } from './store.public.ts'

const hiddenFields: readonly string[] = ['submission', 'seed', 'language']
const fresh = (g: Guest) => ({ submission: newId(), seed: newSeed(), language: g.lang })

const form = (g: Guest, status: number, values: Values, errors: Errors): SiteAnswer =>
  sitePage({
    body: concernScreen({ values, errors }, g.t),
    status,
    path: '/concern',
    back: '/',
    ...(status === 503 ? { headers: retry } : {}),
  })

/** Nothing typed is lost; hidden ids that broke are made new. */
const again = (g: Guest, values: Values, errors: Errors): SiteAnswer => {
  if (!hiddenFields.some(f => errors[f])) return form(g, 422, values, errors)
  const seen = Object.fromEntries(Object.entries(errors).filter(([key]) => !hiddenFields.includes(key)))
  return form(g, 422, { ...values, ...fresh(g) }, { ...seen, '': { key: 'contact-public.error.formOld' } })
}

/** The concern report of an adult, with the same receipt of words as the report of a child. */
export const registerConcern = (site: Site): void => {
  const gate = gateOf(site)
  site.get('/concern', 'public:report', async g => {
    if (!(await findDesk(g.ask))) return { kind: 'away' }
    return form(g, 200, fresh(g), {})
  })
  site.post('/concern', 'public:report', async asked => {
    const g = { ...asked, body: withoutGate(asked.body) }
    const parsed = parseForm(concernForm, g.body)
    const binary = binaryFields(g.body, ['text', 'platform', 'where', 'atRisk', 'by'])
    if (!parsed.ok) return again(g, parsed.values, { ...parsed.errors, ...binary })
    if (Object.keys(binary).length > 0) return again(g, g.body, binary)
    const { report, answers } = concernOf(parsed.value)
    const wait = gate.hold(asked, 'concern')
    if (wait) return wait
    try {
      const done = await submitReport(g.ask, gate.argon, report, g.now, { channel: 'concern', answers })
      if (done.kind === 'saved') {
        if (!done.again) gate.begun()
        count(g, 'report_sent')
        const kind = receiptList(report.language) === 'digits' ? 'digits' : 'words'
        // "You write that you are in danger" would be untrue here; whom to call stands above the form.
        return sitePage({ body: sentScreen({ parts: done.receipt.parts, kind, safeNow: 'unsure' }, g.t), path: '/' })
      }
      if (done.kind === 'busy') return form(g, 503, g.body, notNow('busy'))
      if (done.kind === 'closed') return form(g, 503, g.body, notNow('away'))
      return form(g, 409, { ...g.body, ...fresh(g) }, { '': { key: 'contact-public.error.sentBefore' } })
    } catch (e) {
      if (databaseAway(e)) return form(g, 503, g.body, notNow('away'))
      throw e
    }
  })
}
