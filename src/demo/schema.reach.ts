import type { Locale } from '../base/i18n.ts'
import type { Outreach } from '../prevention/schema.outreach.ts'
import type { PosterPlace } from '../prevention/schema.reach.ts'

/* Outreach that the demonstration invents: no child stands in a diary of outreach, and no person either. */

export type ToldOutreach = Omit<Outreach, 'id' | 'agencyId' | 'by' | 'version' | 'day'> & { readonly ago: number }
const post = { kind: 'post', audience: null, reached: null } as const
const event = { kind: 'event', community: '', text: '', hours: null, contacts: null } as const
export const outreachTold: readonly ToldOutreach[] = [
  {
    ...post,
    ago: 3,
    lang: 'tg',
    place: 'telegram',
    community: 'Объявления о работе, открытая группа',
    text: 'Если вам меньше восемнадцати и документ забрали «на хранение» — это не по закону. Можно спросить без имени: адрес страницы.',
    note: 'Администратор группы не против; повторить через две недели.',
    hours: 1.5,
    contacts: 4,
  },
  {
    ...post,
    ago: 9,
    lang: 'uz',
    place: 'vk',
    community: 'Сообщество земляков, открытые записи',
    text: 'Как проверить, не ловушка ли предложение работы: пять вопросов и страница, где можно вставить текст.',
    note: '',
    hours: 1,
    contacts: 2,
  },
  {
    ...post,
    ago: 16,
    lang: 'ru',
    place: 'game',
    community: 'Чат игры, общий канал',
    text: 'Если просят фото и обещают подарок — можно не отвечать и спросить нас.',
    note: 'Вопросы были, все общие.',
    hours: 2,
    contacts: 7,
  },
  {
    ...event,
    ago: 6,
    lang: 'ru',
    place: 'school',
    audience: 'teachers',
    reached: 18,
    note: 'Что замечает учитель; показали страницу для взрослых.',
  },
  {
    ...event,
    ago: 20,
    lang: 'tg',
    place: 'worship',
    audience: 'parents',
    reached: 25,
    note: 'После встречи оставили листовки на двух языках.',
  },
  { ...event, ago: 34, lang: 'fr', place: 'college', audience: 'child_15_17', reached: 12, note: 'Игра «чьё это предложение», спокойно.' },
]

export interface ToldPoster {
  readonly name: string
  readonly place: PosterPlace
  readonly lang: Locale
  /** About how often it is read in a week. */
  readonly weekly: number
}
export const postersTold: readonly ToldPoster[] = [
  { name: 'Рынок, доска у касс', place: 'market', lang: 'tg', weekly: 14 },
  { name: 'Школа вечерних курсов, второй этаж', place: 'school', lang: 'ru', weekly: 9 },
  { name: 'Поликлиника, коридор', place: 'clinic', lang: 'uz', weekly: 5 },
]

/** About how often pages are shown in a week, by page and language. */
export const weeklyTold: Readonly<Record<'home' | 'urgent' | 'chat' | 'check' | 'lesson' | 'story' | 'leaflet', number>> = {
  home: 160,
  urgent: 22,
  chat: 30,
  check: 55,
  lesson: 70,
  story: 40,
  leaflet: 6,
}
export const shareTold: readonly (readonly [Locale, number])[] = [
  ['ru', 0.4],
  ['tg', 0.22],
  ['uz', 0.2],
  ['ky', 0.1],
  ['fr', 0.05],
  ['en', 0.03],
]
