import { z } from 'zod'
import { reader } from '../base/sealed.ts'

/** Version of sealed profiles; every older one is read by the functions below. */
export const profileSchema = 1

const name = z.object({ ru: z.string(), en: z.string() })
export type AgencyName = z.output<typeof name>

const profile = z.object({ name: z.string(), alias: z.string(), language: z.enum(['ru', 'en']).default('ru') })
/** What is known of a colleague; sealed under the service key. */
export type PersonProfile = z.output<typeof profile>

export const openProfile = reader('profile of a person', profileSchema, profile)
/** Name of a team or an agency. */
export const openTitle = reader('profile of a group', profileSchema, z.object({ name }))

/** What a person calls their passkey. */
export const labelSchema = 1
export const openLabel = reader('passkey label', labelSchema, z.object({ label: z.string() }))

/** What a session was opened in, coarsely: enough to tell one's own sessions apart, and no trace of a person. Empty: not one of those we know. */
export const deviceSchema = 1
const deviceKind = z.object({ browser: z.string(), system: z.string() })
export type DeviceKind = z.output<typeof deviceKind>
export const openDevice = reader('session device', deviceSchema, deviceKind)

/** A form that arrived while the session was locked, sealed under its key until the person is back. */
const heldForm = z.object({ path: z.string(), fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])) })
export type HeldForm = z.output<typeof heldForm>
export const heldSchema = 1
export const openHeld = reader('held form', heldSchema, heldForm)

/** A login as it is compared: people type it with capitals and spaces. */
export const normalLogin = (typed: string): string => typed.normalize('NFC').trim().toLowerCase()
