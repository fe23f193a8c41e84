import { readFileSync } from 'node:fs'
import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { WordsProvider } from '../base/components/index.tsx'
import { argumentNames, catalogueLocales, flatten, isLocale, locales, type Tree } from '../base/i18n.ts'
import { wordsFor } from '../platform/words.ts'
import type { ReceiptProblem } from './rules.receipt-read.ts'
import { defaultHours } from './schema.chat.ts'
import { noAnswer, receiptErrors } from './schema.public-form.ts'
import { busyScreen, exitScreen, homeScreen, howScreen, notFoundScreen, safetyScreen, urgentScreen } from './screens.public.tsx'
import { chatScreen } from './screens.public-chat.tsx'
import { addedScreen, backScreen, endedScreen, readScreen, reportScreen, sentScreen, talkScreen } from './screens.public-talk.tsx'

const file = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
const lines = file('content/helplines.json') as {
  id: string
  country: string
  number: string
  names: Record<string, string>
  hours: Record<string, string>
  source: string[]
  verifiedOn: string | null
  always: boolean
}[]
const id = '7d0b5c1e-2f64-4b8e-9a51-0c6f2b1d9e01'
const secretText = 'the child wrote exactly this'
const problems: ReceiptProblem[] = [
  { code: 'empty' },
  { code: 'too_long' },
  { code: 'word_count', found: 7 },
  { code: 'digit_count', found: 21 },
  { code: 'wrong_words', words: [{ position: 2, typed: 'рза', candidates: [] }] },
  { code: 'wrong_words', words: [{ position: 2, typed: 'рза', candidates: ['роза', 'коза'] }] },
  {
    code: 'wrong_words',
    words: [
      { position: 2, typed: 'a', candidates: [] },
      { position: 4, typed: 'b', candidates: [] },
    ],
  },
]
type View = (t: ReturnType<typeof wordsFor>) => ReturnType<typeof homeScreen>
const hidden = { submission: id, seed: 'ab'.repeat(32), language: 'ru' }
const answers = [{ id, at: '2026-11-24T07:15:00.000Z', text: 'We are here.\nWrite again.' }]
const key = (name: string) => ({ key: `contact-public.error.${name}` })
const away = { now: 'away', busy: false, waiting: 'minutes', opens: { day: 2, today: false, minute: 545 } } as const
const screens: Record<string, View> = {
  home: homeScreen,
  urgent: t => urgentScreen({ numbers: lines }, t),
  safety: safetyScreen,
  how: howScreen,
  notFound: notFoundScreen,
  busy: busyScreen,
  exit: t => exitScreen({ exitHref: 'https://example.org/' }, t),
  chat: t => chatScreen({ values: hidden, state: away, hours: defaultHours, numbers: lines.filter(l => l.always), list: 'ru' }, t),
  chatAgain: t =>
    chatScreen(
      {
        values: { ...hidden, text: secretText, about: 'work' },
        errors: { text: key('textLong'), about: key('choice'), '': key('formOld') },
        state: { now: 'here', busy: true, waiting: 'minutes', opens: undefined },
        hours: [[0, 1440], null, null, null, null, null, [540, 725]],
        numbers: [],
        list: 'digits',
      },
      t,
    ),
  report: t => reportScreen({ values: hidden }, t),
  reportAgain: t =>
    reportScreen(
      {
        values: { ...hidden, text: secretText },
        errors: { text: key('textLong'), where: key('whereLong'), '': key('formOld'), safeNow: key('choice') },
      },
      t,
    ),
  reportBinary: t => reportScreen({ values: hidden, errors: { text: key('textBinary') } }, t),
  sentWords: t => sentScreen({ parts: ['кот', 'дом'], kind: 'words', safeNow: 'no' }, t),
  sentDigits: t => sentScreen({ parts: ['1234', '5678'], kind: 'digits', safeNow: 'unsure' }, t),
  back: t => backScreen({}, t),
  backNothing: t => backScreen({ values: { words: 'x' }, errors: noAnswer }, t),
  talk: t => talkScreen({ answers, words: 'a b', addCommand: id, readCommand: id }, t),
  talkEmpty: t =>
    talkScreen(
      { answers: [], words: 'a b', addCommand: id, readCommand: id, values: { text: 'x' }, errors: { text: key('textMissing') } },
      t,
    ),
  added: t => addedScreen({ words: 'a b' }, t),
  read: t => readScreen({ words: 'a b' }, t),
  ended: endedScreen,
}
problems.forEach((problem, n) => {
  screens[`backWrong${n}`] = t => backScreen({ values: { words: 'x' }, errors: receiptErrors(problem) }, t)
})

