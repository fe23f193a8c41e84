import { addDays, type Day } from '../base/time.ts'
import { person } from './rules.people.ts'
import type { DemoArrival, DemoCase, DemoName, DemoPerson } from './schema.ts'

/* The same child written down more than once: by two teams of one agency, and by another agency, each as they heard the name. */

export const sameChildPlaces = ['intake', 'support', 'harbour'] as const
export type SameChildPlace = (typeof sameChildPlaces)[number]
/** One record of such a child. `linked`: somebody has compared it with the record before and found that it is one child. */
export interface SameChild {
  /** The same for all records of one child. */
  readonly child: string
  readonly place: SameChildPlace
  readonly linked: boolean
  readonly arrival: DemoArrival
}

const name = (script: DemoName['script'], given: string, family: string): DemoName => ({
  style: script === 'cyrl' ? 'own' : 'plain',
  script,
  given,
  family,
  patronymic: '',
})
interface Told {
  readonly place: SameChildPlace
  readonly linked?: true
  readonly name: DemoName
  readonly age: string
  readonly ago: number
  readonly text: string
  readonly danger: DemoCase['danger']
}
const jamshed: readonly Told[] = [
  {
    place: 'support',
    name: name('cyrl', 'Ҷамшед', 'Раҳимзода'),
    age: '15 лет',
    ago: 40,
    danger: 'concern',
    text: 'Привела учительница вечерних курсов. Говорит мало, боится, что отправят одного.',
  },
  {
    place: 'intake',
    name: name('cyrl', 'Джамшед', 'Рахимзода'),
    age: '15 лет',
    ago: 3,
    danger: 'concern',
    text: 'Пришёл сам, с рынка. Имя записано со слов, документа нет.',
  },
  {
    place: 'harbour',
    name: name('latn', 'Dzhamshed', 'Rahimzoda'),
    age: '15 лет',
    ago: 90,
    danger: 'none',
    text: 'Ночевал в приюте четыре дня, ушёл утром, вещи оставил. Имя списано с карточки.',
  },
]
const madina: readonly Told[] = [
  {
    place: 'support',
    name: name('cyrl', 'Мадина', 'Саидова'),
    age: '14 лет',
    ago: 70,
    danger: 'none',
    text: 'Живёт у тёти, ходит в школу. Встречи по средам.',
  },
  {
    place: 'intake',
    linked: true,
    name: name('latn', 'Madina', 'Saidova'),
    age: '14 лет',
    ago: 20,
    danger: 'concern',
    text: 'Позвонила школа: неделю не приходит. Имя — как в школьном списке.',
  },
]

const from = { country: 'Таджикистан', region: 'Хатлонская область', district: 'Бохтар' }
const arrivalOf = (key: string, n: number, t: Told, sex: DemoPerson['sex'], today: Day): DemoArrival => {
  const opened = addDays(today, -t.ago)
  const p: DemoPerson = {
    ...person('same-child', n, today),
    sex,
    origin: 'tajikistan',
    nationality: 'TJ',
    names: [t.name],
    ageSaid: t.age,
    from,
    languages: ['таджикский', 'русский, немного'],
    tongue: 'tg',
  }
  const base = { compartment: 'summary', language: 'ru', source: 'worker', interpreter: 'none', happened: '', paperBy: '' } as const
  return {
    key,
    kind: 'alone',
    door: 'walk_in',
    day: opened,
    shared: t.text,
    safeNow: 'unsure',
    urgency: 'week',
    cases: [
      {
        n,
        person: p,
        circumstance: 'alone',
        standing: 'open',
        danger: t.danger,
        dangerWhy: 'Пока неясно, кто за него отвечает.',
        opened,
        accepted: opened,
        closed: null,
        closeReason: 'goals_met',
        closeNote: '',
        reopened: null,
        reopenWhy: '',
        due: addDays(today, 2),
        dueWhat: 'поговорить ещё раз, с переводчиком',
        dueSaid: opened,
        stays: 'у знакомых',
        notes: [{ ...base, day: opened, text: t.text }],
        screening: { day: opened, finding: 'inconclusive', atRisk: true, purpose: null },
        plan: [],
        report: null,
        night: null,
        interpreter: null,
        checkIns: [],
      },
    ],
  }
}
/** In the order in which they are written: a record that is linked comes after the one that it is linked with. */
export const sameChildren = (today: Day): readonly SameChild[] =>
  [...jamshed.map(t => [t, 'male', 'jamshed'] as const), ...madina.map(t => [t, 'female', 'madina'] as const)].map(
    ([t, sex, child], n) => ({
      child,
      place: t.place,
      linked: t.linked ?? false,
      arrival: arrivalOf(`same-child/${n}`, n, t, sex, today),
    }),
  )
