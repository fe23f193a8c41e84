import { z } from 'zod'

/** Version of sealed profiles; every older one is read by the functions below. */
export const profileSchema = 1

const name = z.object({ ru: z.string(), en: z.string() })
export type AgencyName = z.output<typeof name>

const profile = z.object({ name: z.string(), alias: z.string(), language: z.enum(['ru', 'en']).default('ru') })
/** What is known of a colleague; sealed under the service key. */
export type PersonProfile = z.output<typeof profile>

export const openProfile = (o: { schema: number; value: unknown }): PersonProfile => profile.parse(o.value)
export const openTitle = (o: { schema: number; value: unknown }): { name: AgencyName } => z.object({ name }).parse(o.value)

/** A form that arrived while the session was locked, sealed under its key until the person is back. */
export const heldForm = z.object({ path: z.string(), fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])) })
export type HeldForm = z.output<typeof heldForm>

/** A login as it is compared: people type it with capitals and spaces. */
export const normalLogin = (typed: string): string => typed.normalize('NFC').trim().toLowerCase()
