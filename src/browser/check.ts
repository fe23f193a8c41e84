import { languagesIn, makeChecker } from '../prevention/rules.check.ts'
import type { Checked, LanguageSigns } from '../prevention/schema.check.ts'

// "Check this message" on the device: the message is read here, and sent, stored and logged nowhere. Without this file the form does the same on the server.

const root = document.querySelector<HTMLElement>('[data-check]')
const form = root?.querySelector('form')
const field = form?.querySelector('textarea')
const result = document.getElementById('check-result')
const parts = document.querySelector<HTMLTemplateElement>('#check-parts')

const loaded = () => (globalThis as { dvSigns?: LanguageSigns[] }).dvSigns ?? []
/** The signs of further languages that the message may be in. What cannot be fetched is done without: the page's own language is there. */
const load = async (languages: readonly string[]): Promise<void> => {
  for (const l of languages) if (!loaded().some(s => s.lang === l)) await import(`/assets/check-${l}.js`).catch(() => undefined)
}
const part = (selector: string): HTMLElement | undefined => {
  const found = parts?.content.querySelector<HTMLElement>(selector)
  return found ? (found.cloneNode(true) as HTMLElement) : undefined
}

const show = (text: string, checked: Checked): void => {
  if (!result) return
  const nodes: (HTMLElement | undefined)[] = [part(`[data-advice="${checked.advice}"]`)]
  if (checked.compatriot) nodes.push(part('[data-part="compatriot"]'))
  if (checked.signs.length > 0) {
    const found = part('[data-part="found"]')
    const quote = found?.querySelector('.dv-pasted')
    let at = 0
    const spans = checked.signs.flatMap(s => s.spans).sort((a, b) => a.from - b.from)
    for (const s of spans) {
      const from = Math.max(at, s.from)
      if (s.to <= from) continue
      const mark = document.createElement('mark')
      mark.textContent = text.slice(from, s.to)
      quote?.append(text.slice(at, from), mark)
      at = s.to
    }
    quote?.append(text.slice(at))
    for (const s of checked.signs) {
      const item = part(`[data-sign="${s.id}"]`)
      const words = item?.querySelector('[data-words]')
      if (words) words.textContent = s.words.join(' … ')
      if (item) found?.querySelector('.dv-steps')?.append(item)
    }
    nodes.push(found)
  }
  result.replaceChildren(...nodes.filter(n => n !== undefined))
  copyButtons(result)
  result.focus()
  result.scrollIntoView()
}

/** A phrase to send is copied by a touch; without scripts it can be selected. */
const copyButtons = (within: ParentNode): void => {
  for (const button of within.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    if (!navigator.clipboard) continue
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.parentElement?.querySelector('[data-phrase]')?.textContent?.trim() ?? '')
      button.textContent = button.dataset.copied ?? ''
    })
  }
}

form?.addEventListener('submit', async event => {
  const text = field?.value.trim() ?? ''
  // An empty form is answered by the server, which says what is missing.
  if (text === '' || !parts) return
  event.preventDefault()
  await load(languagesIn(text))
  show(text, makeChecker(loaded()).check(text))
})
if (result) copyButtons(result)
