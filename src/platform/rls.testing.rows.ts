import type { Id } from '../base/id.ts'
import { agencies, agencyOfTeam, type Person, people, records, teams, uuid, type World } from './rls.testing.ts'

export interface TestRow {
  readonly columns: Readonly<Record<string, unknown>>
  readonly other: Readonly<Record<string, unknown>>
  readonly key: readonly string[]
  readonly twin: {
    readonly record: Id
    readonly homeGroup: Id
    readonly kind: string
    readonly user: Id
    readonly agencyId: Id
    readonly members: readonly Id[]
  }
}

export const x = '\\x00'
export const byte = (n: number) => `\\x${n.toString(16).padStart(2, '0')}`
export const stamp = {
  now: ['2020-01-01', 'infinity', null],
  over: ['2020-01-01', '2021-01-01', null],
  future: ['2999-01-01', 'infinity', null],
  ended: ['2020-01-01', 'infinity', '2021-01-01'],
} as const

/** Makes rows of one world: one for each record, or one that hangs on each record. */
export const makers = (w: World) => {
  const agencyOf = (p: Person) => (p === 'foreigner' ? 1 - w.agency : w.agency)
  const membersOf = (t: number) => w.members.filter(m => m.team === t && m.confirmed && !m.ended).map(m => people[m.person])
  const row = (
    i: number,
    group: number,
    kind: string,
    user: Person,
    key: readonly string[],
    columns: Record<string, unknown>,
    other: Record<string, unknown>,
    agency = agencyOfTeam(group),
  ): TestRow => ({
    columns,
    other,
    key,
    twin: {
      record: records[i] as Id,
      homeGroup: teams[group] as Id,
      kind,
      user: people[user],
      agencyId: agencies[agency] as Id,
      members: membersOf(group),
    },
  })
  const each = (make: (i: number, r: World['rows'][number]) => TestRow) => w.rows.map((r, i) => make(i, r))
  const hanging = (
    table: number,
    key: readonly string[],
    columns: (i: number, r: World['rows'][number]) => Record<string, unknown>,
    other: (i: number) => Record<string, unknown>,
    kind?: string,
  ) =>
    each((i, r) => {
      // What is done to an account belongs to the agency, not to a team.
      const home = (kind ?? r.kind) === 'account' ? agencies[agencyOfTeam(r.hangingGroup)] : teams[r.hangingGroup]
      const made = row(
        i,
        r.hangingGroup,
        kind ?? r.kind,
        r.user,
        key,
        { home_group: home, ...(key.includes('id') ? { id: uuid(table, i) } : {}), ...columns(i, r) },
        { ...(key.includes('id') ? { id: uuid(table, i + 100) } : {}), ...other(i) },
      )
      return { ...made, twin: { ...made.twin, homeGroup: home as Id } }
    })
  const record = (i: number) => ({ record: records[i] })
  const kinded = (i: number, r: { kind: string }) => ({ record: records[i], kind: r.kind })
  return { row, each, hanging, record, kinded, agencyOf }
}

