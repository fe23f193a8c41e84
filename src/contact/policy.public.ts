import type { CapabilityPolicy } from '../base/policy.ts'

/** The public site: anybody, with no ambient authority. Its role owns no table; what it may execute stands in db/migrations/0002_public.sql. */
export const publicPolicy: CapabilityPolicy = {
  permissions: { 'public:read': 'public', 'public:report': 'public', 'public:talk': 'public', 'public:leave': 'public' },
  tables: [],
}
