import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { glassSchema, openGlassWords } from './access/schema.admin.ts'
import {
  deviceSchema,
  heldSchema,
  labelSchema,
  openDevice,
  openHeld,
  openLabel,
  openProfile,
  openTitle,
  profileSchema,
} from './access/schema.ts'
import { type Compartment, compartmentNumber, compartmentOf } from './base/people.ts'
import type { Opened } from './base/sealed.ts'
import * as cases from './case/schema.ts'
import * as chats from './contact/schema.chat.ts'
import * as contactRooms from './contact/schema.room.ts'
import * as contacts from './contact/schema.ts'
import { openOut, sealOut } from './contact/store.out.ts'
import * as doors from './doors/schema.ts'
import * as emergencies from './emergency/schema.ts'
import * as followUps from './follow-up/schema.ts'
import { openBoxed, sealBoxed } from './follow-up/store.boxed.ts'
import * as languages from './language/schema.ts'
import * as reports from './mandatory-report/schema.ts'
import * as messengers from './messenger/schema.ts'
import * as nights from './night-card/schema.ts'
import * as elsewhere from './person/schema.elsewhere.ts'
import * as files from './person/schema.files.ts'
import * as links from './person/schema.links.ts'
import * as matches from './person/schema.match.ts'
import * as registers from './person/schema.registers.ts'
import * as traces from './person/schema.trace.ts'
import * as persons from './person/schema.ts'
import { boxFor, boxPlace, openBox } from './person/store.elsewhere.ts'
import * as plans from './plan/schema.ts'
import { boxPair, openJson, openPlain, type Place, sealBytes, sealJson, sha256 } from './platform/crypto.ts'
import { openTotp } from './platform/onetime.ts'
import { partPlace, valuePlace } from './platform/records.ts'
import { openUserKeys, packUserKeys } from './platform/vault.ts'
import * as outreach from './prevention/schema.outreach.ts'
import * as posters from './prevention/schema.reach.ts'
import * as safeContacts from './safe-contact/schema.ts'
import * as screenings from './screening/schema.ts'
import * as statistics from './statistics/schema.ts'
import * as samples from './versions.testing.samples.ts'

/*
 * Every kind of sealed value there is, with the function that opens it. A committed fixture of every version of each must open for ever:
 * sealed values are never rewritten, so a version that can no longer be read is a child's words lost.
 * A new version or kind: raise the number in schema.ts, add the step, then `DOVERIE_NEW_FIXTURES=1 npx vitest run src/versions.test.ts` adds what is missing.
 */

/** Fixed for ever, and public: nothing that matters is sealed with it. */
export const fixtureKey = sha256('doverie/fixtures of sealed values')
const row = '00000000-0000-4000-8000-000000000001'
const command = '00000000-0000-4000-8000-000000000002'

/** The envelope as it is stored, and what it must open to. */
export interface Kind {
  readonly kind: string
  readonly newest: number
  /** What the version written now looks like: JSON, or the bytes in hexadecimal. */
  readonly sample: unknown
  readonly seal: (schema: number, value: unknown) => Buffer
  /** As the program opens it. */
  readonly open: (envelope: Buffer) => unknown
}

const json = (kind: string, place: Place, newest: number, sample: unknown, read: (o: Opened) => unknown): Kind => ({
  kind,
  newest,
  sample,
  seal: (schema, value) => sealJson(fixtureKey, place, schema, value),
  open: envelope => read(openJson(fixtureKey, place, envelope)),
})
const bytes = (kind: string, place: Place, length: number, open?: (envelope: Buffer) => Buffer): Kind => ({
  kind,
  newest: 1,
  sample: Buffer.from(Array.from({ length }, (_, i) => i)).toString('hex'),
  seal: (schema, value) => sealBytes(fixtureKey, place, schema, Buffer.from(String(value), 'hex')),
  open: envelope => (open ?? (e => openPlain(fixtureKey, place, e)))(envelope).toString('hex'),
})
const at = (table: string, compartment = 0, place = row): Place => ({ table, row: place, compartment })
const part = (record: string, type: string, c: Compartment, newest: number, sample: unknown, read: (o: Opened) => unknown): Kind =>
  json(`journal_part ${record} ${type} ${c}`, partPlace(row, command, compartmentNumber[c]), newest, sample, read)
