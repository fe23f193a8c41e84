import { accessPolicy } from './access/policy.ts'
import type { CapabilityPolicy } from './base/policy.ts'
import { casePolicy } from './case/policy.ts'
import { closurePolicy } from './closure/policy.ts'
import { contactPolicy } from './contact/policy.ts'
import { doorsPolicy } from './doors/policy.ts'
import { emergencyPolicy } from './emergency/policy.ts'
import { followUpPolicy } from './follow-up/policy.ts'
import { languagePolicy } from './language/policy.ts'
import { reportPolicy } from './mandatory-report/policy.ts'
import { messengerPolicy } from './messenger/policy.ts'
import { nightCardPolicy } from './night-card/policy.ts'
import { elsewherePolicy } from './person/policy.elsewhere.ts'
import { filesPolicy } from './person/policy.files.ts'
import { matchPolicy } from './person/policy.match.ts'
import { registerPolicy } from './person/policy.registers.ts'
import { personPolicy } from './person/policy.ts'
import { planPolicy } from './plan/policy.ts'
import { platformPolicy } from './platform/policy.ts'
import { contentPolicy } from './prevention/policy.lesson.ts'
import { reachPolicy } from './prevention/policy.reach.ts'
import { safeContactPolicy } from './safe-contact/policy.ts'
import { screeningPolicy } from './screening/policy.ts'
import { statisticsPolicy } from './statistics/policy.ts'
import { worklistPolicy } from './worklist/policy.ts'

/** Every capability's permissions and row policies. A new capability with tables is added here, then `node tools/policies.ts`. */
export const allPolicies: readonly CapabilityPolicy[] = [
  platformPolicy,
  accessPolicy,
  contentPolicy,
  reachPolicy,
  contactPolicy,
  messengerPolicy,
  personPolicy,
  matchPolicy,
  elsewherePolicy,
  filesPolicy,
  registerPolicy,
  casePolicy,
  doorsPolicy,
  safeContactPolicy,
  emergencyPolicy,
  screeningPolicy,
  languagePolicy,
  reportPolicy,
  planPolicy,
  nightCardPolicy,
  followUpPolicy,
  closurePolicy,
  worklistPolicy,
  statisticsPolicy,
]
