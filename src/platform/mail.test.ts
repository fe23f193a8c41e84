import { expect, test } from 'vitest'
import { noticeTemplates, noticeText } from './mail.ts'

test('the notices are a closed set, and no word of a person stands in them', () => {
  const all = noticeTemplates.flatMap(t => (['ru', 'en'] as const).map(l => [`${t} ${l}`, noticeText(t, l)] as const))
  expect(Object.fromEntries(all)).toMatchInlineSnapshot(`
    {
      "page en": {
        "subject": "Doverie: please sign in",
        "text": "Please sign in as soon as you can.

    There is no need to reply to this message.",
      },
      "page ru": {
        "subject": "Доверие: пожалуйста, войдите",
        "text": "Пожалуйста, войдите в систему как можно скорее.

    На это письмо не нужно отвечать.",
      },
      "test en": {
        "subject": "Doverie: a test message",
        "text": "This is a test: messages reach you. There is nothing to do.

    There is no need to reply to this message.",
      },
      "test ru": {
        "subject": "Доверие: проверка связи",
        "text": "Это проверка: сообщения до вас доходят. Делать ничего не нужно.

    На это письмо не нужно отвечать.",
      },
    }
  `)
  // Words take no argument, so there is nothing to put a name into.
  for (const [, words] of all)
    expect(`${words.subject} ${words.text}`).not.toMatch(/[{}%$]|https?:|\d|@|child|case|danger|ребён|дел[оае]\b|опасн/i)
})
