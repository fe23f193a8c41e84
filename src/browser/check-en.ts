import { en } from '../prevention/schema.signs-en.ts'

/* Signs of one language, for check.ts. A file of its own, so that a page loads its own language only. */
;(globalThis as { dvSigns?: unknown[] }).dvSigns = [...((globalThis as { dvSigns?: unknown[] }).dvSigns ?? []), en]
