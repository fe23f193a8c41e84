/**
 * The words of access that every layer shares: roles (what a person may do), functions (which keys a member of a team holds)
 * and compartments (what is sealed apart). The wraps to people *are* the matrix of security.md §3.1: R and W hold a key; M, G and – do not.
 */
export const roles = [
  'administrator',
  'supervisor',
  'case_worker',
  'duty_specialist',
  'psychologist',
  'lawyer',
  'shelter_carer',
  'follow_up_worker',
  'interpreter',
  'partner',
  'analyst',
  'auditor',
  'content_editor',
] as const
export type Role = (typeof roles)[number]

/** Roles that read cases: an auditor may hold none of them, or the watcher would watch himself. */
export const caseReadingRoles: readonly Role[] = [
  'supervisor',
  'case_worker',
  'duty_specialist',
  'psychologist',
  'lawyer',
  'shelter_carer',
  'follow_up_worker',
  'interpreter',
  'partner',
]

export const compartments = ['identity', 'whereabouts', 'summary', 'story', 'health', 'legal', 'follow_up', 'night'] as const
export type Compartment = (typeof compartments)[number]
/** The number stored in the database and bound into every envelope; never renumber. */
export const compartmentNumber: Record<Compartment, number> = {
  identity: 1,
  whereabouts: 2,
  summary: 3,
  story: 4,
  health: 5,
  legal: 6,
  follow_up: 7,
  night: 8,
}
export const compartmentOf = (n: number): Compartment =>
  compartments[n - 1] ??
  (() => {
    throw new Error(`no compartment ${n}`)
  })()

export const functions = ['casework', 'supervision', 'health', 'legal', 'follow_up', 'desk', 'shelter'] as const
export type TeamFunction = (typeof functions)[number]

/** Which compartment keys T(team, compartment) a member with this function holds. */
export const holds: Record<TeamFunction, readonly Compartment[]> = {
  casework: ['identity', 'whereabouts', 'summary', 'story', 'follow_up'],
  supervision: ['identity', 'summary', 'follow_up'],
  health: ['identity', 'summary', 'health', 'follow_up'],
  legal: ['identity', 'summary', 'legal'],
  follow_up: ['identity', 'whereabouts', 'follow_up'],
  desk: ['identity', 'whereabouts', 'summary', 'story'],
  shelter: ['night'],
}

/** The function that a role brings to a team it is a member of. Roles without an entry hold no key. */
export const functionOfRole: Partial<Record<Role, TeamFunction>> = {
  supervisor: 'supervision',
  case_worker: 'casework',
  duty_specialist: 'desk',
  psychologist: 'health',
  lawyer: 'legal',
  shelter_carer: 'shelter',
  follow_up_worker: 'follow_up',
}
