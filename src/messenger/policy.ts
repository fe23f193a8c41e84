import type { CapabilityPolicy } from '../base/policy.ts'

/** Chats and links belong to the public functions: no staff role reads or writes them. */
export const messengerPolicy: CapabilityPolicy = {
  permissions: {},
  tables: [
    { table: 'messenger_chat', record: 'contact_id' },
    { table: 'messenger_link', record: 'contact_id' },
  ],
}
