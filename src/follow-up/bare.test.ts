import { expect, test } from 'vitest'
import { exitAddress } from '../base/components/exit.tsx'
import { publicLocales } from '../base/i18n.ts'
import { wordsFor } from '../platform/words.ts'
import { dayScreenHtml } from './screens.testing.tsx'

/* Whoever holds the child's phone learns from the page nothing of who asks, and it leads nowhere that would tell. */

/** Our name, what we are there for, and help: in every language of the site. */
const telling = [
  /doverie|доверие|duverie/i,
  /trafick|traffic|торговл|traite|odam savdosi|одам савдоси|адам сат|савдои одам/i,
  /\bhelp|помощ|помоч|yordam|ёрдам|жардам|ёрӣ|кӯмак|\baide\b|\baider|assist/i,
  /victim|жертв|jabr|жабр|zararlan|ҷабр/i,
  /child protection|police|полици|polits|милиц|опек/i,
]
const linksOf = (html: string) => [...html.matchAll(/<a\s[^>]*href="([^"]*)"/g)].map(m => m[1]!)

test('no page of the check-in says whose it is or what it is about, in any language', async () => {
  for (const lang of publicLocales) {
    const t = wordsFor(lang)
    const neutral = t('base.public.neutralTitle')
    for (const which of ['day', 'wrong', 'done', 'help'] as const) {
      const html = dayScreenHtml(t, which)
      // The one button by which a child asks for it.
      const shown = html.replaceAll(t('follow-up-public.ask.help'), '').replaceAll('value="help"', '')
      expect([lang, which, telling.map(word => word.exec(shown)?.[0]).filter(Boolean)]).toEqual([lang, which, []])
      expect(html).toContain(`<title>${neutral}</title>`)
      expect(neutral).not.toMatch(telling[0]!)
      expect(html).toContain('<link rel="icon" href="data:,"')
      // Skip links stay on the page; everything else is the exit or the same page in another language.
      const away = linksOf(html).filter(h => !h.startsWith('#') && h !== exitAddress && !/^\/[a-zA-Z-]+\/day$/.test(h))
      expect([lang, which, away]).toEqual([lang, which, []])
      expect(linksOf(html)).toContain(exitAddress)
      expect(publicLocales.filter(l => l !== lang).every(l => linksOf(html).includes(`/${l}/day`))).toBe(true)
    }
  }
})
