import { tg } from '../prevention/schema.signs-tg.ts'

/* Signs of one language, for check.ts. A file of its own, so that a page loads its own language only. */
;(globalThis as { dvSigns?: unknown[] }).dvSigns = [...((globalThis as { dvSigns?: unknown[] }).dvSigns ?? []), tg]
