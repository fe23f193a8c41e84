import { allOf, anyOf, type Condition, granted, inMyDesk, inMyGroups, isMe } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { roles } from '../base/people.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'
import { colleague, hasRole, inMyAgency, inMyTeams, ofKind, signedIn, teamOfMyAgency } from '../platform/policy.conditions.ts'
import { adminPermissions, adminTables } from './policy.admin.ts'

interface Agency {
  readonly agencyId: Id
}
const administrator = hasRole('administrator')
const administersAgency = (column: string) => allOf<Agency>(administrator, inMyAgency(column))
const managesPeople = allOf<Agency>(hasRole('administrator', 'supervisor'), colleague('user_id'))
const me = isMe('user_id')
/** Grants: the record's team, the desk for a contact, and the person it was given to. */
const sharesRecord = anyOf<{ homeGroup: Id; record: Id; kind: string }>(
  inMyGroups,
  allOf<{ homeGroup: Id; kind: string }>(ofKind('contact'), inMyDesk),
)
const seesGrant: Condition<{ homeGroup: Id; record: Id; kind: string; user: Id }> = anyOf<{
  homeGroup: Id
  record: Id
  kind: string
  user: Id
}>(sharesRecord, granted('record'), me)

const tables: readonly TablePolicy[] = [
  {
    table: 'agency',
    record: null,
    select: signedIn,
    update: administersAgency('id'),
    updateColumns: ['profile', 'session_hours', 'time_zone'],
  },
  {
    table: 'team',
    record: null,
    select: inMyAgency('agency_id'),
    insert: administersAgency('agency_id'),
    update: administersAgency('agency_id'),
    updateColumns: ['intake', 'state', 'profile'],
  },
  // Everything of sign-in, and every new row, goes through definer functions (0003): an administrator who could insert a row could make an account with a password of his own.
  {
    table: 'account',
    record: null,
    select: inMyAgency('agency_id'),
    update: anyOf<Agency & { user: Id }>(administersAgency('agency_id'), isMe('id')),
    selectColumns: ['id', 'agency_id', 'profile', 'roles', 'state', 'public_x', 'public_ed', 'keys_version'],
    updateColumns: ['profile'],
  },
  { table: 'printed_code', record: null, select: me, selectColumns: ['id', 'user_id', 'used_at'] },
  {
    table: 'passkey',
    record: null,
    select: me,
    selectColumns: ['id', 'user_id', 'label', 'created_day', 'transports'],
  },
  {
    table: 'session',
    record: null,
    select: me,
    selectColumns: ['id', 'user_id', 'created_at', 'expires_at', 'idle_until', 'revoked_at', 'shared_computer', 'locked_at', 'device'],
  },
  { table: 'held_form', record: null },
  // Rows are put, confirmed and ended by definer functions only: whoever could write `confirmed_by` would see a team's rows.
  { table: 'member', record: null, select: teamOfMyAgency('team_id') },
  {
    table: 'absence',
    record: null,
    // Begun and ended by definer functions: an absence shows the deputy the absent person's records, and an administrator could name himself.
    select: anyOf<Agency & { user: Id }>(me, isMe('deputy_id'), managesPeople),
  },
  // A key that anybody could insert would be a key that anybody could read what is sealed under it.
  { table: 'team_key', record: null, select: signedIn },
  {
    table: 'team_key_wrap',
    record: null,
    select: anyOf<{ user: Id; members: readonly Id[] }>(me, inMyTeams('team_id')),
    update: me,
    updateColumns: ['form', 'wrapped'],
  },
  { table: 'break_glass_public', record: null, select: inMyAgency('agency_id') },
  { table: 'break_glass_key', record: null, select: me, update: me, updateColumns: ['form', 'wrapped'] },
  { table: 'break_glass_team_key', record: null, select: inMyAgency('agency_id') },
  { table: 'login_delay', record: null },
  { table: 'used_once', record: null },
  {
    table: 'grant_',
    record: 'record',
    select: seesGrant,
    insert: sharesRecord,
    update: sharesRecord,
    updateColumns: ['ended_at'],
  },
  { table: 'record_exclusion', record: 'record', select: inMyGroups, insert: inMyGroups, update: inMyGroups, updateColumns: ['ended_at'] },
  {
    table: 'break_glass',
    record: 'record',
    // Opened, extended and reviewed by definer functions (0008): whoever could insert a row could open any case.
    select: anyOf<{ homeGroup: Id; user: Id; agencyId: Id }>(
      inMyGroups,
      me,
      allOf<Agency>(hasRole('auditor'), teamOfMyAgency('home_group')),
    ),
  },
]

/** Before sign-in, and what everybody signed in may do to the own session and account. Administration stands in policy.admin.ts. */
const permissions: CapabilityPolicy['permissions'] = {
  'access:sign-in': 'anonymous',
  'access:invitation': 'anonymous',
  'access:recover': 'anonymous',
  'access:unlock': 'anonymous',
  'access:demo': 'anonymous',
  'access:session': 'signed_in',
  'access:account': 'signed_in',
  'access:step-up': 'signed_in',
  'access:secrets': { roles: [...roles], stepUp: true },
  'access:keys': 'signed_in',
  // Handing keys on is the second person of a role change: only roles that hold keys at all.
  'access:keys-confirm': {
    roles: ['supervisor', 'case_worker', 'duty_specialist', 'psychologist', 'lawyer', 'follow_up_worker', 'shelter_carer'],
  },
}

export const accessPolicy: CapabilityPolicy = { permissions: { ...permissions, ...adminPermissions }, tables: [...tables, ...adminTables] }
