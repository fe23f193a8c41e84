import type { CapabilityPolicy } from '../base/policy.ts'

/** The page behind a link, for anybody who has one; and the address on which a messenger calls us, proven by its secret. */
export const messengerPublicPolicy: CapabilityPolicy = {
  permissions: { 'messenger:move': 'public', 'messenger:hook': 'public' },
  tables: [],
}
