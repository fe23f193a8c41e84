import type { Locale } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { addDays, type Day } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { type Receipt, receiptList } from '../contact/rules.receipt.ts'
import { receiptOf } from '../contact/store.public.ts'
import { argonQueue, costText, defaultCost } from '../platform/argon.ts'
import { boxPair, random } from '../platform/crypto.ts'
import { sealWith, type Work } from '../platform/records.ts'
import { codeKeySchema } from './schema.ts'
import { proofOf, secretOf } from './store.proof.ts'
import { endCode, liveCode, writeCodeMade } from './store.ts'

/** The words of a code: the same machinery and lists as a receipt, from a seed that travels in the form. */
export const codeOf = (seed: string, language: Locale): Receipt & { readonly kind: 'words' | 'digits' } => ({
  ...receiptOf(seed, 0, language),
  kind: receiptList(language) === 'digits' ? 'digits' : 'words',
})

/** Making a code costs two hashes while a connection waits: few at a time, and then "try again". */
const argon = argonQueue(1, 3)
/** A year of check-ins and what comes late. */
const codeDays = 460

/** Makes the code of a case; one that worked before ends. 'taken': another code has this locator, make a new seed. */
export const makeCode = async (
  w: Work,
  c: CaseRow,
  v: {
    readonly id: Id
    readonly endCommand: Id
    readonly seed: string
    readonly language: Locale
    readonly word: string
    readonly danger: string
  },
  today: Day,
): Promise<'made' | 'taken' | 'busy'> => {
  const code = codeOf(v.seed, v.language)
  const salt = random(16)
  const k = await argon.hash(secretOf(code.secret, v.word), salt)
  const d = v.danger === '' ? null : await argon.hash(secretOf(code.secret, v.danger), salt)
  if (k === 'busy' || d === 'busy') return 'busy'
  const old = await liveCode(w, c.id, today)
  const box = boxPair()
  const until = addDays(today, codeDays)
  const sealed = await sealWith(
    w,
    c.id,
    'case',
    c.homeGroup,
    'follow_up',
    { table: 'check_in_code', row: v.id },
    {
      schema: codeKeySchema,
      value: { secretKey: box.secretKey.toString('base64'), language: v.language },
    },
  )
  const { rowCount } = await w.tx.query(
    `insert into app.check_in_code (id, case_id, home_group, locator, salt, kdf, proof_hash, duress_hash, public_x, sealed, made_day, until_day)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
    [v.id, c.id, c.homeGroup, code.locator, salt, costText(defaultCost), proofOf(k), d && proofOf(d), box.publicKey, sealed, today, until],
  )
  if (rowCount === 0) return 'taken'
  if (old) await endCode(w, c, old, '', today, v.endCommand)
  await writeCodeMade(w, c, { type: 'check_in_code_made', code: v.id, language: v.language, until, danger: v.danger !== '' }, v.id)
  return 'made'
}
