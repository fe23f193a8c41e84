import { render } from 'preact-render-to-string'
import { doctype, PublicShell } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { dayDoneScreen, dayScreen } from './screens.public.tsx'

const values = { words: 'x', word: 'y', id: '00000000-0000-4000-8000-000000000001' }

/** The child's pages behind the door, as the public process renders them. */
export const dayScreenHtml = (t: T, which: 'day' | 'wrong' | 'done' | 'help'): string => {
  const wrong = { safe: { key: 'follow-up-public.error.choice' }, line: { key: 'follow-up-public.error.long' } }
  const body =
    which === 'day' || which === 'wrong'
      ? dayScreen({ values: { ...values, slept: '4' }, errors: which === 'wrong' ? wrong : {} }, t)
      : dayDoneScreen({ help: which === 'help' }, t)
  return (
    doctype +
    render(
      <PublicShell view={{ path: '/day', bare: true, demo: true }} t={t}>
        {body}
      </PublicShell>,
    )
  )
}
