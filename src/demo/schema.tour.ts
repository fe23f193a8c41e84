import type { Role } from '../base/people.ts'

/** One thing to try: where it leads and which permission it needs; its words are `demo.tour.<role>.<key>`. */
export interface TourStep {
  readonly key: string
  readonly href: string
  readonly permit: string
}
const step = (key: string, href: string, permit: string): TourStep => ({ key, href, permit })

/** Four to eight steps a role: what a first week is made of, in the order of a day. Care before paper. */
export const tours: Partial<Record<Role, readonly TourStep[]>> = {
  case_worker: [
    step('read', '/contacts', 'contact:list'),
    step('open', '/cases/new', 'case:open'),
    step('find', '/people/search', 'person:search'),
    step('same', '/people/matches', 'match:read'),
    step('elsewhere', '/matches/ask', 'match:elsewhere'),
    step('note', '/cases?mine=1', 'case:list'),
    step('interpreter', '/interpreters', 'language:register'),
    step('again', '/cases?state=closed', 'case:list'),
  ],
  supervisor: [
    step('danger', '/cases?danger=danger', 'case:list'),
    step('nobody', '/cases?sort=danger', 'case:list'),
    step('load', '/contacts/load', 'contact:load'),
    step('onCall', '/on-call', 'on-call:see'),
    step('same', '/people/matches', 'match:read'),
    step('registers', '/registers', 'register:use'),
    step('reach', '/statistics/reach', 'reach:read'),
    step('count', '/statistics', 'statistics:working'),
  ],
  duty_specialist: [
    step('inbox', '/contacts', 'contact:list'),
    step('chat', '/contacts?channel=chat', 'contact:list'),
    step('ready', '/contacts?channel=chat&mine=1', 'contact:list'),
    step('life', '/contacts?channel=chat&mine=1', 'emergency:use'),
    step('write', '/contacts/new', 'contact:create'),
    step('open', '/cases/new', 'case:open'),
    step('onCall', '/on-call', 'on-call:see'),
    step('outreach', '/outreach', 'outreach:use'),
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
    step('reach', '/statistics/reach', 'reach:read'),
    step('own', '/me', 'access:account'),
  ],
  administrator: [
    step('people', '/users', 'user:list'),
    step('teams', '/teams', 'team:list'),
    step('health', '/health', 'health:read'),
    step('onCall', '/on-call', 'on-call:see'),
    step('leaver', '/users', 'user:list'),
  ],
  content_editor: [
    step('lessons', '/content', 'content:read'),
    step('draft', '/content/draft', 'content:read'),
    step('posters', '/statistics/reach', 'reach:poster'),
    step('reach', '/statistics/reach', 'reach:read'),
    step('outreach', '/outreach', 'outreach:use'),
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
