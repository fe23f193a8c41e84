import { anyOf, granted, inMyDesk, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'

const ofContact = anyOf<{ homeGroup: Id; record: Id }>(inMyGroups, inMyDesk, granted('contact_id'))

export const doorsPolicy: CapabilityPolicy = {
  permissions: {
    // Supervision holds no story key: what others sent and brought is for whoever answers the door.
    'door:use': { roles: ['duty_specialist', 'case_worker'] },
    'letter:list': { roles: ['duty_specialist', 'case_worker', 'supervisor'] },
  },
  tables: [
    { table: 'contact_file', record: 'contact_id', select: ofContact, insert: ofContact, delete: ofContact },
    { table: 'contact_file_key', record: 'contact_id', select: ofContact, insert: ofContact, delete: ofContact },
    {
      table: 'incoming_letter',
      record: 'contact_id',
      select: ofContact,
      insert: ofContact,
      update: ofContact,
      updateColumns: ['state', 'due', 'version', 'sealed'],
    },
  ],
}
