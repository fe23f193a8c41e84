import type { Locale } from '../base/i18n.ts'
import type { PhraseId } from '../contact/schema.desk-phrases.ts'
import type { CloseReason, SafeNow, Urgency } from '../contact/schema.ts'

/* Conversations that the demonstration invents: who wrote by which door, and what the desk has done with it so far. */

/** What the desk did, in this order; absent: nobody has read it yet. */
export interface DeskWork {
  readonly urgency?: readonly [Urgency, string]
  /** An answer made of ready sentences. */
  readonly answer?: readonly PhraseId[]
  readonly remark?: string
  readonly mine?: true
  readonly block?: readonly [days: number, reason: string]
  readonly close?: readonly [CloseReason, string]
  /** Somebody opened the emergency card on it, and somebody has it. */
  readonly life?: true
}
export interface Talk {
  readonly door: 'chat' | 'concern' | 'telegram'
  /** With the door, one of its kind: by these two a second try finds what the first has done. */
  readonly language: Locale
  readonly safeNow: SafeNow
  readonly text: string
  /** What the sender added, before the desk answered. */
  readonly more?: string
  readonly answers?: Readonly<Record<string, string>>
  readonly desk?: DeskWork
}

export const talks: readonly Talk[] = [
  {
    door: 'chat',
    language: 'tg',
    safeNow: 'no',
    text: 'Салом. Ман понздаҳсолаам. Дар бозор кор мекунам, шиносномаамро соҳибкор гирифтааст.',
    more: 'Дирӯз модарам занг зад, телефонро гирифт. Ҳоло дар анбор ҳастам, дар баста аст.',
    desk: {
      urgency: ['now', 'Пятнадцать лет, документ у хозяина, сегодня заперт на складе.'],
      answer: ['hello', 'believe', 'place'],
      remark: 'Пишет по-таджикски. Переводчик — Щегол; земляков из Куляба не звать.',
      mine: true,
      life: true,
    },
  },
  {
    door: 'chat',
    language: 'uz',
    safeNow: 'unsure',
    text: 'Assalomu alaykum. Akam bilan keldik, u ishda. Maktabga bormayman, pasportim xo‘jayinda. Yozsam bo‘ladimi?',
  },
  {
    door: 'chat',
    language: 'ru',
    safeNow: 'yes',
    text: 'Мне тринадцать. Человек из игры просит ещё фотографию и говорит, что иначе покажет всем в классе.',
    more: 'Маме не говорила.',
    desk: {
      urgency: ['today', 'Тринадцать лет, шантаж фотографией; сейчас одна дома, мама вечером.'],
      answer: ['thanks', 'blackmailFault', 'blackmailStop', 'blackmailKeep'],
      remark: 'Отвечает коротко. Завтра после школы — психолог, если захочет.',
      mine: true,
    },
  },
  {
    door: 'chat',
    language: 'en',
    safeNow: 'yes',
    text: 'hi, is this a real person? just trying it out',
    desk: { answer: ['hello', 'again'], close: ['testing', 'Пробует, как это работает. Сказали, что можно вернуться.'] },
  },
  {
    door: 'concern',
    language: 'fr',
    safeNow: 'not_asked',
    text: 'Je suis une voisine. Dans l’appartement d’en face, une fille d’environ quatorze ans garde trois petits toute la journée. Elle ne va pas à l’école.',
    desk: { urgency: ['week', 'Соседка; о ребёнке известно мало, прямой опасности не названо.'], answer: ['thanks'] },
  },
  {
    door: 'concern',
    language: 'ru',
    safeNow: 'not_asked',
    text: 'Опять шумят этажом выше. Пишу вам каждый день, сделайте что-нибудь.',
    desk: { block: [7, 'Каждый день одно и то же о шуме; о ребёнке ничего. Спросили дважды.'] },
  },
  {
    door: 'telegram',
    language: 'ru',
    safeNow: 'not_asked',
    text: 'Здравствуйте. Друга увезли на стройку, обещали вернуть к сентябрю. Ему пятнадцать, трубку не берёт.',
    desk: {
      urgency: ['today', 'Пятнадцать лет, связи с сентября нет; пишет друг, тоже подросток.'],
      answer: ['hello', 'noName'],
      remark: 'Позвать на страницу: мессенджер читает тот, кто его держит.',
    },
  },
]
