import type { CaseEvent, LinkBody, Note, Summary } from './case/schema.ts'
import type { ContactRoom, ContactTurn } from './contact/schema.room.ts'
import type { ContactCourse, ContactEvent, ContactStory, MessageBody } from './contact/schema.ts'
import type { ChildAnswer, CodeKey, FollowUpEvent, Recorded } from './follow-up/schema.ts'
import type { Booking, Interpreter, LanguageEvent, Room, Turn } from './language/schema.ts'
import type { DecisionBody, FactWords, LetterBody, LetterWords, ReportEvent } from './mandatory-report/schema.ts'
import type { NightCard, NightEvent } from './night-card/schema.ts'
import type { Assessment } from './person/schema.assessment.ts'
import type { FileEvent, FileEventType, Paper, Photo } from './person/schema.files.ts'
import type { AgeClaim, Claim, Identity, NameClaim, PersonEvent, PlaceClaim, Whereabouts } from './person/schema.ts'
import type { PlanEvent, StepWords } from './plan/schema.ts'
import type { Said, ScreeningEvent, ScreeningSummary, ScreeningWords } from './screening/schema.ts'
import type { Left } from './statistics/schema.ts'

/* One invented value of every kind, as the present version writes it. Types make a new field fail here until it stands in the sample. */

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const at = '2026-11-24T08:00:00.000Z'

export const story: ContactStory = {
  language: 'uz',
  from: 'child',
  cameWith: 'с воспитателем',
  papers: 'some',
  answers: { who: 'me', where: 'у вокзала' },
  explained: [{ language: 'uz', by: null, at }],
  urgencyReason: 'ждёт на улице',
  circumstances: 'двое из одной школы',
}
export const course: ContactCourse = { closing: { reason: 'advice_given', note: 'перезвонит', at }, cases: [id(8)] }
export const messengerChat = { to: '4000000001', language: 'tg' } as const
export const contactRoom: ContactRoom = { as: 'interpreter', alias: 'Скворец', language: 'tg' }
export const contactTurn: ContactTurn = { text: 'Здравствуйте', about: id(5), message: id(4) }
export const message: MessageBody = { text: 'Здравствуйте', language: 'uz' }
export const contactEvents: { readonly [E in ContactEvent as E['type']]: E['data'] } = {
  contact_received: { channel: 'report', received: at, safeNow: 'unsure', story },
  sender_wrote: {},
  sender_read: {},
  sender_watched: {},
  sender_alone: {},
  contact_read: {},
  contact_judged: { urgency: 'today', reason: 'ждёт на улице' },
  contact_assigned: { assignee: id(3) },
  contact_answered: { message: id(4), explained: { language: 'uz', by: id(3), at } },
  contact_noted: { message: id(4) },
  contact_explained: { explained: { language: 'ru', by: id(3), at } },
  contact_closed: { reason: 'advice_given', note: 'перезвонит', at },
  contact_reopened: { reason: 'написал снова' },
  contact_converted: { cases: [id(8)] },
  contact_circumstances: { text: 'двое из одной школы' },
  contact_remarked: { text: 'перезвонить после уроков' },
  contact_blocked: { until: at, reason: 'рассылает рекламу' },
  contact_unblocked: {},
  contact_invited: { room: id(9), who: id(3), as: 'interpreter', alias: 'Скворец', reason: 'рядом никого нет', until: at },
  contact_invite_ended: {},
}

