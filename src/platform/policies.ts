import { notExcludedSql } from '../base/condition.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'

const verbs = ['select', 'insert', 'update', 'delete'] as const
type Verb = (typeof verbs)[number]

const columns = (names: readonly string[] | undefined) => (names ? ` (${names.join(', ')})` : '')

/** The condition of one verb as it stands in the policy: who may, less whoever is excluded from the record. */
export const policySql = (t: TablePolicy, verb: Verb): string | undefined => {
  const condition = t[verb]
  if (!condition) return undefined
  return t.record ? `(${condition.sql}) and ${notExcludedSql(t.record)}` : `(${condition.sql})`
}

const right: Record<Verb, (t: TablePolicy) => string> = {
  select: t => `select${columns(t.selectColumns)}`,
  insert: () => 'insert',
  update: t => `update${columns(t.updateColumns)}`,
  delete: () => 'delete',
}
// An update checks the new row by the very condition that showed the old one: nothing can be pushed out of, or pulled into, one's own scope.
const clause: Record<Verb, (sql: string) => string> = {
  select: s => `using ${s}`,
  insert: s => `with check ${s}`,
  update: s => `using ${s}\n  with check ${s}`,
  delete: s => `using ${s}`,
}

const tableSql = (t: TablePolicy): string => {
  const lines = [`-- ${t.table}`]
  for (const verb of verbs) {
    const sql = policySql(t, verb)
    if (!sql) continue
    if (verb === 'update' && !t.updateColumns?.length) throw new Error(`${t.table}: an update policy needs updateColumns`)
    if (verb === 'update' && t.updateColumns?.includes('home_group'))
      throw new Error(`${t.table}: home_group changes by app.move_home_group only`)
    lines.push(`grant ${right[verb](t)} on app.${t.table} to staff_rw;`)
    lines.push(`create policy staff_${verb} on app.${t.table} for ${verb} to staff_rw ${clause[verb](`(${sql})`)};`)
  }
  if (lines.length === 1) lines.push('-- no right of its own: definer functions only')
  return lines.join('\n')
}

/**
 * The row-level security of staff_rw, whole, from every capability's policy.ts. Begins by taking everything away, so that what was dropped from a policy.ts is
 * dropped from the database. Throws when two capabilities claim one table.
 */
export const policiesSql = (capabilities: readonly CapabilityPolicy[]): string => {
  const tables = capabilities.flatMap(c => c.tables).toSorted((a, b) => (a.table < b.table ? -1 : 1))
  const twice = tables.find((t, i) => tables[i + 1]?.table === t.table)
  if (twice) throw new Error(`two policies claim the table ${twice.table}`)
  return `-- Generated from the policy.ts files by tools/policies.ts. Do not edit: change a policy.ts and run \`node tools/policies.ts\`.
set role owner;
do $$ declare p record; begin
  for p in select tablename, policyname from pg_policies where schemaname = 'app' and policyname like 'staff\\_%' loop
    execute format('drop policy %I on app.%I', p.policyname, p.tablename);
  end loop;
end $$;
revoke all on all tables in schema app from staff_rw;

${tables.map(tableSql).join('\n\n')}

reset role;
`
}