const value = (record: string, c: Compartment, newest: number, sample: unknown, read: (o: Opened) => unknown): Kind =>
  json(`sealed ${record} ${c}`, valuePlace(row, compartmentNumber[c]), newest, sample, read)
/** An event as it opens, less the type, which stands in the header. */
const body = ({ type: _, ...rest }: object & { type: string }) => rest

const contactParts = Object.entries(samples.contactEvents).flatMap(([type, sample]) => {
  const c = contacts.eventCompartment[type as contacts.ContactEventType]
  const read = (o: Opened) => contacts.openEvent({ type, parts: c ? { [c]: o } : {} })?.data
  return c ? [part('contact', type, c, contacts.contactEventSchema, sample, read)] : []
})
const personParts = Object.entries(samples.personEvents).map(([key, sample]) => {
  const [type = '', c] = key.split(' ') as [string, Compartment]
  return part('person', type, c, persons.personEventSchema[type as persons.PersonEventType], sample, o => body(persons.openEvent(type, o)))
})
const fileParts = Object.entries(samples.fileEvents).map(([type, sample]) =>
  part('person', type, 'identity', files.fileEventSchema, sample, o => body(files.openFileEvent(type as files.FileEventType, o))),
)
const actCompartments: readonly Compartment[] = ['summary', 'follow_up']
const caseParts = Object.entries(samples.caseEvents).flatMap(([type, sample]) =>
  (type === 'case_opened' ? actCompartments.slice(0, 1) : actCompartments).map(c =>
    part('case', type, c, cases.eventSchema, sample, o => body(cases.openEvent(type, o))),
  ),
)
const planParts = Object.entries(samples.planEvents).map(([type, sample]) =>
  part('case', type, 'summary', plans.planEventSchema, sample, o => body(plans.openPlanEvent(type as plans.PlanEventType, o))),
)
const reportParts = Object.entries(samples.reportEvents).map(([type, sample]) => {
  const t = type as reports.ReportEventType
  return part('case', t, reports.reportCompartment(t), reports.reportEventSchema, sample, o => body(reports.openReportEvent(t, o)))
})
const screeningParts = Object.entries(samples.screeningEvents).flatMap(([type, sample]) => {
  const t = type as screenings.ScreeningEventType
  const read = (o: Opened) => body(screenings.openEvent(t, o))
  const on = t === 'screening_taken_over' ? ['case'] : ['case', 'contact']
  return on.map(record => part(record, t, screenings.eventCompartment[t], screenings.eventSchema, sample, read))
})
const emergencyParts = Object.entries(samples.emergencyEvents).flatMap(([type, sample]) => {
  const t = type as emergencies.EmergencyEventType
  const read = (o: Opened) => body(emergencies.openEmergencyEvent(t, o))
  return ['case', 'contact'].map(record => part(record, t, 'summary', emergencies.emergencyEventSchema, sample, read))
})
const doorParts = Object.entries(samples.doorEvents).map(([type, sample]) => {
  const t = type as doors.DoorEventType
  return part('contact', t, 'story', doors.doorEventSchema, sample, o => body(doors.openDoorEvent(t, o)))
})
const safeContactParts = Object.entries(samples.safeContactEvents).map(([type, sample]) => {
  const t = type as safeContacts.SafeContactEventType
  return part('person', t, 'whereabouts', safeContacts.safeContactEventSchema, sample, o => body(safeContacts.openSafeContactEvent(t, o)))
})
const nightParts = Object.entries(samples.nightEvents).map(([type, sample]) =>
  part('case', type, 'story', nights.nightEventSchema, sample, o => body(nights.openNightEvent(type as nights.NightEventType, o))),
)
const followUpParts = Object.entries(samples.followUpEvents).map(([type, sample]) =>
  part('case', type, 'follow_up', followUps.followUpEventSchema, sample, o => body(followUps.openFollowUpEvent(type, o))),
)
const noteParts = cases.caseCompartments.map(c =>
  part('case', 'note_added', c, cases.noteSchema, samples.note, o => (cases.openEvent('note_added', o) as { note: cases.Note }).note),
)
const languageParts = Object.entries(samples.languageEvents).map(([type, sample]) =>
  part('case', type, 'story', languages.languageEventSchema, sample, o => body(languages.openLanguageEvent(type, o))),
)
/** The sender's copy has no envelope of its own: the version stands inside the box. */
const sender = boxPair(fixtureKey)
const messageOut: Kind = {
  kind: 'message.sealed_out',
  newest: contacts.messageBodySchema,
  sample: samples.message,
  seal: (schema, v) => sealOut(sender.publicKey, v as contacts.MessageBody, schema),
  open: envelope => openOut(sender, envelope),
}
/** As the sender's copy: the version stands inside the box. */
const checkInBoxed: Kind = {
  kind: 'check_in_answer.boxed',
  newest: followUps.childAnswerSchema,
  sample: samples.childAnswer,
  seal: (schema, v) => sealBoxed(sender.publicKey, row, v as followUps.ChildAnswer, schema),
  open: envelope => openBoxed(sender, row, envelope, 'tell'),
}