const common = {
  source: 'child',
  whose: '',
  method: 'conversation',
  language: 'uz',
  saidOn: '2026-11-23',
  confidence: 'medium',
  recordedAt: at,
  by: id(3),
  standing: 'stands',
  reason: '',
} as const
const name: NameClaim = {
  ...common,
  id: id(5),
  what: 'name',
  parts: { given: 'Лола', family: 'Примерова', patronymic: '', other: '' },
  latin: 'Lola Primerova',
  order: 'known',
  script: 'cyrl',
  kind: 'own',
}
const age: AgeClaim = {
  ...common,
  id: id(6),
  what: 'age',
  text: '12–13',
  edtf: '2012-11-24/2014-11-23',
  min: '2012-11-24',
  max: '2014-11-23',
  minYear: 2012,
  maxYear: 2014,
}
const placeOf: PlaceClaim = { ...common, id: id(7), what: 'place', place: 'stays', text: 'у тёти', country: 'RU', region: 'RU-SPE' }
const assessment: Assessment = {
  id: id(8),
  grounds: 'в двух бумагах разный год',
  informedIn: 'узбекский',
  guardian: 'тётя и представитель опеки',
  consent: 'given',
  methods: ['documents', 'conversation'],
  resultMin: 14,
  resultMax: 16,
  margin: 1,
  decided: 13,
  decidedOn: '2026-11-24',
  decidedBy: 'комиссия',
  appealUntil: '2026-12-24',
  appeal: 'none',
  appealNote: '',
  claimId: id(6),
  by: id(3),
  recordedAt: at,
}
export const identity: Identity = {
  relation: 'child',
  names: [name],
  ages: [{ ...age, standing: 'disputed', reason: 'по справке 14' }],
  facts: [
    { ...common, id: id(9), what: 'language', text: 'узбекский', level: 'mother' },
    {
      ...common,
      id: id(1),
      what: 'document',
      text: 'паспорт',
      document: 'passport',
      state: 'withheld',
      number: '',
      holder: 'хозяин квартиры',
      next: 'письмо в консульство',
    },
  ],
  assessments: [assessment],
}
export const whereabouts: Whereabouts = { places: [placeOf] }
const added = (claim: Claim): Omit<Extract<PersonEvent, { type: 'claim_added' }>, 'type'> => ({ claim })
const judged = (claimId: string, place: boolean): Omit<Extract<PersonEvent, { type: 'claim_judged' }>, 'type'> => ({
  claimId,
  standing: 'confirmed',
  reason: 'сказала ещё раз',
  place,
})
/** By type and compartment. */
export const personEvents = {
  'person_recorded identity': { identity },
  'claim_added identity': added(name),
  'claim_added whereabouts': added(placeOf),
  'claim_judged identity': judged(id(5), false),
  'claim_judged whereabouts': judged(id(7), true),
  'claim_reread identity': { claimId: id(6), edtf: '2012/2013', min: '2012-01-01', max: '2013-12-31', reason: 'по классу' },
  'age_assessed identity': { assessment, claim: age },
  'age_appealed identity': { assessmentId: id(8), appeal: 'pending', note: 'адвокат подал жалобу' },
} as const

export const summary: Summary = { nameAsSaid: 'Лола', ageAsSaid: '12–13', why: 'ищет дорогу домой' }
export const link: LinkBody = { relation: 'sibling', together: 'keep_together', note: 'брат младше' }
export const note: Note = {
  text: 'Разговор у школы, спокойна.',
  source: 'child',
  language: 'ru',
  interpreter: 'professional',
  confidence: 'medium',
  happened: 'на той неделе',
  learned: '2026-11-24',
  paperBy: '',
}
export const caseEvents: { readonly [E in Exclude<CaseEvent, { type: 'note_added' }> as E['type']]: Omit<E, 'type'> } = {
  case_opened: {
    number: 'D-0000000',
    personId: id(5),
    contactId: id(1),
    assignee: id(3),
    danger: 'concern',
    reason: '',
    opened: '2026-11-24',
    due: '2026-11-25',
  },
  case_assigned: { assignee: id(3), reason: 'в отпуске' },
  case_accepted: { assignee: id(3) },
  danger_set: { danger: 'none', reason: 'дома', due: '2026-12-01' },
  due_set: { due: null, what: 'позвонить' },
  access_shared: { grantId: id(6), user: id(3), compartments: ['health'], why: 'осмотр', until: at },
  access_ended: { grantId: id(6), user: id(3) },
  exclusion_made: { exclusionId: id(7), kind: 'user', excluded: id(3), reason: 'родственник' },
  exclusion_ended: { exclusionId: id(7), reason: 'ошибка' },
  link_made: { linkId: id(8) },
  link_ended: { linkId: id(8), reason: 'ошибка' },
  second_look_given: { lookId: id(9) },
  case_closed: { reason: 'goals_met', note: 'учится, дома', closed: '2026-11-24', retention: '2029-11-24' },
  case_reopened: { reason: 'вернулась', due: null },
}

export const profile = { name: 'Анна Примерова', alias: 'Ласточка', language: 'ru' } as const
export const title = { name: { ru: 'Маяк', en: 'Lighthouse' } }
export const device = { browser: 'Firefox', system: 'Windows' } as const
export const label = { label: 'телефон' }
export const held = { path: '/ru/cases/x/notes/new', fields: { text: 'черновик', tags: ['a', 'b'] } }
export const glass = { reason: 'immediate_danger', text: 'Ребёнок один на улице' } as const

