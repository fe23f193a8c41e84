import type { CapabilityPolicy } from '../base/policy.ts'

/** The child's page: anybody. What its process may execute stands in db/migrations/0040_follow_up_public.sql. */
export const followUpPublicPolicy: CapabilityPolicy = { permissions: { 'public:check-in': 'public' }, tables: [] }
