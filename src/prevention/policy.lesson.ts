import type { CapabilityPolicy } from '../base/policy.ts'

/** Anybody, without a name; texts lie in files, so there is no table. */
export const lessonPolicy: CapabilityPolicy = { permissions: { 'public:learn': 'public' }, tables: [] }