export const step: StepWords = {
  what: 'показать врачу',
  done: 'знаем, нужен ли снимок',
  who: 'outside',
  outside: 'Поликлиника',
  family: id(6),
  cameOf: 'снимок не нужен',
  moves: [{ from: '2026-11-24', to: '2026-11-25', reason: 'врач в отпуске' }],
  answers: [{ answer: 'accepted', way: 'call', by: 'регистратура', on: '2026-11-25', words: 'ждут к десяти', next: '2026-11-26' }],
}
const stepBody = { what: 'показать врачу', done: '', who: 'colleague', outside: '', assignee: id(3), due: '2026-11-25' } as const
export const planEvents: { readonly [E in PlanEvent as E['type']]: Omit<E, 'type'> } = {
  plan_steps_made: { steps: [{ stepId: id(7), ...stepBody, family: null }] },
  plan_step_changed: { stepId: id(7), ...stepBody },
  plan_step_done: { stepId: id(7), what: 'показать врачу', cameOf: 'снимок не нужен' },
  plan_step_skipped: { stepId: id(7), what: 'показать врачу', reason: 'был вчера' },
  plan_step_reopened: { stepId: id(7), what: 'показать врачу', reason: 'отметили не тот шаг' },
  plan_step_postponed: { stepId: id(7), what: 'показать врачу', due: '2026-12-01', reason: 'врач в отпуске' },
  plan_step_answered: {
    stepId: id(7),
    what: 'показать врачу',
    outside: 'Поликлиника',
    answer: 'asked_back',
    way: 'paper',
    by: 'письмо за подписью главного врача',
    on: '2026-11-25',
    words: 'просят свидетельство о рождении',
    next: '2026-11-27',
  },
}

export const interpreter: Interpreter = {
  alias: 'Скворец',
  kind: 'diaspora',
  languages: [{ language: 'tg', dialect: 'памирский', direction: 'both', level: 'native' }],
  sex: 'female',
  remote: true,
  contact: 'по внутренней связи',
  places: [{ country: 'Таджикистан', region: 'Согд', place: '' }],
  community: 'землячество',
  kin: '',
  employers: '',
  signed: '2026-01-01',
  until: '2026-12-31',
  note: '',
}
export const booking: Booking = {
  interpreter: id(11),
  alias: 'Скворец',
  kind: 'diaspora',
  account: id(3),
  day: '2026-11-24',
  time: '14:30',
  language: 'tg',
  way: 'telephone',
  purpose: 'первая беседа',
  childAlias: 'Ручей',
  childPlace: 'Хатлон',
  childCommunity: '',
  recruiterPlace: '',
  recruiterWords: 'знакомый с рынка',
  sexWanted: 'female',
  warnings: [{ code: 'place_child', words: ['Хатлон'] }],
  reason: 'нет другого',
}
export const room: Room = { language: 'tg', way: 'telephone', childAlias: 'Ручей', day: '2026-11-24', time: '14:30' }
export const turn: Turn = { text: 'Где тебе спокойно?' }
export const languageEvents: { readonly [E in LanguageEvent as E['type']]: Omit<E, 'type'> } = {
  interpreter_booked: { sessionId: id(12), by: id(3), booking },
  interpreter_refused: { sessionId: id(12), by: id(3), booking },
  interpreter_session_opened: { sessionId: id(12), alias: 'Скворец', until: at },
  interpreter_session_closed: { sessionId: id(12), alias: 'Скворец', turns: 4, checks: 1 },
  interpreter_session_cancelled: { sessionId: id(12), reason: 'заболела' },
}

const said: Said = { source: 'child', confidence: 'medium', happened: 'прошлой зимой', learned: '2026-11-24', paperBy: '', by: id(3), at }
export const screening: ScreeningSummary = {
  circumstances: {
    left_home: 'yes',
    unaccompanied: 'not_asked',
    no_school_or_clinic: 'no',
    undocumented: 'not_asked',
    migrant_family: 'yes',
  },
  acts: ['recruitment'],
  purposes: ['forced_begging'],
  channel: 'game',
  decision: { outcome: 'presumed', body: '', reason: 'действие и цель известны', learned: '2026-11-24', by: id(3), at },
  atRisk: 'yes',
  contact: id(1),
}
export const screeningWords: ScreeningWords = {
  circumstances: [{ code: 'left_home', said }],
  about: 'ушла осенью',
  facts: [
    {
      id: id(7),
      kind: 'purpose',
      code: 'forced_begging',
      text: 'собирала деньги',
      said,
      withdrawn: { reason: 'ослышались', by: id(3), at },
    },
  ],
  approach: {
    way: 'online',
    channel: 'game',
    platform: 'Лесная игра',
    handle: 'drug_2010',
    recruiter: 'stranger_online',
    online: 'over_three',
    control: 'no',
    text: 'обещал работу',
    said,
  },
  route: { origin: 'Хатлон', transit: '', destination: 'Казань', said },
}
export const screeningEvents: { readonly [E in ScreeningEvent as E['type']]: Omit<E, 'type'> } = {
  screening_circumstances_set: { answers: screening.circumstances, about: 'ушла осенью', said },
  screening_facts_added: { facts: screeningWords.facts, known: { learned: at, life: false } },
  screening_fact_withdrawn: { factId: id(7), reason: 'ослышались', by: id(3), at },
  screening_approach_set: { approach: screeningWords.approach! },
  screening_route_set: { route: screeningWords.route! },
  screening_decided: { decision: screening.decision!, atRisk: 'yes' },
  screening_taken_over: { summary: screening, words: screeningWords, known: null },
}