/** The rows of every table that belongs to a record. */
export const recordRows = (w: World): Readonly<Record<string, readonly TestRow[]>> => {
  const { row, each, hanging, record, kinded } = makers(w)
  return {
    contact: each((i, r) =>
      row(
        i,
        r.contactGroup,
        'contact',
        'me',
        ['id'],
        {
          id: records[i],
          home_group: teams[r.contactGroup],
          channel: 'report',
          received: '2024-01-01',
          safe_now: 'yes',
          state: 'new',
          unread: true,
          version: 1,
        },
        { id: uuid(3, i + 100) },
      ),
    ),
    conversation: hanging(
      20,
      ['contact_id'],
      i => ({
        contact_id: records[i],
        submission: uuid(20, i),
        digest: x,
        attempt: 0,
        locator: i,
        salt: x,
        kdf: 'k',
        ck_public: x,
        ck_wrapped: x,
        proof_hash: x,
        last_day: '2024-01-01',
      }),
      () => ({}),
      'contact',
    ),
    message: hanging(
      21,
      ['id'],
      i => ({ contact_id: records[i], seq: 1, direction: 'in', at: '2024-01-01', sealed: x, acknowledged: false }),
      () => ({ seq: 2 }),
      'contact',
    ),
    place_mark: hanging(
      22,
      ['contact_id'],
      i => ({ contact_id: records[i], mac: Buffer.alloc(16, 1), day: '2024-01-01' }),
      () => ({ mac: Buffer.alloc(16, 2) }),
      'contact',
    ),
    place_alert: hanging(
      23,
      ['id'],
      i => ({ contact_id: records[i], mac: Buffer.alloc(16, 1), raised_on: '2024-01-01' }),
      () => ({}),
      'contact',
    ),
    person: each((i, r) =>
      row(
        i,
        r.personGroup,
        'person',
        'me',
        ['id'],
        { id: records[i], home_group: teams[r.personGroup], state: 'active', version: 1 },
        { id: uuid(3, i + 100) },
      ),
    ),
    person_link: hanging(
      22,
      ['id'],
      i => ({ person_id: records[i], other_id: uuid(22, i), signature: x, made_by: people.me, ended_at: null }),
      () => ({}),
      'person',
    ),
    person_pair: hanging(
      54,
      ['id'],
      i => ({ person_id: records[i], other_id: uuid(54, i), pair: uuid(54, i), state: 'open', found: '2024-01-01', version: 1, sealed: x }),
      i => ({ other_id: uuid(54, i + 100) }),
      'person',
    ),
    match_notice: hanging(
      85,
      ['id'],
      i => ({
        person_id: records[i],
        pair: uuid(85, i),
        asking_group: teams[0],
        kept_out: false,
        state: 'new',
        found: '2024-01-01',
        version: 1,
        key_version: 1,
        sealed: x,
      }),
      i => ({ pair: uuid(85, i + 100) }),
      'person',
    ),
    match_ask: hanging(
      86,
      ['id'],
      i => ({ found_id: records[i], pair: uuid(86, i), state: 'open', found: '2024-01-01', version: 1, key_version: 1, sealed: x }),
      i => ({ pair: uuid(86, i + 100) }),
      'person',
    ),
    trace: each((i, r) =>
      row(
        i,
        r.contactGroup,
        'trace',
        'me',
        ['id'],
        { id: records[i], home_group: teams[r.contactGroup], way: 'ask', state: 'new', received: '2024-01-01', version: 1 },
        { id: uuid(3, i + 100) },
      ),
    ),
    register_link: each((i, r) =>
      row(
        i,
        r.personGroup,
        'register',
        'me',
        ['id'],
        {
          id: records[i],
          home_group: teams[r.personGroup],
          way: 'one',
          state: 'open',
          started: '2024-01-01',
          expires: '2999-01-01',
          version: 1,
        },
        { id: uuid(3, i + 100) },
      ),
    ),
    register_part: hanging(
      55,
      ['id'],
      i => ({ link_id: records[i], what: 'found', n: 0, sealed: x }),
      i => ({ n: 1 + i }),
    ),
    register_key: each((i, r) =>
      row(
        i,
        r.personGroup,
        'register',
        'me',
        ['id'],
        { id: records[i], home_group: teams[r.personGroup], sealed: x },
        { id: uuid(3, i + 100) },
      ),
    ),
    case_record: each((i, r) =>
      row(
        i,
        r.caseGroup,
        'case',
        'me',
        ['id'],
        {
          id: records[i],
          home_group: teams[r.caseGroup],
          number: `D-AAAAAA${i}`,
          person_id: records[r.person],
          contact_id: r.contact === null ? null : records[r.contact],
          assignee: r.assignee && people[r.assignee],
          state: r.state,
          danger: 'none',
          opened: '2024-01-01',
          due: null,
          version: 1,
        },
        { id: uuid(3, i + 100), number: `D-BBBBBB${i}` },
      ),
    ),
    case_link: hanging(
      23,
      ['id'],
      i => ({ case_id: records[i], other_case: uuid(23, i), pair: uuid(23, i), sealed: x, ended_at: null }),
      () => ({}),
      'case',
    ),
    report_fact: hanging(
      34,
      ['id'],
      i => ({ case_id: records[i], learned: '2024-01-01', life: false, sealed: x }),
      () => ({}),
      'case',
    ),
    report_decision: hanging(
      35,
      ['id'],
      i => ({ case_id: records[i], answer: 'now', life: false, until: null, version: 1, sealed: x }),
      () => ({}),
      'case',
    ),
    report_letter: hanging(
      37,
      ['id'],
      i => ({
        case_id: records[i],
        fact_id: uuid(34, i),
        recipient: 'police',
        state: 'draft',
        send_due: '2024-01-01',
        sent: null,
        answer_due: null,
        version: 1,
        sealed: x,
        words: x,
      }),
      () => ({}),
      'case',
    ),
    plan_step: hanging(
      36,
      ['id'],
      i => ({ case_id: records[i], state: 'open', due: '2024-01-01', assignee: null, version: 1, sealed: x }),
      () => ({}),
      'case',
    ),
    check_in: hanging(
      46,
      ['id'],
      i => ({ case_id: records[i], due: '2024-01-01', state: 'planned' }),
      () => ({}),
      'case',
    ),
    check_in_code: hanging(
      47,
      ['id'],
      i => ({
        case_id: records[i],
        locator: i,
        salt: x,
        kdf: 'k',
        proof_hash: x,
        public_x: x,
        sealed: x,
        made_day: '2024-01-01',
        until_day: '2024-01-01',
      }),
      i => ({ locator: i + 100 }),
      'case',
    ),
    check_in_answer: hanging(
      48,
      ['id'],
      i => ({ case_id: records[i], day: '2024-01-01', help: false, unread: true, sealed: x }),
      () => ({}),
      'case',
    ),
    contact_file: hanging(
      91,
      ['id'],
      i => ({ contact_id: records[i], bytes: 1, digest: `\\x${'00'.repeat(32)}`, sealed: x }),
      () => ({}),
      'contact',
    ),
    contact_file_key: hanging(
      92,
      ['id'],
      i => ({ contact_id: records[i], sealed: x }),
      () => ({}),
      'contact',
    ),
    incoming_letter: hanging(
      95,
      ['id'],
      i => ({ contact_id: records[i], state: 'waiting', due: '2024-01-01', version: 1, sealed: x }),
      () => ({}),
      'contact',
    ),
    safe_contact: hanging(
      93,
      ['id'],
      i => ({ person_id: records[i], state: 'live', verified: '2024-01-01', until_day: '2024-01-01', sealed: x }),
      () => ({}),
      'person',
    ),
    safe_contact_pass: hanging(
      94,
      ['id'],
      i => ({ case_id: records[i], opened_by: people.colleague, at: '2024-01-01', until: 'infinity' }),
      () => ({}),
      'case',
    ),
    emergency_card: hanging(
      77,
      ['id'],
      (i, r) => ({ ...kinded(i, r), state: 'live', opened_at: '2024-01-01', opened_by: people.colleague, version: 1, sealed: x }),
      () => ({}),
    ),
    page_call: hanging(
      78,
      ['id'],
      (i, r) => ({ cause: 'card', record: records[i], at: '2024-01-01', for_user: people[r.user] }),
      () => ({}),
    ),
    page_try: hanging(
      79,
      ['call_id', 'user_id', 'channel', 'round'],
      (i, r) => ({
        call_id: uuid(78, i),
        user_id: people[r.user],
        channel: 'mail',
        round: 0,
        record: records[i],
        at: '2024-01-01',
        state: 'sent',
      }),
      () => ({ round: 1 }),
    ),
    screening: hanging(
      30,
      ['id'],
      (i, r) => ({ ...kinded(i, r), fact_learned: null, fact_life: false, version: 1, sealed: x, words: x }),
      i => ({ record: uuid(32, i) }),
    ),
    language_session: hanging(
      60,
      ['id'],
      i => ({ case_id: records[i], day: '2024-01-01', state: 'booked', booked_by: people.colleague, warnings: 0, sealed: x }),
      () => ({}),
      'case',
    ),
    contact_room: hanging(
      96,
      ['id'],
      i => ({
        id: records[i],
        contact_id: records[i],
        invited_id: people.colleague,
        opened_at: '2024-01-01',
        until: 'infinity',
        passed_seq: 0,
        sealed: x,
      }),
      i => ({ id: uuid(96, i + 100) }),
      'contact',
    ),
    contact_room_turn: hanging(
      97,
      ['id'],
      i => ({ record: records[i], seq: 1, at: '2024-01-01', kind: 'in', sealed: x }),
      () => ({ seq: 2 }),
      'contact',
    ),
    session_room: hanging(
      61,
      ['id'],
      i => ({ id: records[i], until: 'infinity', sealed: x }),
      i => ({ id: uuid(61, i + 100) }),
      'session',
    ),
    session_turn: hanging(
      62,
      ['id'],
      i => ({ record: records[i], seq: 1, kind: 'question', sealed: x }),
      () => ({ seq: 2 }),
      'session',
    ),
    public_reach: [row(0, 0, '', 'me', ['day', 'page', 'lang'], { day: '2024-01-01', page: 'home', lang: 'ru', n: 1 }, { page: 'check' })],
    calendar_day: agencies.map((id, n) =>
      row(0, 0, '', 'me', ['id'], { id: uuid(75, n), agency_id: id, day: '2024-01-01', worked: false }, { id: uuid(75, n + 100) }, n),
    ),
    poster_code: agencies.map((id, n) =>
      row(
        0,
        0,
        '',
        'me',
        ['code'],
        { code: `aaaa${'bc'[n]}`, agency_id: id, place: 'school', lang: 'ru', made: '2024-01-01', state: 'active', sealed: x },
        { code: `bbbb${'bc'[n]}` },
        n,
      ),
    ),
    poster_count: agencies.map((id, n) =>
      row(0, 0, '', 'me', ['code', 'day'], { code: `aaaa${'bc'[n]}`, agency_id: id, day: '2024-01-01', n: 1 }, { day: '2024-01-02' }, n),
    ),
    outreach: agencies.map((id, n) =>
      row(
        0,
        0,
        '',
        'me',
        ['id'],
        {
          id: uuid(82, n),
          agency_id: id,
          kind: 'post',
          day: '2024-01-01',
          lang: 'ru',
          place: 'vk',
          audience: null,
          hours: 1,
          contacts: 1,
          reached: null,
          by_id: people.colleague,
          version: 1,
          sealed: x,
        },
        { id: uuid(82, n + 100) },
        n,
      ),
    ),
    outreach_version: agencies.map((id, n) =>
      row(
        0,
        0,
        '',
        'me',
        ['outreach_id', 'version'],
        { outreach_id: uuid(82, n), version: 1, agency_id: id, by_id: people.colleague, sealed: x },
        { version: 2 },
        n,
      ),
    ),
    interpreter: agencies.map((id, n) =>
      row(
        0,
        0,
        '',
        'me',
        ['id'],
        { id: uuid(63, n), agency_id: id, account_id: null, state: 'active', version: 1, sealed: x },
        { id: uuid(63, n + 100) },
        n,
      ),
    ),
    interpreter_version: agencies.map((id, n) =>
      row(
        0,
        0,
        '',
        'me',
        ['interpreter_id', 'version'],
        { interpreter_id: uuid(63, n), version: 1, agency_id: id, by_id: people.colleague, sealed: x },
        { version: 2 },
        n,
      ),
    ),
    messenger_chat: hanging(
      80,
      ['lookup_hmac'],
      i => ({ lookup_hmac: Buffer.alloc(32, i + 1), contact_id: records[i], channel: 'vk', sealed: x, bundle: x }),
      i => ({ lookup_hmac: Buffer.alloc(32, i + 101) }),
      'contact',
    ),
    messenger_link: hanging(
      81,
      ['token_hash'],
      i => ({ token_hash: Buffer.alloc(32, i + 1), contact_id: records[i], bundle: x, until: '2024-01-01' }),
      i => ({ token_hash: Buffer.alloc(32, i + 101) }),
      'contact',
    ),
    night_card: hanging(
      37,
      ['id'],
      i => ({
        case_id: records[i],
        shelter_id: teams[0],
        code: 'N-AAAAA',
        state: 'here',
        since: '2024-01-01',
        version: 1,
        sealed: x,
      }),
      () => ({}),
      'case',
    ),
    night_seen: hanging(
      38,
      ['id'],
      i => ({ card_id: uuid(38, i), case_id: records[i], reader: people.me, version: 1, at: '2024-01-01' }),
      () => ({}),
      'case',
    ),
    night_sheet: hanging(
      39,
      ['id'],
      i => ({ case_id: records[i], code: 'N-AAAAA', since: '2024-01-01', version: 1, sealed: x }),
      () => ({}),
      'night_card',
    ),
    stored_file: hanging(
      52,
      ['id'],
      i => ({ record: records[i], what: 'paper', bytes: 1, digest: `\\x${'00'.repeat(32)}`, sealed: x }),
      () => ({}),
    ),
    file_key: hanging(
      53,
      ['id'],
      i => ({ record: records[i], sealed: x }),
      () => ({}),
    ),
    sealed: hanging(
      24,
      ['record', 'compartment'],
      (i, r) => ({ ...kinded(i, r), compartment: 1, dek_version: 1, value: x }),
      () => ({ compartment: 7 }),
    ),
    key_wrap: hanging(
      25,
      ['record', 'compartment', 'dek_version', 'holder', 'holder_id'],
      (i, r) => ({
        ...kinded(i, r),
        compartment: 1,
        dek_version: 1,
        holder: 'team',
        holder_id: uuid(25, i),
        holder_version: 0,
        form: 1,
        wrapped: x,
        until: 'infinity',
      }),
      () => ({ compartment: 7 }),
    ),
    journal: hanging(
      26,
      ['record', 'seq'],
      (i, r) => ({
        ...kinded(i, r),
        seq: 1,
        type: 'noted',
        actor: people.me,
        recorded_at: '2024-01-01',
        command: uuid(26, i),
        digests: '',
        prev: x,
        hash: x,
      }),
      () => ({ seq: 2 }),
    ),
    journal_part: hanging(
      27,
      ['record', 'seq', 'compartment'],
      (i, r) => ({ ...kinded(i, r), seq: 1, compartment: 1, dek_version: 1, sealed: x }),
      () => ({ seq: 2 }),
    ),
    record_head: hanging(
      28,
      ['record'],
      (i, r) => ({ ...kinded(i, r), seq: 1, hash: x }),
      i => ({ record: uuid(28, i) }),
    ),
    second_look: hanging(
      29,
      ['id'],
      (i, r) => ({ ...kinded(i, r), what: 'closed_alone', done_by: people.colleague, seen_by: null, seen_at: null }),
      () => ({}),
    ),
    unlocked_work: hanging(
      30,
      ['id'],
      i => ({ ...record(i), kind: 'work' }),
      () => ({}),
      'case',
    ),
    statistics_outbox: hanging(
      49,
      ['id'],
      i => ({ case_id: records[i], sealed: x }),
      () => ({}),
      'case',
    ),
    break_glass: hanging(
      31,
      ['id'],
      (i, r) => ({ ...record(i), user_id: people[r.user], reason: 'immediate_danger', until: 'infinity', extended: false }),
      () => ({}),
      'case',
    ),
  }
}
