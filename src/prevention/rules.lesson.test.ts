import fc from 'fast-check'
import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { keyT } from '../base/i18n.ts'
import { readText } from './rules.lesson.ts'
import { checkText } from './rules.lesson-check.ts'
import { type FaultCode, type LearnText, type Story, type TextKind, textKinds } from './schema.lesson.ts'
import { lessonScreen, storyScreen } from './screens.lesson.tsx'
import { quizScreen } from './screens.quiz.tsx'

const head = (audience = 'children_8_11') =>
  `---\ntitle: Проверка\nfor: ${audience}\ntopics: rights\nminutes: 2\nreviewed: false\nsources: Конвенция о правах ребёнка\n---\n`
const read = (kind: TextKind, body: string, top = head()) => readText(kind, 'slug', top + body, checkText)
const codes = (kind: TextKind, body: string, top?: string): FaultCode[] => [...new Set(read(kind, body, top).faults.map(f => f.code))]
const at = { t: keyT('ru'), href: (p: string) => `/ru${p}` }

/** Every page that a text can become. */
const pages = (text: LearnText): string[] => {
  if (text.kind === 'lessons') return [render(lessonScreen({ lesson: text, more: [text] }, at))]
  if (text.kind === 'stories') return text.nodes.map(node => render(storyScreen({ story: text, node }, at)))
  return [undefined, {}, { 0: 0, 1: 1 }].map(chosen => render(quizScreen({ quiz: text, chosen }, at)))
}
const ours =
  /^<\/?(article|section|div|h1|h2|h3|p|ul|ol|li|a|strong|form|fieldset|legend|label|input|button)(( (class|href|id|for|name|type|value|method|action|autocomplete|data-module|data-prevent-double-click)(="[^"<>]*")?)*)\/?>$/

const story = (nodes: string) => nodes
const good = story('## Один {#a}\n\nТекст.\n\n- [Да](#b)\n- [Нет](#c)\n\n## Два {#b end}\n\n> Хорошо.\n\n## Три {#c end}\n\n> Хорошо.\n')

describe('what is refused', () => {
  test.each([
    ['nothing above the text', 'lessons', 'Текст.', '', 'front_matter'],
    ['a key that nobody knows', 'lessons', 'Текст.', head().replace('minutes', 'minuts'), 'front_matter'],
    ['readers that do not exist', 'lessons', 'Текст.', head('everybody'), 'front_matter'],
    ['no source', 'lessons', 'Текст.', head().replace(/sources:.*/, 'sources: '), 'front_matter'],
    ['a tag', 'lessons', 'Это <b>жирно</b>.', undefined, 'markup'],
    ['a link that leaves', 'lessons', 'Смотри [тут](https://example.org).', undefined, 'outside_link'],
    ['a link with another scheme', 'lessons', 'Смотри [тут](javascript:alert(1)).', undefined, 'markup'],
    ['a link that looks like ours', 'lessons', 'Смотри [тут](//example.org/learn).', undefined, 'outside_link'],
    ['a bare address', 'lessons', 'Смотри https://example.org', undefined, 'outside_link'],
    ['a lost letter', 'lessons', 'Сло\ufffdо.', undefined, 'markup'],
    ['a choice in a lesson', 'lessons', '- [Да](#a)', undefined, 'choice_nowhere'],
    ['a choice that leads nowhere', 'stories', good.replace('#c)', '#d)'), undefined, 'choice_nowhere'],
    ['a place that nobody reaches', 'stories', `${good}\n## Четыре {#d end}\n\n> Хорошо.\n`, undefined, 'unreachable'],
    ['a place where it stops', 'stories', good.replace(' end', ''), undefined, 'dead_end'],
    ['an end that asks on', 'stories', good.replace('> Хорошо.', '> Хорошо.\n\n- [Дальше](#a)'), undefined, 'end_has_choices'],
    ['an end without a kind word', 'stories', good.replace('> Хорошо.', 'Конец.'), undefined, 'end_not_kind'],
    ['an end that blames', 'stories', good.replace('> Хорошо.', '> Ты сам виноват.'), undefined, 'blames'],
    ['the same place twice', 'stories', `${good}\n## Опять {#b end}\n\n> Хорошо.\n`, undefined, 'node_twice'],
    ['a heading without a place', 'stories', '## Один\n\nТекст.', undefined, 'node_id'],
    ['a story without places', 'stories', 'Текст.', undefined, 'no_nodes'],
    ['a word that hurts', 'lessons', 'Он жертва.', undefined, 'hurts'],
    ['questions without a good answer', 'quiz', '## Что?\n- [ ] А\n  Так.\n- [ ] Б\n  Так.', undefined, 'answers'],
    ['an answer that nobody explains', 'quiz', '## Что?\n- [x] А\n- [ ] Б\n  Так.', undefined, 'no_explanation'],
    ['no question', 'quiz', 'Текст.', undefined, 'no_questions'],
    ['a text of megabytes', 'lessons', 'а'.repeat(50_000), undefined, 'too_long'],
  ] as const)('%s', (_what, kind, body, top, code) => {
    expect(codes(kind, body, top)).toContain(code)
    expect(read(kind, body, top).text).toBeUndefined()
  })

  test('a sentence too long for its readers is shown and told', () => {
    const long = `${'слово '.repeat(20)}.`
    expect(codes('lessons', long)).toEqual(expect.arrayContaining(['sentence_long', 'sentences_long']))
    expect(read('lessons', long).text).toBeDefined()
    expect(codes('lessons', long, head('teachers'))).not.toContain('sentence_long')
  })

  test('“it is not your fault” is no blame, in any language', () => {
    for (const words of [
      'Ты не виноват.',
      'Виноват тот, кто угрожает.',
      'It is not your fault.',
      'Bu sening aybing emas.',
      'Бул сенин күнөөң эмес.',
      'Ин гуноҳи ту нест.',
      'Ce n’est pas ta faute.',
    ])
      expect(codes('lessons', words)).toEqual([])
    for (const words of [
      'Сам виноват.',
      'It is your own fault.',
      'Bu sening aybing.',
      'Бул сенин күнөөң.',
      'Ин гуноҳи ту аст.',
      'C’est ta faute.',
    ])
      expect(codes('lessons', words)).toEqual(['blames'])
  })
})

describe('whatever stands in a file', () => {
  const pieces = fc.constantFrom(
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<b>)',
    '[x](https://example.org)',
    '[x](//example.org)',
    '[x](/\\example.org)',
    '[x](/learn/../../etc)',
    '[x](/learn" onclick="alert(1))',
    '![x](/a.png)',
    '[<script>](/write)',
    '**<b onclick=x>**',
    '<a href="https://example.org">',
    '&lt;script&gt;&#60;script&#62;',
    '"><script>',
    "' onmouseover='alert(1)",
    '`code`',
    '\n## Место {#a}\n',
    '\n## Место {#b end}\n',
    '\n> **слово** [чат](/write)\n',
    '\n- [Да](#a)\n- [Нет](#b)\n',
    '\n- [x] Да\n  Так.\n- [ ] Нет\n  Так.\n',
    '\n1. раз\n2. два\n',
    '\n### <u>\n',
    'слово ',
    '\u0000',
    '\u2028',
  )
  const bodies = fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 14 }).map(a => a.join(''))

  test('reading never throws, and no page has a tag, an attribute or an address that is not ours', () => {
    let shown = 0
    fc.assert(
      fc.property(fc.constantFrom(...textKinds), bodies, fc.string({ maxLength: 20 }), (kind, body, title) => {
        // Without the check too: what it would keep off the site must be harmless even if it came there.
        for (const source of [head() + body, head().replace('Проверка', `Имя ${title.replace(/\n/g, '')}`) + body, body]) {
          const r = readText(kind, 'slug', source)
          if (!r.text) continue
          shown += 1
          for (const html of pages(r.text)) {
            for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).toMatch(ours)
            for (const [, to = ''] of html.matchAll(/(?:href|action|src)="([^"]*)"/g)) expect(to).toMatch(/^\/ru\/[a-z0-9/]*$/)
          }
        }
      }),
      { numRuns: 1500 },
    )
    expect(shown).toBeGreaterThan(200)
  })

  test('markup that slipped into a tree stays text', () => {
    const bad = '<script>alert(1)</script>" onclick="x'
    const text: Story = {
      kind: 'stories',
      slug: 'a',
      about: { title: bad, for: ['parents'], topics: ['rights'], minutes: 1, reviewed: false, sources: [bad] },
      nodes: [
        {
          id: 'a',
          title: bad,
          end: false,
          blocks: [{ kind: 'list', ordered: true, items: [[{ kind: 'bold', text: bad }]] }],
          choices: [{ text: bad, to: 'a' }],
        },
      ],
    }
    for (const html of pages(text)) for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).toMatch(ours)
  })
})