export const reportFact: FactWords = { kind: 'violence', text: 'Видели следы побоев', happened: 'на той неделе', paperBy: '' }
export const reportDecision: DecisionBody = { reason: 'ребёнок в приюте, медлить нельзя', by: id(3), at, recipients: ['police'], terms: 1 }
export const reportLetter: LetterBody = {
  sentBy: '',
  how: 'in_person',
  number: 'КУСП 123',
  registered: '2026-11-24',
  answered: null,
  answer: '',
  stopped: '',
}
export const reportWords: LetterWords = {
  identity: 'initials',
  why: '',
  name: 'П. Л.',
  about: [{ what: 'age', text: '12–13' }],
  facts: 'Видели следы побоев',
  life: false,
  where: '',
  measures: 'осмотрена врачом',
  request: '',
  written: at,
}
export const reportEvents: { readonly [E in ReportEvent as E['type']]: Omit<E, 'type'> } = {
  report_fact_recorded: { factId: id(7), learned: at, life: false, words: reportFact },
  report_decided: {
    factId: id(7),
    answer: 'now',
    life: false,
    until: null,
    body: reportDecision,
    letters: [{ letterId: id(8), recipient: 'police', sendDue: '2026-11-25' }],
    stops: [],
  },
  report_letter_written: { letterId: id(8), words: reportWords },
  report_letter_sent: { letterId: id(8), how: 'in_person', by: '', sent: '2026-11-24', answerDue: '2026-11-27' },
  report_letter_registered: { letterId: id(8), number: 'КУСП 123', registered: '2026-11-24', answerDue: '2026-11-27' },
  report_letter_answered: { letterId: id(8), answered: '2026-11-26', answer: 'возбуждено дело' },
  report_letter_stopped: { letterId: id(8), reason: 'ответили другой организации' },
}

const answers = { safe: 4, slept: 3, food: 5, school: null, talk: 2 }
export const checkIn: Recorded = { way: 'visit', answers, words: 'дома тихо', happened: 'вчера', learned: '2026-11-24', paperBy: 'Иволга' }
export const childAnswer: ChildAnswer = { answers, words: 'всё хорошо', help: false, someone: 'button', language: 'tg' }
export const codeKey: CodeKey = { secretKey: 'AQIDBA==', language: 'ky' }
export const followUpEvents: { readonly [E in FollowUpEvent as E['type']]: Omit<E, 'type'> } = {
  check_in_recorded: { answer: id(1), due: '2026-12-08', help: false, body: checkIn },
  check_in_read: { answer: id(1) },
  check_in_code_made: { code: id(2), language: 'ky', until: '2028-02-27', danger: true },
  check_in_code_ended: { code: id(2), reason: 'телефон забрали' },
  follow_up_handed_over: { grantId: id(4), user: id(3), until: '2028-02-27' },
  case_left_open: { steps: 2, reports: 0, reason: 'ждём справку' },
}

export const nightCard: NightCard = {
  name: 'Лола',
  language: 'узбекский',
  medical: 'аллергия на орехи',
  fears: 'закрытых дверей',
  calms: 'свет в коридоре',
  watch: 'now_and_then',
  watchWhat: 'заглянуть в полночь и под утро',
  keepAway: 'мужчину, который назвался дядей',
  missing: 'сразу звонить дежурному',
  wake: 'дежурный, внутренний 12',
}
export const nightEvents: { readonly [E in NightEvent as E['type']]: Omit<E, 'type'> } = {
  night_card_written: { cardId: id(7), shelterId: id(2), code: 'N-AAAAA', since: '2026-11-24', card: nightCard },
  night_card_ended: { cardId: id(7), where: 'к тёте' },
}

