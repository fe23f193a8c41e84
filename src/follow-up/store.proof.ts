import { foldWord } from '../contact/rules.receipt-read.ts'
import { hkdf, sha256 } from '../platform/crypto.ts'

/** What is hashed: the secret of the code and the child's word, in any case and with any spaces. */
export const secretOf = (secret: string, word: string): string => `${secret}\n${foldWord(word).trim().replace(/\s+/g, ' ')}`
/** What the database compares. */
export const proofOf = (k: Buffer): Buffer => sha256(hkdf(k, 'doverie/check-in/auth'))