const html = (name: string, locale: (typeof locales)[number]) => {
  const t = wordsFor(locale)
  // What only a device brings onto the page is looked at in the browser's test.
  return render(<WordsProvider value={t}>{screens[name]!(t)}</WordsProvider>).replace(/<template[\s\S]*?<\/template>/g, '')
}

describe.each(locales.filter(isLocale))('public screens in %s', locale => {
  test.each(Object.keys(screens))('%s: complete, no script, no style, every control has a label', name => {
    const page = html(name, locale)
    expect(page).not.toMatch(/<script|\sstyle=|\son[a-z]+=|<img/)
    expect(page).not.toMatch(/contact-public\.|chat\.[a-z]+|base\.[a-z]+\./)
    expect(page.match(/<h1/g)).toHaveLength(1)
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(m => m[1])
    expect(new Set(ids).size).toBe(ids.length)
    const labelled = new Set([...page.matchAll(/<label[^>]*\sfor="([^"]+)"/g)].map(m => m[1]))
    for (const [control] of page.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
      if (/type="hidden"/.test(control)) continue
      expect(labelled).toContain(/\sid="([^"]+)"/.exec(control)?.[1])
    }
    for (const [, href] of page.matchAll(/<a[^>]*\shref="([^"]+)"/g)) {
      expect(href).toMatch(new RegExp(`^((?:/h)?/${locale}/[a-z/]*|#[a-z-]+[\\w-]*|tel:\\+?\\d+|https://example.org/)$`))
    }
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })
})

describe('what the pages say', () => {
  test('a child is never shown the word "trafficking", and nobody is blamed', () => {
    for (const locale of catalogueLocales) {
      const words = Object.values(flatten('contact-public', file(`locales/${locale}/contact-public.json`) as Tree))
        .join(' ')
        .toLowerCase()
      expect(words).not.toMatch(/traffick|торговл|жертв|нелегал|victim|illegal|беспризор|savdosi|traite des/)
    }
  })
  test('before the first word stands what stays, what goes on and to whom', () => {
    const page = html('report', 'en')
    expect(page.indexOf('stays between you')).toBeLessThan(page.indexOf('<form'))
    expect(page).toMatch(/doctors, the police or the child protection office/)
  })
  test('an answer page shows the answer as text, and a form shown again keeps what was typed', () => {
    expect(html('talk', 'en')).toContain('Write again.')
    expect(html('reportAgain', 'en')).toContain(secretText)
  })
  test('every language has the same keys and arguments, and only ru and en claim to be reviewed', () => {
    const english = flatten('contact-public', file('locales/en/contact-public.json') as Tree)
    for (const locale of catalogueLocales) {
      const raw = file(`locales/${locale}/contact-public.json`)
      const own = flatten('contact-public', raw as Tree)
      expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort())
      for (const [name, message] of Object.entries(own))
        expect([name, argumentNames(message)]).toEqual([name, argumentNames(english[name]!)])
      expect(raw._reviewed).toBe(locale === 'ru' || locale === 'en' ? undefined : false)
    }
  })
  test.each(['ru', 'en'] as const)('%s is written in short sentences', locale => {
    const all = Object.entries(flatten('contact-public', file(`locales/${locale}/contact-public.json`) as Tree)).filter(
      ([name]) => !name.includes('.error.'),
    )
    const lengths = all.flatMap(([, text]) => text.split(/[.!?:]+(?:\s|$)/).filter(Boolean)).map(s => s.trim().split(/\s+/).length)
    expect(lengths.reduce((a, b) => a + b, 0) / lengths.length).toBeLessThan(12)
    // The one long sentence says what must be passed on, to whom, and that we tell first.
    expect(lengths.filter(n => n > 18).length).toBeLessThanOrEqual(1)
  })
})

describe('helplines', () => {
  test('112 stands always; every other waits for somebody who verifies it, and names its source', () => {
    expect(lines.filter(l => l.always).map(l => l.number)).toEqual(['112'])
    for (const line of lines) {
      expect(line.verifiedOn).toBeNull()
      expect(line.always || line.source.length > 0).toBe(true)
      expect(Object.keys(line.names).sort()).toEqual([...catalogueLocales].sort())
      expect(line.number).toMatch(/^[+\d][\d -]*$/)
    }
    expect(new Set(lines.map(l => l.id)).size).toBe(lines.length)
  })
})

test('a number of another country stands under the name of its country, apart from those that ring here', () => {
  const shown = html('urgent', 'en')
  const apart = shown.indexOf('<details')
  for (const l of lines) if (l.number !== '117') expect(shown.indexOf(`>${l.number}<`) < apart, l.number).toBe(l.country === 'RU')
  expect(shown.slice(apart)).toContain('Kyrgyzstan')
})
