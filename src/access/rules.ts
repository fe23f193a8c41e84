import { caseReadingRoles, functionOfRole, type Role, roles, type TeamFunction } from '../base/people.ts'

/** Seconds to wait after the n-th failed try in a row: three are free, then 1, 2, 4 … 60. Never a lock-out: anybody could lock a colleague out. */
export const delaySeconds = (fails: number): number => (fails < 4 ? 0 : Math.min(60, 2 ** Math.min(fails - 4, 10)))

export const minPasswordLength = 14
/** The least zxcvbn score (0–4) of a password. */
export const minPasswordScore = 3
export type PasswordError = 'password_short' | 'password_weak' | 'password_long'
/** Length and guessability only; no composition rules, no forced change (they make passwords worse). Null: good. */
export const judgePassword = (password: string, score: number): PasswordError | null => {
  const length = [...password].length
  if (length < minPasswordLength) return 'password_short'
  if (length > 256) return 'password_long'
  return score < minPasswordScore ? 'password_weak' : null
}

export type RolesError = 'roles_empty' | 'roles_unknown' | 'roles_auditor'
/** Roles add up, except the auditor's with any that reads cases: the watcher would watch himself. Null: allowed together. */
export const judgeRoles = (wanted: readonly string[]): RolesError | null => {
  if (wanted.length === 0) return 'roles_empty'
  if (!wanted.every(r => roles.includes(r as Role))) return 'roles_unknown'
  return wanted.includes('auditor') && wanted.some(r => caseReadingRoles.includes(r as Role)) ? 'roles_auditor' : null
}

/** The functions that a person's roles bring to a team, without repeats. */
export const functionsOf = (wanted: readonly Role[]): readonly TeamFunction[] => [...new Set(wanted.flatMap(r => functionOfRole[r] ?? []))]

export const totpPeriodSeconds = 30
/** The time steps whose code is taken at `ms`: this one and its neighbours, for clocks that are up to half a minute off. */
export const totpSteps = (ms: number): readonly number[] => {
  const now = Math.floor(ms / 1000 / totpPeriodSeconds)
  return [now, now - 1, now + 1]
}

export const pinPattern = /^\d{4,8}$/
/** PINs that are tried first: all the same digit, and straight runs up or down. */
export const weakPin = (pin: string): boolean => {
  const steps = [...pin].slice(1).map((d, i) => Number(d) - Number(pin[i]))
  return steps.every(s => s === 0) || steps.every(s => s === 1) || steps.every(s => s === -1)
}

/** Only addresses of our own pages may follow a sign-in: an address given by somebody else would carry people off. */
export const safeNext = (next: string | undefined): string =>
  next && /^\/(?![/\\])[\w\-./?=&%,:+~]*$/.test(next) && !/^\/(sign-in|sign-out|unlock|lock|invitation|recover|demo)\b/.test(next)
    ? next
    : '/'

const kindIn = (agent: string, list: readonly (readonly [RegExp, string])[]): string => list.find(([mark]) => mark.test(agent))?.[1] ?? ''
/** What a browser says it is, as "Firefox" and "Windows": no version, no model. A browser that carries another's name too stands before it. */
export const deviceOf = (agent: string): { readonly browser: string; readonly system: string } => ({
  browser: kindIn(agent, [
    [/YaBrowser\//, 'Yandex Browser'],
    [/Edg(e|A|iOS)?\//, 'Edge'],
    [/OPR\/|Opera/, 'Opera'],
    [/SamsungBrowser\//, 'Samsung Internet'],
    [/Firefox\/|FxiOS\//, 'Firefox'],
    [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]),
  system: kindIn(agent, [
    [/Android/, 'Android'],
    [/iPhone|iPad|iPod/, 'iOS'],
    [/Windows/, 'Windows'],
    [/CrOS/, 'ChromeOS'],
    [/Macintosh|Mac OS X/, 'macOS'],
    [/Linux|X11/, 'Linux'],
  ]),
})
