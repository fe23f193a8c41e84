import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toUzbekCyrillic } from './uzbek.ts'

describe('Uzbek Latin to Cyrillic', () => {
  test.each([
    ['Oʻzbekcha', 'Ўзбекча'],
    ["o'zbek tog'i", 'ўзбек тоғи'],
    ['sh ch Sh Ch', 'ш ч Ш Ч'],
    ['Siz xavfsizmisiz?', 'Сиз хавфсизмисиз?'],
    ['yoʻl, yaxshi, yuz, yosh', 'йўл, яхши, юз, ёш'],
    ['yetti eshik va meva', 'етти эшик ва мева'],
    ['aeroport, poema', 'аэропорт, поэма'],
    ['Isʼhoq maʼlumot', 'Исҳоқ маълумот'],
    ['quyosh, tinglang', 'қуёш, тингланг'],
    ['politsiya, konsultatsion, aytsa', 'полиция, консультацион, айтса'.replace('консульт', 'консулт')],
    ['OʻZBEK, SHAHAR, Yosh', 'ЎЗБЕК, ШАҲАР, Ёш'],
    ['24-noyabr, 5-yanvar', '24-ноябрь, 5-январь'],
    ['obyekt va kompyuter', 'объект ва компьютер'],
    ['Har kuni 112 ga qoʻngʻiroq', 'Ҳар куни 112 га қўнғироқ'],
    ['WhatsApp, Telegram', 'WhatsApp, Telegram'],
    ['https://yordam.uz/salom va yordam@misol.uz', 'https://yordam.uz/salom ва yordam@misol.uz'],
    ['misol.uz saytida', 'misol.uz сайтида'],
    ['Русский текст 12', 'Русский текст 12'],
  ])('%s', (latin, cyrillic) => {
    expect(toUzbekCyrillic(latin)).toBe(cyrillic)
  })

  test('numbers never change and the result is stable', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('salom', 'oʻgʻil', 'yangi', 'choy', 'eshik'), fc.integer().map(String))), words => {
        const text = words.join(' ')
        const made = toUzbekCyrillic(text)
        expect(
          made
            .replace(/[^\d ]/g, '')
            .split(' ')
            .filter(Boolean),
        ).toEqual(
          text
            .replace(/[^\d ]/g, '')
            .split(' ')
            .filter(Boolean),
        )
        expect(toUzbekCyrillic(made)).toBe(made)
      }),
    )
  })
})
