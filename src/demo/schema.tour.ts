import type { Role } from '../base/people.ts'

/** One thing to try: where it leads and which permission it needs; its words are `demo.tour.<role>.<key>`. */
export interface TourStep {
  readonly key: string
  readonly href: string
  readonly permit: string
}
const step = (key: string, href: string, permit: string): TourStep => ({ key, href, permit })

/** Four to six steps a role: what a first week is made of, in the order of a day. Care before paper. */
export const tours: Partial<Record<Role, readonly TourStep[]>> = {
  case_worker: [
    step('read', '/contacts', 'contact:list'),
    step('open', '/cases/new', 'case:open'),
    step('find', '/people/search', 'person:search'),
    step('note', '/cases?mine=1', 'case:list'),
    step('interpreter', '/interpreters', 'language:register'),
    step('again', '/cases?state=closed', 'case:list'),
  ],
  supervisor: [
    step('danger', '/cases?danger=danger', 'case:list'),
    step('nobody', '/cases?sort=danger', 'case:list'),
    step('reports', '/reports', 'report:list'),
    step('count', '/statistics', 'statistics:working'),
    step('emergency', '/emergency', 'glass:see'),
  ],
  duty_specialist: [
    step('inbox', '/contacts', 'contact:list'),
    step('write', '/contacts/new', 'contact:create'),
    step('open', '/cases/new', 'case:open'),
    step('interpreter', '/interpreters', 'language:register'),
    step('emergency', '/emergency', 'glass:see'),
  ],
  psychologist: [
    step('shared', '/cases', 'case:list'),
    step('note', '/cases', 'case:note'),
    step('danger', '/cases?danger=concern', 'case:danger'),
    step('own', '/me', 'access:account'),
  ],
  lawyer: [
    step('shared', '/cases', 'case:list'),
    step('reports', '/reports', 'report:list'),
    step('note', '/cases', 'case:note'),
    step('own', '/me', 'access:account'),
  ],
  shelter_carer: [
    step('night', '/night', 'night:list'),
    step('missing', '/night', 'night:list'),
    step('print', '/night', 'night:list'),
    step('own', '/me', 'access:account'),
  ],
  follow_up_worker: [
    step('due', '/follow-up', 'follow-up:list'),
    step('record', '/follow-up', 'follow-up:record'),
    step('missed', '/follow-up', 'follow-up:list'),
    step('own', '/me', 'access:account'),
  ],
  interpreter: [
    step('session', '/sessions', 'language:room'),
    step('say', '/sessions', 'language:room'),
    step('ends', '/sessions', 'language:room'),
    step('own', '/me', 'access:account'),
  ],
  analyst: [
    step('release', '/releases', 'statistics:release'),
    step('small', '/releases', 'statistics:release'),
    step('coarser', '/releases', 'statistics:release'),
    step('own', '/me', 'access:account'),
  ],
  administrator: [
    step('people', '/users', 'user:list'),
    step('teams', '/teams', 'team:list'),
    step('health', '/health', 'health:read'),
    step('leaver', '/users', 'user:list'),
  ],
  auditor: [
    step('looks', '/audit', 'audit:read'),
    step('refused', '/audit', 'audit:read'),
    step('server', '/audit', 'audit:read'),
    step('own', '/me', 'access:account'),
  ],
}
/** Whoever has several roles gets the walk of the first of these. */
export const tourOrder = Object.keys(tours) as readonly Role[]
