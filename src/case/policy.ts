import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Compartment, Role } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { type CaseCompartment, caseCompartments } from './schema.ts'

/** Roles that have a case page at all; interpreters and partners see their session or referral elsewhere. */
export const caseReaders: readonly Role[] = [
  'case_worker',
  'supervisor',
  'duty_specialist',
  'psychologist',
  'lawyer',
  'follow_up_worker',
  'shelter_carer',
]
const sees = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('id'))
const ofCase = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('case_id'))

/** Which compartments of a case a role may write by itself: the W of the compartment matrix. A grant adds what it names. */
const writes: Partial<Record<Role, readonly CaseCompartment[]>> = {
  case_worker: ['summary', 'story', 'follow_up'],
  duty_specialist: ['summary', 'story'],
  psychologist: ['health'],
  lawyer: ['legal'],
  follow_up_worker: ['follow_up'],
}
/** Where this person may write a note, in the order in which the form offers it; `grants` are compartments granted with the right to write. */
export const writableBy = (roles: readonly Role[], grants: readonly Compartment[] = []): CaseCompartment[] =>
  caseCompartments.filter(c => grants.includes(c) || roles.some(r => writes[r]?.includes(c)))

export const casePolicy: CapabilityPolicy = {
  permissions: {
    'case:list': { roles: caseReaders },
    'case:read': { roles: caseReaders },
    /** The list stands in the navigation: a carer of the shelter reaches the children by the night page alone. */
    'case:nav': { roles: caseReaders.filter(r => r !== 'shelter_carer') },
    'case:open': { roles: ['case_worker', 'duty_specialist', 'supervisor'] },
    'case:note': { roles: ['case_worker', 'duty_specialist', 'psychologist', 'lawyer', 'follow_up_worker'] },
    'case:danger': { roles: ['case_worker', 'duty_specialist', 'supervisor', 'psychologist', 'lawyer', 'follow_up_worker'] },
    'case:due': { roles: ['case_worker', 'supervisor'] },
    'case:accept': { roles: ['case_worker'] },
    'case:assign': { roles: ['case_worker', 'supervisor'] },
    'case:share': { roles: ['case_worker', 'supervisor'] },
    'case:exclude': { roles: ['case_worker', 'supervisor'] },
    'case:link': { roles: ['case_worker', 'supervisor'] },
    'case:look': { roles: ['case_worker', 'supervisor', 'duty_specialist', 'psychologist'] },
  },
  tables: [
    {
      table: 'case_record',
      record: 'id',
      select: sees,
      insert: sees,
      update: sees,
      updateColumns: ['assignee', 'state', 'danger', 'due', 'closed', 'retention', 'version'],
    },
    { table: 'case_link', record: 'case_id', select: ofCase, insert: ofCase, update: ofCase, updateColumns: ['ended_at'] },
  ],
}