/** Doors on paper. */
export const actFile = { id: id(7), type: 'jpeg', size: 40_000, by: id(9), at } as const
export const actKey = { key: 'AQIDBA==' } as const
export const incomingLetter = {
  body: 'ПДН № 1',
  number: '12/345',
  dated: '2026-11-20',
  asks: 'где ребёнок',
  ours: '7',
  sent: '2026-11-24',
  way: 'post',
  text: 'ответ дан',
} as const
export const doorEvents = {
  act_attached: { file: actFile },
  act_taken_away: { fileId: id(7), reason: 'снимок не той бумаги' },
  letter_noted: { letterId: id(7), due: '2026-12-01', body: 'ПДН № 1', number: '12/345', dated: '2026-11-20', asks: 'где ребёнок' },
  letter_replied: { letterId: id(7), ours: '7', sent: '2026-11-24', way: 'post', text: 'ответ дан' },
  letter_needs_none: { letterId: id(7), reason: 'для сведения' },
} as const

/** How somebody may be reached. */
export const agreed = {
  ways: ['chat', 'adult'],
  days: ['1', '3'],
  from: 900,
  until: 1080,
  answerers: [id(9)],
  never: ['полиция'],
  coverName: 'тётя из библиотеки',
  language: 'tg',
  how: 'через тётю',
  note: 'телефон бывает у брата',
} as const
export const safeContactEvents = {
  safe_contact_planned: { planId: id(7), agreed, today: '2026-11-24', until: '2026-12-24' },
  safe_contact_verified: { planId: id(7), how: 'спросили лично', today: '2026-11-24', until: '2026-12-24' },
  safe_contact_renewed: { planId: id(7), today: '2026-11-24', until: '2026-12-24' },
  safe_contact_ended: { planId: id(7), reason: 'телефон забрали' },
} as const
export const safeContactPass = { hours: 4, reason: 'не отвечает, угроза' } as const

/** Life in danger. */
const calledLine = { at, by: id(9), whom: 'rescue', outcome: 'coming', words: 'вызов 12, едут' } as const
export const emergencyCard = {
  danger: 'attack',
  what: 'кричит',
  where: 'склад у вокзала',
  since: 'час',
  calls: [calledLine],
  ended: '',
} as const
export const emergencyEvents = {
  emergency_opened: { cardId: id(7) },
  emergency_told: { cardId: id(7), danger: 'attack', what: 'кричит', where: 'склад у вокзала', since: 'час' },
  emergency_called: { cardId: id(7), line: calledLine },
  emergency_taken: { cardId: id(7) },
  emergency_ended: { cardId: id(7), words: 'у врачей' },
} as const
export const staffPoint = { mail: 'sova@example.org', phone: '+70000000000', lang: 'ru' } as const

/** What a command leaves for the statistics job. */
export const left: Left = {
  at: '2026-02-03T10:00:00.000Z',
  child: '00000000-0000-4000-8000-000000000001',
  counted: true,
  events: [{ what: 'opened', month: '2026-02-01' }],
  who: { age: '10-13', sex: 'female', origin: 'UZ' },
  how: { purpose: 'forced_begging', channel: 'game' },
}

