import { allOf, anyOf, type Condition, granted, inMyDesk, inMyGroups, isMe } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'
import { colleague, hasRole, inMyAgency, inMyTeams, ofKind, signedIn, teamOfMyAgency } from '../platform/policy.conditions.ts'

interface Agency {
  readonly agencyId: Id
}
const administrator = hasRole('administrator')
const administersTeam = allOf<Agency>(administrator, teamOfMyAgency('team_id'))
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
  {
    table: 'account',
    record: null,
    select: inMyAgency('agency_id'),
    insert: administersAgency('agency_id'),
    update: administersAgency('agency_id'),
    selectColumns: ['id', 'agency_id', 'profile', 'roles', 'state', 'public_x', 'public_ed', 'keys_version'],
    updateColumns: ['profile', 'roles'],
  },
  { table: 'printed_code', record: null, select: me, selectColumns: ['id', 'user_id', 'used_at'], insert: me, delete: me },
  {
    table: 'passkey',
    record: null,
    select: me,
    selectColumns: ['id', 'user_id', 'label', 'created_day', 'transports'],
    insert: me,
    update: me,
    updateColumns: ['label'],
    delete: me,
  },
  {
    table: 'session',
    record: null,
    select: me,
    selectColumns: ['id', 'user_id', 'created_at', 'expires_at', 'idle_until', 'revoked_at', 'shared_computer', 'locked_at', 'device'],
  },
  { table: 'held_form', record: null },
  {
    table: 'member',
    record: null,
    select: teamOfMyAgency('team_id'),
    insert: administersTeam,
    update: anyOf<Agency & { members: readonly Id[] }>(administersTeam, inMyTeams('team_id')),
    updateColumns: ['confirmed_by', 'until'],
    delete: administersTeam,
  },
  {
    table: 'absence',
    record: null,
    select: anyOf<Agency & { user: Id }>(me, isMe('deputy_id'), managesPeople),
    insert: anyOf<Agency & { user: Id }>(me, managesPeople),
    update: anyOf<Agency & { user: Id }>(me, managesPeople),
    updateColumns: ['until', 'ended_at'],
  },
  {
    table: 'team_key',
    record: null,
    select: teamOfMyAgency('team_id'),
    insert: inMyTeams('team_id'),
    update: inMyTeams('team_id'),
    updateColumns: ['retired_at'],
  },
  {
    table: 'team_key_wrap',
    record: null,
    select: anyOf<{ user: Id; members: readonly Id[] }>(me, inMyTeams('team_id')),
    insert: inMyTeams('team_id'),
    update: me,
    updateColumns: ['form', 'wrapped'],
  },
  { table: 'break_glass_key', record: null, select: me, insert: inMyAgency('agency_id'), update: me, updateColumns: ['form', 'wrapped'] },
  { table: 'break_glass_team_key', record: null, select: inMyAgency('agency_id'), insert: inMyTeams('team_id') },
  {
    table: 'grant_',
    record: 'record',
    select: seesGrant,
    insert: sharesRecord,
    update: sharesRecord,
    updateColumns: ['until', 'ended_at'],
  },
  { table: 'record_exclusion', record: 'record', select: inMyGroups, insert: inMyGroups, update: inMyGroups, updateColumns: ['ended_at'] },
  {
    table: 'break_glass',
    record: 'record',
    select: anyOf<{ homeGroup: Id; user: Id }>(inMyGroups, me),
    insert: me,
    update: inMyGroups,
    updateColumns: ['extended', 'until', 'reviewed_by', 'reviewed_at', 'outcome'],
  },
]

export const accessPolicy: CapabilityPolicy = { permissions: {}, tables }
