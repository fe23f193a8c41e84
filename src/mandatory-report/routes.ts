import type { Office } from '../platform/office.ts'
import { registerReportActs } from './routes.acts.ts'
import { registerReportLetters } from './routes.letters.ts'
import { registerReportPages } from './routes.page.ts'

export { reportsPart } from './routes.parts.ts'

/** Registers everything about reports to authorities. */
export const registerReports = (o: Office): void => {
  registerReportPages(o)
  registerReportActs(o)
  registerReportLetters(o)
}