/** Boxes to a team, with the version inside. */
const elsewhereKinds = (
  [
    ['match_query.sealed', row, samples.elsewhere.reason, elsewhere.openGroupReason],
    ['match_notice.sealed', row, samples.elsewhere.notice, elsewhere.openNoticeWords],
    ['match_notice.answer', `${row}/answer`, samples.elsewhere.answer, elsewhere.openAnswerWords],
    ['match_ask.sealed', row, samples.elsewhere.ask, elsewhere.openAskWords],
    ['match_ask.answer', `${row}/answer`, samples.elsewhere.answer, elsewhere.openAnswerWords],
    ['match_word.sealed', `${row}/holder`, samples.elsewhere.word, elsewhere.openOtherWords],
  ] as const
).map(
  ([kind, id, sample, read]): Kind => ({
    kind,
    newest: elsewhere.elsewhereSchema,
    sample,
    seal: (schema, v) => boxFor(sender.publicKey, boxPlace(kind.split('.')[0] ?? '', id), v, schema),
    open: envelope => read(openBox(sender, boxPlace(kind.split('.')[0] ?? '', id), envelope)),
  }),
)

const traceParts = Object.entries(samples.traceEvents).map(([type, sample]) =>
  part('trace', type, 'identity', traces.traceEventSchema, sample, o => body(traces.openTraceEvent(type, o))),
)

const registerParts = [
  ...Object.entries(samples.registerEvents).map(([type, sample]) =>
    part('register', type, 'identity', registers.registerEventSchema, sample, o => body(registers.openRegisterEvent(type, o))),
  ),
  ...(Object.keys(registers.partReaders) as (keyof typeof registers.partReaders)[]).map(what =>
    json(
      `register_part.sealed ${what}`,
      at('register_part', compartmentNumber.identity, `${row}/${what}/0`),
      registers.partSchema,
      samples.registerPart[what],
      registers.partReaders[what] as (o: Opened) => unknown,
    ),
  ),
]

