import { parseForm } from '../base/form.ts'
import { type Guest, type Site, sitePage } from '../platform/site.ts'
import { checkMessage } from './rules.check-all.ts'
import { checkForm } from './schema.check-form.ts'
import { type CheckView, checkScreen } from './screens.check.tsx'

const page = (g: Guest, v: CheckView, status = 200) => {
  const data = g.lang === 'uz-Cyrl' ? 'uz' : g.lang
  return sitePage({ body: checkScreen(v, g.t), status, path: '/check', back: '/', scripts: [`check-${data}.js`, 'check.js'] })
}

/** "Check this message". With scripts nothing comes here; without them the message is read in memory, answered, and kept nowhere: no table, no log, no address. */
export const registerCheckPage = (site: Site): void => {
  site.get('/check', 'public:check', async g => page(g, {}))
  site.post('/check', 'public:check', async g => {
    const parsed = parseForm(checkForm, g.body)
    if (!parsed.ok) return page(g, { values: parsed.values, errors: parsed.errors }, 422)
    const text = parsed.value.text
    return page(g, { values: { text }, result: { text, checked: checkMessage(text) } })
  })
}
