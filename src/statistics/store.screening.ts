import { codesOfCases } from '../screening/store.ts'
import type { ReadScreening } from './store.facts.ts'

/** Purposes and channel as the screening of a case says them; not asked yet is not known. */
export const screeningOf: ReadScreening = async (w, cases) =>
  new Map(
    [
      ...(await codesOfCases(
        w,
        cases.map(c => c.id),
      )),
    ].map(([id, s]) => [id, { purposes: s.purposes, channel: s.channel === 'not_asked' ? null : s.channel }]),
  )
