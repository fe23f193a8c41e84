import { allOf, anyOf, granted, inMyDesk, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'
import { hasRole, inMyAgency } from '../platform/policy.conditions.ts'

/** Who answers the door. Administrators, auditors, partners and the functions that work by assignment have no inbox. */
const atTheDoor: readonly Role[] = ['duty_specialist', 'case_worker', 'supervisor']

interface Row {
  readonly homeGroup: Id
  readonly record: Id
}
const seen = anyOf<Row>(inMyGroups, inMyDesk, granted('id'))
const partOf = anyOf<Row>(inMyGroups, inMyDesk, granted('contact_id'))

/** What belongs to the desk as a whole and to no contact: its keys of the day, its hours. */
const ofDesk = anyOf<Pick<Row, 'homeGroup'>>(inMyGroups, inMyDesk)
/** When it answers is said to children: by whoever answers for the team. */
const leadsDesk = allOf<Pick<Row, 'homeGroup'>>(hasRole('supervisor'), inMyGroups)

/** A room of somebody asked in: the desk's, and for its hours theirs. They are granted the room, never its contact. */
const guest = anyOf<Row>(inMyGroups, inMyDesk, granted('id'))
const inRoom = anyOf<Row>(inMyGroups, inMyDesk, granted('record'))
const mine = inMyAgency('agency_id')
const changesCalendar = allOf<{ agencyId: Id }>(hasRole('supervisor', 'administrator'), mine)

const tables: readonly TablePolicy[] = [
  {
    table: 'contact',
    record: 'id',
    select: seen,
    insert: seen,
    update: seen,
    updateColumns: ['urgency', 'state', 'assignee', 'unread', 'blocked_until', 'version', 'closing'],
  },
  {
    // Of the way back to the sender the office sees the public half only; the proof and its tries stay with the public functions.
    table: 'conversation',
    record: 'contact_id',
    select: partOf,
    selectColumns: ['contact_id', 'home_group', 'ck_public', 'sealed_by', 'watched', 'last_day'],
    update: partOf,
    updateColumns: ['last_day'],
  },
  // What arrived in a box for the key of a day is sealed anew under the contact's own key.
  { table: 'message', record: 'contact_id', select: partOf, insert: partOf, update: partOf, updateColumns: ['sealed', 'prekey_id'] },
  // Taken away by definer functions, with everything in it and every wrap of its key.
  {
    table: 'contact_room',
    record: 'contact_id',
    select: guest,
    insert: anyOf<Row>(inMyGroups, inMyDesk),
    update: anyOf<Row>(inMyGroups, inMyDesk),
    updateColumns: ['passed_seq'],
  },
  { table: 'contact_room_turn', record: 'record', select: inRoom, insert: inRoom },
  { table: 'calendar_day', record: null, select: mine, insert: changesCalendar, delete: changesCalendar },
  { table: 'prekey', record: null, select: ofDesk, insert: ofDesk },
  // What contacts name, as HMACs, and what three of them named.
  { table: 'place_mark', record: 'contact_id', select: partOf, insert: partOf },
  {
    table: 'place_alert',
    record: 'contact_id',
    select: partOf,
    insert: partOf,
    update: partOf,
    updateColumns: ['done_on', 'done_by', 'why'],
  },
  // Written and read by the functions of retention alone.
  { table: 'tombstone', record: null },
  {
    table: 'desk_hours',
    record: null,
    select: ofDesk,
    insert: leadsDesk,
    update: leadsDesk,
    updateColumns: ['hours', 'waiting', 'version'],
  },
]

export const contactPolicy: CapabilityPolicy = {
  permissions: {
    'contact:list': { roles: atTheDoor },
    'contact:read': { roles: atTheDoor },
    'contact:write': { roles: atTheDoor },
    // Who has how much, and the days off: for whoever spreads the work.
    'contact:load': { roles: ['supervisor'] },
    'contact:calendar': { roles: ['supervisor', 'administrator'] },
    'contact:hours': { roles: ['supervisor'] },
    // Whoever was asked into a conversation: its page shows what was passed on and nothing else.
    'contact:room': { roles: ['interpreter', 'duty_specialist', 'case_worker'] },
    // Writing down what was said makes a story key: supervision holds none.
    'contact:create': { roles: ['duty_specialist', 'case_worker'] },
  },
  tables,
}