const stored = { id: id(8), size: 40_000, by: id(2), at: '2026-11-24T10:00:00.000Z' } as const
export const paper: Paper = {
  ...stored,
  what: 'paper',
  type: 'jpeg',
  name: 'IMG_0412.jpg',
  kind: 'birth_certificate',
  giver: 'parent',
  original: 'withheld',
  note: 'нет второй страницы',
}
const photo: Photo = {
  ...stored,
  what: 'photo',
  type: 'jpeg',
  agreedOn: '2026-11-24',
  language: 'узбекский',
  words: 'хорошо',
  guardian: 'not_safe',
  guardianWho: '',
}
export const prekey = { secret: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=' }
export const fileKey = { key: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=' }
export const fileEvents: { readonly [K in FileEventType]: Omit<Extract<FileEvent, { type: K }>, 'type'> } = {
  paper_attached: { paper },
  paper_removed: { fileId: id(8), reason: 'чужая бумага' },
  photo_taken: { photo },
  photo_opened: { fileId: id(8), why: 'с 19:40, ищет полиция' },
  photo_removed: { fileId: id(8), reason: 'попросила' },
  photo_erased: { fileId: id(8) },
  pictures_allowed: {
    allowance: {
      id: id(8),
      purpose: 'снимок для свидетельства на возвращение',
      consent: 'девочка и тётя',
      agreedOn: '2026-11-24',
      until: '2026-12-24',
      by: id(9),
      at: '2026-11-24T10:00:00.000Z',
    },
  },
  pictures_ended: { reason: 'снимок сделан' },
}

export const personPair = {
  history: [
    {
      decision: 'same',
      reason: 'сверили с тётей',
      by: '00000000-0000-4000-8000-000000000009',
      at: '2026-11-24T10:00:00.000Z',
      bits: 7.5,
      basis: 'ab',
    },
    {
      decision: 'unlinked',
      reason: 'это сёстры',
      by: '00000000-0000-4000-8000-000000000009',
      at: '2026-11-25T10:00:00.000Z',
      bits: 7.5,
      basis: 'ab',
    },
  ],
}

const traceAsked = {
  how: 'call',
  asker: 'relative',
  askerName: 'Анвар',
  contact: '+7 900 000-00-00',
  childName: 'Зарина',
  childAge: '12',
  sex: 'female',
  origin: 'Узбекистан',
  claimed: 'знает, где она живёт',
  wants: 'забрать',
}
const traceBy = { by: '00000000-0000-4000-8000-000000000009', at: '2026-11-24T10:00:00.000Z' }
const traceSafety = { danger: 'maybe', knows: 'адрес', callBack: 'not_reached', note: '', ...traceBy }
const traceAnswered = { answer: 'neither', said: 'ни да, ни нет', to: 'ему', ...traceBy }
const traceLooked = { note: 'верно', ...traceBy }
export const trace = { asked: traceAsked, safety: traceSafety, answered: traceAnswered, looked: traceLooked }
export const traceEvents = {
  trace_received: { asked: traceAsked },
  trace_checked: { safety: traceSafety },
  trace_answered: { answered: traceAnswered },
  trace_looked: { looked: traceLooked },
}

const elsewhereAsked = { name: 'Зарина Примерова', age: '12', sex: 'female', origin: 'Узбекистан' }
const elsewhereFrom = { alias: 'Чайка', team: { ru: 'Севернее', en: 'North' }, agency: { ru: 'Маяк', en: 'Lighthouse' } }
export const elsewhere = {
  reason: { reason: 'сняли с поезда' },
  notice: { asked: elsewhereAsked, from: elsewhereFrom, reason: '' },
  ask: { asked: elsewhereAsked, by: '00000000-0000-4000-8000-000000000009' },
  answer: { message: 'звоните днём', by: '00000000-0000-4000-8000-000000000009', at: '2026-11-24T10:00:00.000Z', reply: 'AAAA' },
  word: { message: 'звоните днём', from: elsewhereFrom },
}

export const registerAgreement = { from: 'Приют «Маяк»', agreement: '17-Б', purpose: 'найти общих детей' }
const registerCounts = { rows: [4, 2], pairs: 1, same: 1, different: 0, unsure: 0 }
export const registerEvents = {
  register_opened: { agreement: registerAgreement },
  register_received: { n: 0, rows: 4 },
  register_compared: { rows: [4, 2], pairs: 1 },
  register_erased: { counts: registerCounts },
}
export const registerPart = {
  rows: { headings: ['id', 'name'], rows: [['1', 'Зарина']] },
  columns: { headings: ['id', 'name'], kinds: ['record_id', 'full_name'], rows: 1, sample: [['1', 'Зарина']] },
  found: { pairs: 1, more: 0, candidates: 1, possible: 8, compared: ['name'] },
  pairs: [
    {
      leftId: '1',
      rightId: '2',
      probability: 0.99,
      weight: 7.5,
      name: 'Зарина',
      other: 'Zarina',
      steps: [{ attribute: 'name', level: 'same_sound', weight: 7.5, left: 'Зарина', right: 'Zarina' }],
    },
  ],
  decision: { verdict: 'same', reason: 'тот же телефон', by: id(9), at, times: 1 },
} as const

export const matchSegment = [
  [
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000002',
    3,
    ['Ҷамшед Ғафуров', 'Jamshed'],
    2011,
    2013,
    2,
    'TJ',
    ['+7 900 000-00-00'],
    ['@pseudonym'],
    ['A 1234567'],
  ],
]
export const posterCode = { name: 'Школа, второй этаж' }
export const outreach = { community: 'Земляки', text: 'Куда написать, если зовут на работу', note: '' }
