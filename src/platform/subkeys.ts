import { hkdfSync } from 'node:crypto'

/** Everything derived from the install secret. A process that does not get a name here can do nothing with what the name protects. */
export const subkeyNames = [
  'db/superuser',
  'db/staff_rw',
  'db/public_in',
  'db/job',
  'db/sealer',
  'db/backup_ro',
  'pepper',
  'login',
  'service',
  'totp',
  'audit_mac',
  'fake_salt',
  'audit_sign',
  'held',
  'statistics',
  'messenger',
] as const
export type SubkeyName = (typeof subkeyNames)[number]
export type Subkeys = Readonly<Record<SubkeyName, Buffer>>

export const processRoles = ['office', 'public', 'worker', 'messenger'] as const
export type ProcessRole = (typeof processRoles)[number]

/** What each process is handed. The public one gets no key that opens anything: its password, and what makes an unknown locator look known. */
export const subkeysOf: Readonly<Record<ProcessRole, readonly SubkeyName[]>> = {
  office: ['db/staff_rw', 'pepper', 'login', 'service', 'totp', 'audit_mac', 'held'],
  public: ['db/public_in', 'fake_salt'],
  // As the public one, and what finds, answers and continues the chats of messengers: it opens no record that did not begin in one.
  messenger: ['db/public_in', 'messenger'],
  worker: ['db/job', 'db/sealer', 'audit_sign', 'service', 'statistics'],
}

/** One 32-byte key: HKDF-SHA256(install secret, no salt, `doverie/<name>`). */
export const subkey = (isk: Uint8Array, name: SubkeyName): Buffer => {
  if (isk.length !== 32) throw new Error('the install secret must be 32 bytes')
  return Buffer.from(hkdfSync('sha256', isk, Buffer.alloc(0), `doverie/${name}`, 32))
}

/** All sub-keys of an installation: for the launcher and the command line only. */
export const subkeys = (isk: Uint8Array): Subkeys =>
  Object.fromEntries(subkeyNames.map(name => [name, subkey(isk, name)])) as Record<SubkeyName, Buffer>

/** The database password of a login role. */
export const passwordOf = (
  keys: Partial<Subkeys>,
  role: 'superuser' | 'staff_rw' | 'public_in' | 'job' | 'sealer' | 'backup_ro',
): string => {
  const key = keys[`db/${role}`]
  if (!key) throw new Error(`this process was not given db/${role}`)
  return key.toString('base64url')
}

/** The value of DOVERIE_SUBKEYS for one child. */
export const packSubkeys = (keys: Subkeys, role: ProcessRole): string =>
  Buffer.from(JSON.stringify(Object.fromEntries(subkeysOf[role].map(n => [n, keys[n].toString('base64')])))).toString('base64')

/** Reads this process's sub-keys and deletes them from the environment, so that nothing it starts or reports can carry them further. */
export const takeSubkeys = (env: NodeJS.ProcessEnv = process.env): Partial<Subkeys> => {
  const packed = env.DOVERIE_SUBKEYS
  delete env.DOVERIE_SUBKEYS
  if (!packed) throw new Error('DOVERIE_SUBKEYS is missing: this process is started by `doverie demo` or `doverie serve`, not by hand')
  const raw = JSON.parse(Buffer.from(packed, 'base64').toString('utf8')) as Record<string, string>
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, Buffer.from(value, 'base64')]))
}
