import type { LinkEngine } from './person/routes.registers.ts'
import { inThread } from './platform/threads.ts'

/** Below the time in which a request must be answered. */
const longest = 75_000
/** Registers are read and compared in a thread of their own. */
export const linkEngine: LinkEngine = {
  read: task => inThread('linkage', task, longest),
  link: task => inThread('linkage', task, longest),
}
