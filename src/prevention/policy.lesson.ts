import type { CapabilityPolicy } from '../base/policy.ts'

/* Texts lie in files and say nothing of anybody, so there is no table. */

/** Anybody, without a name. */
export const lessonPolicy: CapabilityPolicy = { permissions: { 'public:learn': 'public' }, tables: [] }
/** In the office: who looks after the texts. */
export const contentPolicy: CapabilityPolicy = {
  permissions: { 'content:read': { roles: ['content_editor', 'administrator'] } },
  tables: [],
}
