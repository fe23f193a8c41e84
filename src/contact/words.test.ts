import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { foldWord, oneMistake } from './rules.receipt-read.ts'

const read = (lang: 'ru' | 'en') => readFileSync(new URL(`../../content/words/${lang}.txt`, import.meta.url), 'utf8')
const alphabet = { ru: /^[а-яё]{4,8}$/, en: /^[a-z]{4,8}$/ }
/** A receipt is numbers that stand for places in these lists: a list that changes after the first child has written locks that child out. */
const digest = {
  ru: '6f3ffa98eb1036c4ede107b58a7863dd0962a3810bcd1642df3e601f5d920d56',
  en: 'd6d82ddd323824911774f6653b1b0e26f96d29f5ff8539388d53d6231b48ff41',
}

/** Words that must not stand on a page which a child reads and somebody else may see: beginnings, and whole words where a beginning would catch a harmless one. */
const denied = {
  ru: {
    starts:
      'убий убит смерт мертв труп кров оруж пистол автомат взрыв бомб войн солдат тюрьм полиц паспорт виз мигрант граница депорт раб слуг прода куп деньг долг торг груз вербов побег похищ украд кража вор бить бьёт драк боль плач слез страх ужас кошмар призрак демон дьявол чёрт ведьм змея паук крыс таракан акул волк секс голый груд попа задн поцел любов наркот таблет шприц водк пив вино сигар курит алкогол церк мечет храм икон крест молит бог ангел аллах поп мулл партия выбор президент нацист фашист еврей цыган таджик узбек киргиз русск негр хач чурк чёрн белый голуб дурак глуп тупой урод жирн толст петух козёл осёл баран свин коров обезьян сука'.split(
        ' ',
      ),
    except: [
      'баранка',
      'большой',
      'визит',
      'виноград',
      'воробей',
      'воротник',
      'выбор',
      'голубец',
      'голубика',
      'коровка',
      'попкорн',
      'попугай',
    ],
  },
  en: {
    starts:
      'kill murder death dead blood weapon pistol rifle bomb war soldier prison police passport visa migrant border deport slave servant sell buy money debt traffic smuggl escape kidnap steal thief beat hurt pain fear scare horror ghost devil demon witch snake spider shark sex naked nude kiss breast drug pill syringe vodka beer wine cigar church mosque temple cross pray god angel allah priest party vote president nazi jew gyps negro black white fool stupid idiot ugly fat dumb slut whore bitch secret trap bait cage chain rope knife'.split(
        ' ',
      ),
    except: ['crossing', 'jewel', 'paint', 'pillar', 'warbler', 'wardrobe', 'warm', 'warmth'],
  },
} as const

describe.each(['ru', 'en'] as const)('word list %s', lang => {
  const text = read(lang)
  const words = text.trimEnd().split('\n')

  test('has 2,048 different words in a fixed order', () => {
    expect(words).toHaveLength(2048)
    expect(new Set(words.map(foldWord)).size).toBe(2048)
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest[lang])
  })
  test('has short lower-case words of one alphabet', () => {
    expect(words.filter(w => !alphabet[lang].test(w))).toEqual([])
  })
  test('has no two words one mistake apart, so that a slip never makes another word', () => {
    const folded = words.map(foldWord)
    const near: string[] = []
    for (let a = 0; a < folded.length; a++) {
      for (let b = a + 1; b < folded.length; b++) {
        const [x, y] = [folded[a] ?? '', folded[b] ?? '']
        if (Math.abs(x.length - y.length) < 2 && oneMistake(x, y)) near.push(`${x} ${y}`)
      }
    }
    expect(near).toEqual([])
  })
  test('has no word that frightens, offends or gives away', () => {
    const { starts, except } = denied[lang]
    const allowed = new Set<string>(except)
    expect(words.filter(w => !allowed.has(w) && starts.some(s => w.startsWith(s)))).toEqual([])
  })
})
