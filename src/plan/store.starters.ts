import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../platform/config.ts'
import { Starters } from './schema.ts'

/** The first steps that are offered, read at the start: a broken file stops the program instead of a page. */
export const starters: Starters = Starters.parse(JSON.parse(readFileSync(path.join(root, 'instruments/first-hours.json'), 'utf8')))
