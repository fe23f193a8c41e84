import { type Errors, parseForm, type Values } from '../base/form.ts'
import { timesOf } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import { findCase } from '../case/store.ts'
import { newSeed } from '../contact/store.public.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { codeForm } from './schema.forms.ts'
import { codeFormScreen, codeShownScreen } from './screens.code.tsx'
import { codeOf, makeCode } from './store.code.ts'
import { liveCode } from './store.ts'

const crumbs = (a: Asked, c: CaseRow) => [
  { text: a.t('case.list.title'), href: '/cases' },
  { text: c.number, href: `/cases/${c.id}` },
  { text: a.t('follow-up.page.title'), href: `/cases/${c.id}/follow-up` },
]
const show = async (
  a: Asked,
  c: CaseRow,
  v: { values?: Values; errors?: Errors; status?: number; command?: string | null } = {},
): Promise<Answer> => {
  a.saw('follow-up.code', [c.id])
  const old = await liveCode(a, c.id, timesOf(a).today)
  return page({
    title: a.t('follow-up.code.title'),
    nav: 'cases',
    status: v.status ?? 200,
    breadcrumbs: crumbs(a, c),
    body: codeFormScreen(
      {
        action: a.to(`/cases/${c.id}/follow-up/code`),
        back: a.to(`/cases/${c.id}/follow-up`),
        number: c.number,
        command: v.command ?? newId(),
        // The words follow from the seed: a form sent twice shows the same ones.
        values: { language: a.t.locale, seed: newSeed(), ...v.values },
        errors: v.errors,
        replaces: old !== undefined,
      },
      a.t,
    ),
  })
}

/** Makes the child's code and shows its words once; they stand in no address, and nobody can show them again. */
export const registerFollowUpCode = (o: Office): void => {
  const url = '/cases/:caseId/follow-up/code'
  o.get(url, 'follow-up:code', async a => {
    const c = await findCase(a, a.params.caseId!)
    return c ? show(a, c) : hidden
  })
  o.post(url, 'follow-up:code', async a => {
    const parsed = parseForm(codeForm, a.body)
    const first = await findCase(a, a.params.caseId!)
    if (!first) return hidden
    if (!parsed.ok) {
      // A seed that was altered can be put right by nobody: a new one is as good.
      const { seed: _, ...typed } = parsed.values
      return show(a, first, { values: parsed.errors.seed ? typed : parsed.values, errors: parsed.errors, status: 422 })
    }
    const v = parsed.value
    const command = parsed.command ?? newId()
    const typed = { language: v.language, word: v.word, danger: v.danger ?? '' }
    const shown = (c: CaseRow): Answer => {
      a.saw('follow-up.code', [c.id])
      return page({
        title: a.t('follow-up.code.shownTitle'),
        nav: 'cases',
        breadcrumbs: crumbs(a, c),
        body: codeShownScreen({ ...codeOf(v.seed, v.language), language: v.language, back: a.to(`/cases/${c.id}/follow-up`) }, a.t),
      })
    }
    return once<Answer>(
      a,
      { command, content: { at: 'follow-up/code', value: v }, record: first.id },
      {
        fresh: async () => {
          const c = await findCase(a, first.id, true)
          if (!c) return { refused: hidden }
          const refuse = async (key: string) => ({ refused: await show(a, c, { values: typed, errors: { '': { key } }, status: 422 }) })
          try {
            const made = await makeCode(
              a,
              c,
              { id: command, endCommand: newId(), seed: v.seed, language: v.language, word: v.word, danger: v.danger ?? '' },
              timesOf(a).today,
            )
            if (made === 'made') return { saved: shown(c) }
            return refuse(`follow-up.error.code_${made}`)
          } catch (e) {
            if (e instanceof SealError && (e.message === 'no_key' || e.message === 'team_has_no_key'))
              return refuse(`follow-up.error.${e.message}`)
            throw e
          }
        },
        again: () => shown(first),
        clash: () => show(a, first, { values: typed, errors: savedOnce, status: 409 }),
      },
    )
  })
}