export const kinds: readonly Kind[] = [
  ...registerParts,
  value('register', 'identity', registers.agreementSchema, samples.registerAgreement, registers.openAgreement),
  json(
    'register_key.sealed',
    at('register_key', compartmentNumber.identity),
    registers.registerKeySchema,
    samples.fileKey,
    registers.openRegisterKey,
  ),
  ...traceParts,
  value('trace', 'identity', traces.traceSchema, samples.trace, traces.openTrace),
  value('contact', 'story', contacts.contactStorySchema, samples.story, contacts.openStory),
  value('contact', 'summary', contacts.contactCourseSchema, samples.course, contacts.openCourse),
  json('message.sealed', at('message', compartmentNumber.story), contacts.messageBodySchema, samples.message, contacts.openMessage),
  messageOut,
  value('person', 'identity', persons.identitySchema, samples.identity, persons.openIdentity),
  value('person', 'whereabouts', persons.whereaboutsSchema, samples.whereabouts, persons.openWhereabouts),
  json('person_pair.sealed', at('person_pair', compartmentNumber.identity), links.pairSchema, samples.personPair, links.openPair),
  value('case', 'summary', cases.summarySchema, samples.summary, cases.openSummary),
  json('case_link.sealed', at('case_link', compartmentNumber.summary), cases.linkSchema, samples.link, cases.openLink),
  json('interpreter.sealed', at('interpreter'), languages.interpreterSchema, samples.interpreter, languages.openInterpreter),
  json('interpreter_version.sealed', at('interpreter'), languages.interpreterSchema, samples.interpreter, languages.openInterpreter),
  json(
    'messenger_chat.sealed',
    at('messenger_chat', compartmentNumber.story),
    messengers.chatSchema,
    samples.messengerChat,
    messengers.openChatValue,
  ),
  bytes('messenger_chat.bundle', at('messenger_chat', compartmentNumber.story), 64),
  bytes('messenger_link.bundle', at('messenger_link', compartmentNumber.story), 64),
  json('poster_code.sealed', at('poster_code'), posters.posterSchema, samples.posterCode, posters.openPoster),
  json('outreach.sealed', at('outreach'), outreach.outreachSchema, samples.outreach, outreach.openOutreach),
  json('outreach_version.sealed', at('outreach'), outreach.outreachSchema, samples.outreach, outreach.openOutreach),
  json(
    'language_session.sealed',
    at('language_session', compartmentNumber.story),
    languages.bookingSchema,
    samples.booking,
    languages.openBooking,
  ),
  json(
    'contact_room.sealed',
    at('contact_room', compartmentNumber.story),
    contactRooms.contactRoomSchema,
    samples.contactRoom,
    contactRooms.openContactRoom,
  ),
  json(
    'contact_room_turn.sealed',
    at('contact_room_turn', compartmentNumber.story),
    contactRooms.contactTurnSchema,
    samples.contactTurn,
    contactRooms.openContactTurn,
  ),
  json('session_room.sealed', at('session_room', compartmentNumber.story), languages.roomSchema, samples.room, languages.openRoom),
  json('session_turn.sealed', at('session_turn', compartmentNumber.story), languages.turnSchema, samples.turn, languages.openTurn),
  ...languageParts,
  ...contactParts,
  json('prekey.sealed', at('prekey', compartmentNumber.story), chats.prekeySchema, samples.prekey, chats.openPrekey),
  ...personParts,
  ...fileParts,
  json('stored_file.sealed', at('stored_file', compartmentNumber.identity), files.storedSchema, samples.paper, files.openStored),
  json('file_key.sealed', at('file_key', compartmentNumber.identity), files.fileKeySchema, samples.fileKey, files.openFileKey),
  ...caseParts,
  ...noteParts,
  ...screeningParts,
  json('screening.sealed', at('screening', compartmentNumber.summary), screenings.summarySchema, samples.screening, screenings.openSummary),
  json('screening.words', at('screening', compartmentNumber.story), screenings.wordsSchema, samples.screeningWords, screenings.openWords),
  ...reportParts,
  json('report_fact.sealed', at('report_fact', compartmentNumber.story), reports.factSchema, samples.reportFact, reports.openFact),
  json(
    'report_decision.sealed',
    at('report_decision', compartmentNumber.summary),
    reports.decisionSchema,
    samples.reportDecision,
    reports.openDecision,
  ),
  json(
    'report_letter.sealed',
    at('report_letter', compartmentNumber.summary),
    reports.letterSchema,
    samples.reportLetter,
    reports.openLetter,
  ),
  json(
    'report_letter.words',
    at('report_letter', compartmentNumber.story),
    reports.wordsSchema,
    samples.reportWords,
    reports.openLetterWords,
  ),
  ...planParts,
  ...emergencyParts,
  ...doorParts,
  json('contact_file.sealed', at('contact_file', compartmentNumber.story), doors.actFileSchema, samples.actFile, doors.openActFile),
  json('contact_file_key.sealed', at('contact_file_key', compartmentNumber.story), doors.actKeySchema, samples.actKey, doors.openActKey),
  json(
    'incoming_letter.sealed',
    at('incoming_letter', compartmentNumber.story),
    doors.letterSchema,
    samples.incomingLetter,
    doors.openIncoming,
  ),
  ...safeContactParts,
  part('case', 'safe_contact_passed', 'summary', safeContacts.passEventSchema, samples.safeContactPass, safeContacts.openPassEvent),
  json(
    'safe_contact.sealed',
    at('safe_contact', compartmentNumber.whereabouts),
    safeContacts.agreedSchema,
    samples.agreed,
    safeContacts.openAgreed,
  ),
  json(
    'emergency_card.sealed',
    at('emergency_card', compartmentNumber.summary),
    emergencies.cardSchema,
    samples.emergencyCard,
    emergencies.openCard,
  ),
  json('staff_point.sealed', at('staff_point'), emergencies.staffPointSchema, samples.staffPoint, emergencies.openStaffPoint),
  ...nightParts,
  json('night_card.sealed', at('night_card', compartmentNumber.story), nights.nightCardSchema, samples.nightCard, nights.openNightCard),
  json('night_sheet.sealed', at('night_sheet', compartmentNumber.night), nights.nightCardSchema, samples.nightCard, nights.openNightCard),
  json('plan_step.sealed', at('plan_step', compartmentNumber.summary), plans.stepSchema, samples.step, plans.openStep),
  ...followUpParts,
  json(
    'check_in_answer.sealed',
    at('check_in_answer', compartmentNumber.follow_up),
    followUps.recordedSchema,
    samples.checkIn,
    followUps.openRecorded,
  ),
  json(
    'check_in_code.sealed',
    at('check_in_code', compartmentNumber.follow_up),
    followUps.codeKeySchema,
    samples.codeKey,
    followUps.openCodeKey,
  ),
  checkInBoxed,
  ...elsewhereKinds,
  part('account', 'glass_opened', 'identity', glassSchema, samples.glass, openGlassWords),
  json('statistics_outbox.sealed', at('statistics_outbox'), statistics.leftSchema, samples.left, statistics.openLeft),
  json('account.profile', at('account'), profileSchema, samples.profile, openProfile),
  json('team.profile', at('team'), profileSchema, samples.title, openTitle),
  json('agency.profile', at('agency'), profileSchema, samples.title, openTitle),
  json('passkey.label', at('passkey'), labelSchema, samples.label, openLabel),
  json('session.device', at('session'), deviceSchema, samples.device, openDevice),
  json('held_form.sealed', at('held_form'), heldSchema, samples.held, openHeld),
  // Private keys of a person: the same layout under the password, the recovery code, a passkey and the session's token.
  ...['account.pw_bundle', 'account.code_bundle', 'passkey.prf_bundle', 'session.bundle'].map(kind =>
    bytes(kind, at('account'), 128, e => packUserKeys(openUserKeys(fixtureKey, row, e))),
  ),
  bytes('account.totp', at('account.totp'), 20, e => Buffer.from(openTotp(fixtureKey, row, e))),
  bytes('key_wrap.wrapped', at('key_wrap', 1, `${row}/1`), 32),
  bytes('team_key_wrap.wrapped', at('team_key_wrap', 1, `${row}/1`), 96),
  bytes('match_key_wrap.wrapped', at('match_key_wrap', compartmentNumber.identity, `${row}/1/1`), 96),
  json(
    'match_segment.sealed',
    at('match_segment', compartmentNumber.identity),
    matches.segmentSchema,
    samples.matchSegment,
    matches.openSegment,
  ),
  json('match_tail.sealed', at('match_tail', compartmentNumber.identity), matches.tupleSchema, samples.matchSegment[0], matches.openTuple),
  bytes('break_glass_key.wrapped', at('break_glass_key', 0, `${row}/1`), 64),
  bytes('conversation.ck_wrapped', at('conversation', compartmentNumber.story), 64),
]

