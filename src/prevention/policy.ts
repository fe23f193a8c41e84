import type { CapabilityPolicy } from '../base/policy.ts'

/** Anybody, without a name; nothing is stored, so there is no table. */
export const preventionPolicy: CapabilityPolicy = {
  permissions: { 'public:check': 'public', 'public:clear': 'public', 'public:poster': 'public', 'public:leaflet': 'public' },
  tables: [],
}
