// Writes db/policies.sql from every policy.ts. `--check` only says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { policiesSql } from '../src/platform/policies.ts'
import { allPolicies } from '../src/policies.ts'

const file = path.join(import.meta.dirname, '../db/policies.sql')
const sql = policiesSql(allPolicies)
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== sql) {
    console.error('db/policies.sql is not current: run `node tools/policies.ts`.')
    process.exitCode = 1
  }
} else writeFileSync(file, sql)