// ---------------------------------------------------------------- fixtures
const file = path.join(import.meta.dirname, 'versions.fixtures.json')
/** kind → version → what was sealed, and its envelope in hexadecimal. */
export type Fixtures = Record<string, Record<string, { readonly value: unknown; readonly envelope: string }>>
export const readFixtures = (): Fixtures => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixtures) : {})
/** Adds a fixture for the present version of each kind that has none. What is there stays as it is. */
export const addFixtures = (have: Fixtures, list: readonly Kind[]): Fixtures => {
  const out: Fixtures = structuredClone(have)
  for (const k of list) {
    out[k.kind] ??= {}
    out[k.kind]![k.newest] ??= { value: k.sample, envelope: k.seal(k.newest, k.sample).toString('hex') }
  }
  return out
}
export const writeFixtures = (all: Fixtures): void => writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)

// ---------------------------------------------------------------- what a database holds
/** Columns whose bytes are no envelope with a version of ours: hashes, public halves, salts, MACs, signatures, and boxes to one key whose layout is the key's own. */
const bare =
  /(hmac|hash|_hash|digest|digests|verifier|salt|public|public_x|public_ed|ck_public|recovery_public|audit_public|mac|leaf|prev|root|signature|credential|public_key)$/
const boxes = [
  'check_in_answer.boxed',
  'message.sealed_out',
  'recovery_epoch.sealed',
  'break_glass_team_key.wrapped',
  'match_key.recovery',
  ...elsewhereKinds.map(k => k.kind),
  'match_ask.reply_x',
]
/** Read as kinds of their own, by record and event. */
const byRecord: Record<string, string> = {
  'register_part.sealed':
    "select 'register_part.sealed' as what, what as kind, null as type, null::int as compartment, sealed as bytes from app.register_part",
  'sealed.value': "select 'sealed' as what, kind, null as type, compartment, value as bytes from app.sealed",
  'journal_part.sealed':
    "select 'journal_part' as what, p.kind, j.type, p.compartment, p.sealed as bytes from app.journal_part p join app.journal j using (record, seq)",
}
const formed = ['key_wrap.wrapped', 'team_key_wrap.wrapped', 'break_glass_key.wrapped', 'match_key_wrap.wrapped', 'match_tail.sealed']

