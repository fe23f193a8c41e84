import { allOf, anyOf, type Condition, granted, inMyDesk, inMyGroups } from '../base/condition.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'
import { colleague, hasRole, inMyAgency, type RecordRow, seesRecord, signedIn, teamOfMyAgency } from './policy.conditions.ts'

/** An auditor sees that something happened (headers) in the own agency, never what (parts). */
const auditor = hasRole('auditor')
const journalHeader: Condition<RecordRow & { agencyId: string }> = anyOf<RecordRow & { agencyId: string }>(
  seesRecord,
  allOf<{ agencyId: string }>(auditor, anyOf(teamOfMyAgency('home_group'), inMyAgency('home_group'))),
)
/** Whoever could open the record may see that work waits on it, and take it away when done. */
const worksOn = anyOf<{ homeGroup: string; record: string }>(inMyGroups, inMyDesk, granted('record'))

/** Tables that no capability owns. Written by definer functions only: journal, journal_part, record_head, read_audit, command_seen, tree_* (an absent verb is denied). */
const tables: readonly TablePolicy[] = [
  { table: 'installation', record: null, select: signedIn, update: hasRole('administrator'), updateColumns: ['settings'] },
  {
    table: 'sealed',
    record: 'record',
    select: seesRecord,
    insert: seesRecord,
    update: seesRecord,
    updateColumns: ['value', 'dek_version'],
  },
  {
    // No delete: wraps go by a definer function (erasure, leaver), so that a stolen session cannot make a record unreadable for ever.
    table: 'key_wrap',
    record: 'record',
    select: seesRecord,
    insert: seesRecord,
    update: seesRecord,
    updateColumns: ['form', 'wrapped', 'holder_version', 'until'],
  },
  { table: 'recovery_epoch', record: null, insert: signedIn },
  {
    table: 'rotation',
    record: null,
    // Begun and finished by definer functions: called done by a row, the keys of a leaver would stay good for ever.
    select: teamOfMyAgency('team_id'),
  },
  { table: 'unlocked_work', record: 'record', select: worksOn, insert: worksOn, delete: worksOn },
  {
    table: 'second_look',
    record: 'record',
    select: seesRecord,
    insert: seesRecord,
    update: seesRecord,
    updateColumns: ['seen_by', 'seen_at'],
  },
  { table: 'record_head', record: 'record', select: journalHeader },
  { table: 'journal', record: 'record', select: journalHeader },
  { table: 'journal_part', record: 'record', select: seesRecord },
  { table: 'read_audit', record: null, select: allOf<{ agencyId: string }>(auditor, colleague('actor')) },
  { table: 'command_seen', record: null },
  { table: 'unsealed_leaf', record: null },
  // A head is a number, a time and hashes; the leaves name records of every agency, so nobody in the office sees them.
  { table: 'tree_head', record: null, select: auditor },
  { table: 'tree_leaf', record: null },
  {
    table: 'helpline',
    record: null,
    select: signedIn,
    insert: hasRole('administrator', 'content_editor'),
    update: hasRole('administrator', 'content_editor'),
    delete: hasRole('administrator', 'content_editor'),
    updateColumns: ['country', 'number', 'names', 'hours', 'sort', 'verified_on', 'verified_by', 'always'],
  },
  { table: 'public_count', record: null, select: hasRole('administrator', 'supervisor', 'content_editor', 'analyst') },
  { table: 'health_mark', record: null, select: signedIn },
]

export const platformPolicy: CapabilityPolicy = { permissions: {}, tables }
