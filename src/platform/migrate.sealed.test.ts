import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './config.ts'

/* SQL cannot read what is sealed: a migration that touched it could only break it. Upcasters in schema.ts read every old version instead. */

const dir = path.join(root, 'db/migrations')
const files = readdirSync(dir)
  .filter(f => f.endsWith('.sql'))
  .map(name => ({ name, text: readFileSync(path.join(dir, name), 'utf8').replace(/--[^\n]*/g, '') }))

/** `table.column` of everything sealed or wrapped, from the closed list; hashes, salts and public halves are no content. */
const sealed = [
  ...readFileSync(path.join(root, 'db/plain-columns.md'), 'utf8')
    .split('## Sealed')[1]!
    .matchAll(/^\| `(\w+\.\w+)` \| (.*) \|$/gm),
]
  .filter(([, , what]) => !/^(SHA-256|HMAC|MAC|hash|salt|public key|signature|random id|Argon2id)/.test(what!))
  .map(([, column]) => column!)
const tables = [...new Set(sealed.map(c => c.split('.')[0]!))].join('|')

/** Where a function only passes on what a running program sealed; anything else has to stand here with its reason. */
const allowed = [
  // Wraps of record keys under a new team key, sealed by the session that rotates, in an array of its parameters.
  'key_wrap.wrapped = x.b',
  // The copy for a messenger goes once it was delivered, and stays as it is until then; staff's own copy is `message.sealed`.
  "message.sealed_out = case when p_state = 'sent' then null else m.sealed_out end",
]
/** Whole statements: a parameter of the function, its own insert, or nothing at all (the keys of somebody who has left). */
const passedOn = /^(p_\w+|excluded\.\w+|null)$/

const sealedUpdates = (text: string): string[] => {
  const out: string[] = []
  for (const m of text.matchAll(
    /\bupdate\s+(?:(?:app\.)?(\w+)(?:\s+(?:as\s+)?\w+)?\s+)?set\s+([\s\S]*?)(?=\bwhere\b|\bfrom\b|\breturning\b|;|\$\$)/gi,
  )) {
    // "on conflict … do update set" belongs to the insert before it.
    const table = m[1] ?? [...text.slice(0, m.index).matchAll(/insert\s+into\s+(?:app\.)?(\w+)/gi)].at(-1)?.[1] ?? '?'
    for (const [, column, value] of m[2]!.matchAll(/(\w+)\s*=\s*([^,]+)/g))
      if (sealed.includes(`${table}.${column}`) && !passedOn.test(value!.trim())) out.push(`${table}.${column} = ${value!.trim()}`)
  }
  return out
}
/** What a migration does itself: everything outside the bodies of functions. `do` blocks run at once. */
const atOnce = (text: string) =>
  text.replace(/(\bdo\s+)?\$(\w*)\$[\s\S]*?\$\2\$/gi, (body, run: string | undefined) => (run ? body : '$body$'))
const touches = (text: string): string[] =>
  [
    new RegExp(`\\bupdate\\s+(?:only\\s+)?(?:app\\.)?(?:${tables})\\b`, 'gi'),
    new RegExp(`\\bdelete\\s+from\\s+(?:app\\.)?(?:${tables})\\b`, 'gi'),
    new RegExp(`\\bmerge\\s+into\\s+(?:app\\.)?(?:${tables})\\b`, 'gi'),
    new RegExp(`\\btruncate\\s+(?:table\\s+)?(?:app\\.)?(?:${tables})\\b`, 'gi'),
    new RegExp(`\\bdrop\\s+table\\s+(?:if\\s+exists\\s+)?(?:app\\.)?(?:${tables})\\b`, 'gi'),
    new RegExp(
      `\\b(?:alter|drop)\\s+column\\s+(?:if\\s+exists\\s+)?(?:${[...new Set(sealed.map(c => c.split('.')[1]))].join('|')})\\b[^;,]*`,
      'gi',
    ),
  ].flatMap(r => [...atOnce(text).matchAll(r)].map(m => m[0]))

test('the closed list names what is sealed', () => {
  for (const c of ['sealed.value', 'journal_part.sealed', 'message.sealed', 'message.sealed_out', 'case_link.sealed', 'account.pw_bundle'])
    expect(sealed).toContain(c)
  for (const c of ['session.bundle', 'key_wrap.wrapped', 'team.profile', 'conversation.ck_wrapped', 'held_form.sealed'])
    expect(sealed).toContain(c)
  expect(sealed).not.toContain('journal.hash')
})
test.each(files.map(f => [f.name, f.text] as const))('%s changes no sealed content', (_name, text) => {
  expect(touches(text)).toEqual([])
  expect(sealedUpdates(text).filter(u => !allowed.includes(u))).toEqual([])
})
test('control: the same search finds what it should, and lets moving and passing on be', () => {
  expect(touches("update app.sealed set value = '';")).toHaveLength(1)
  expect(touches("do $$ begin update app.sealed set value = ''; end $$;")).toHaveLength(1)
  expect(touches('alter table app.message alter column sealed type text using sealed::text;')).toHaveLength(1)
  expect(touches('alter table app.account drop column pw_bundle, add x int;')).toHaveLength(1)
  expect(touches('delete from app.journal_part;')).toHaveLength(1)
  expect(touches('create function f() $$ begin delete from app.key_wrap where until < now(); end $$;')).toEqual([])
  expect(sealedUpdates('update app.sealed s set dek_version = 2, value = s.value || p_more where true;')).toEqual([
    'sealed.value = s.value || p_more',
  ])
  expect(
    sealedUpdates('insert into app.key_wrap values (1) on conflict (a) do update set wrapped = p_a || excluded.wrapped;'),
  ).toHaveLength(1)
  expect(sealedUpdates('update app.sealed set home_group = p_group where record = p_record;')).toEqual([])
  expect(sealedUpdates('update app.account set pw_bundle = p_bundle, totp = null where id = u;')).toEqual([])
})