/** Every kind and version of sealed value that stands in a database, as `kind/version`, and the columns of bytes that nobody has said anything about. */
export const versionsIn = async (owner: pg.Pool): Promise<{ readonly found: Set<string>; readonly unknown: string[] }> => {
  const { rows: columns } = await owner.query<{ name: string }>(
    `select c.table_name || '.' || c.column_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'app' and t.table_type = 'BASE TABLE' and c.udt_name = 'bytea' order by 1`,
  )
  const found = new Set<string>()
  const unknown: string[] = []
  const known = new Set(kinds.map(k => k.kind))
  for (const { name } of columns) {
    const [table = '', column = ''] = name.split('.')
    if (boxes.includes(name)) continue
    const own = byRecord[name]
    if (!own && !known.has(name)) {
      if (!bare.test(column)) unknown.push(name)
      continue
    }
    const source =
      own ?? `select '${name}' as what, null as kind, null as type, null::int as compartment, ${column} as bytes from app.${table}`
    const { rows } = await owner.query<{ what: string; kind: string | null; type: string | null; compartment: number | null; v: number }>(
      `select distinct what, kind, type, compartment, get_byte(bytes, 1) * 256 + get_byte(bytes, 2) as v from (${source}${formed.includes(name) ? ' where form = 1' : ''}) x where bytes is not null`,
    )
    for (const r of rows)
      found.add(
        `${[r.what, r.kind, r.type, r.compartment === null ? null : compartmentOf(r.compartment)].filter(Boolean).join(' ')}/${r.v}`,
      )
  }
  return { found, unknown }
}
