import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandOf, guessLanguage, noPace, ofOneChat, pace, pieces } from './rules.ts'
import { telegramUpdate, vkEvent } from './stub.testing.ts'
import { messengerWorld } from './world.testing.ts'

let w: Awaited<ReturnType<typeof messengerWorld>>
beforeAll(async () => {
  w = await messengerWorld()
}, 90_000)
afterAll(() => w?.end())

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '{link}',
    "'{",
    '/start@bot',
    '/',
    `/${'ru'.repeat(50)}`,
    '<script>alert(1)</script>',
    'а'.repeat(5000),
    '%s%00',
    '‮‏',
  ),
)
const anything = fc.anything({ withBigInt: false, withDate: true, withNullPrototype: true, maxDepth: 4 })

describe('whatever comes', () => {
  test('hostile updates never stop the process, and nothing of them is logged', async () => {
    let n = 1
    const update = fc.oneof(
      anything,
      fc.record({ update_id: anything, message: anything }),
      fc
        .tuple(nasty, fc.integer({ min: 1, max: 9 }), anything)
        .map(([text, chat, more]) => telegramUpdate(n++, chat, { text, extra: more })),
      fc
        .tuple(anything, nasty)
        .map(([from, text]) => ({ update_id: n, message: { message_id: n++, chat: { id: 5, type: 'private' }, from, text } })),
      fc
        .tuple(nasty, nasty)
        .map(([name, handle]) =>
          telegramUpdate(n++, 9_000 + n, { text: 'слово' }, { first_name: name, username: handle, language_code: name }),
        ),
      fc.tuple(nasty, anything, nasty).map(([text, attachments, payload]) => vkEvent(n++, 9, { text, attachments, payload })),
      nasty.map(text => vkEvent(n++, 10_000 + n, { text, fwd_messages: [{ text }] })),
    )
    await fc.assert(
      fc.asyncProperty(update, async raw => {
        for (const a of w.adapters) await w.bot.take(a, raw)
      }),
      { numRuns: 300 },
    )
    expect(w.logs).toEqual([])
    // The bot still answers.
    await w.bot.take(w.adapters[0], telegramUpdate(100_000, 555, { text: 'живой?' }))
    expect(w.tg.sent.some(s => s.chat === '555')).toBe(true)
  }, 60_000)
})

describe('rules', () => {
  test('pieces lose nothing, are short enough and never empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.integer({ min: 10, max: 100 }), (text, limit) => {
        const parts = pieces(text, limit)
        expect(parts.every(p => p.length > 0 && p.length <= limit)).toBe(true)
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })
  test('so many a minute are taken, one is told, the rest is passed over; the next minute is new', () => {
    let p = noPace
    const verdicts: string[] = []
    for (let i = 0; i < ofOneChat.minute + 3; i++) {
      const r = pace(p, 60_000, ofOneChat)
      p = r.next
      verdicts.push(r.verdict)
    }
    expect(verdicts.slice(ofOneChat.minute - 1)).toEqual(['take', 'tell', 'ignore', 'ignore'])
    expect(pace(p, 120_000, ofOneChat).verdict).toBe('take')
  })
  test.each([
    ['Ман кӯмак мехоҳам', 'ru', 'tg'],
    ['Менга ёрдам керак, мен қўрқяпман', undefined, 'uz-Cyrl'],
    ['Мага жардам керек, үйдө эмесмин', undefined, 'ky'],
    ['Menga yordam kerak', undefined, 'uz'],
    ['Bonjour, je suis seul', undefined, 'fr'],
    ['hello', undefined, 'en'],
    ['hello', 'ky', 'ky'],
    ['привет', undefined, 'ru'],
  ] as const)('%s → %s, %s', (text, hint, language) => expect(guessLanguage(text, hint)).toBe(language))
  test.each([
    ['/start', { kind: 'start' }],
    ['/start abc', { kind: 'start' }],
    ['/tg@some_bot', { kind: 'language', language: 'tg' }],
    ['/uz-cyrl', { kind: 'language', language: 'uz-Cyrl' }],
    ['/stop', undefined],
    ['start', undefined],
  ] as const)('%s', (text, command) => expect(commandOf(text)).toEqual(command))
})
