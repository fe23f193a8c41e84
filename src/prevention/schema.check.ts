/** The twenty warning signs, by their number in the field's list; what each means to a reader stands in locales/…/prevention.json. */
export const signIds = [
  'F1', // benefit out of proportion
  'F2', // secrecy
  'F3', // drawn away from the family
  'F4', // on to a private or vanishing channel
  'F5', // identity papers wanted
  'F6', // pictures or video wanted
  'F7', // somebody else pays the journey
  'F8', // hurry
  'F9', // nobody is named: no employer, no address
  'F10', // age or looks wanted without a reason in the work
  'F11', // "we are from the same place", to hurry or to bind
  'F12', // who watches over the child: device, parents, school
  'F13', // flattery, "only you"
  'F14', // debt, "you owe"
  'F15', // threat, blackmail
  'F16', // leaving for another place
  'F17', // housing and work from one hand
  'F18', // somebody known vouches
  'F19', // from a small task to a greater one
  'F20', // what to say to police, border, teachers
] as const
export type SignId = (typeof signIds)[number]

export const checkLanguages = ['ru', 'en', 'uz', 'ky', 'tg', 'fr'] as const
export type CheckLanguage = (typeof checkLanguages)[number]

/**
 * Patterns of one language. A line is `STRENGTH words…`: 1 weak, 2 middle, 3 enough alone. In a line:
 * `stem*` any ending · `a|b` either · `<name>` any of `words[name]` · `[word]` may be missing · `~` up to three words between (`~~` up to seven), with or without spaces around it ·
 * `{a b|c}` either, of several words · `#` a number · `#m` an amount of money · ` & ` both sides near each other, in any order.
 * Letter case, ё, script, transliteration, look-alike letters and doubled letters do not matter: both sides are folded (rules.check-fold.ts).
 */
export interface LanguageSigns {
  readonly lang: CheckLanguage
  /** How a child begins a message to its own people ("Mum, …"): papers and pictures asked of them say little. */
  readonly parents: string
  readonly words: Readonly<Record<string, string>>
  /** Words that say how often an amount is paid. */
  readonly period: { readonly hour: string; readonly day: string; readonly week: string; readonly month: string }
  readonly signs: Partial<Readonly<Record<SignId, string>>>
}

export type Strength = 1 | 2 | 3
/** What a sign counts by its strongest pattern, what is added when it shows at two places, and from which sum on the page warns. */
export const points: Readonly<Record<Strength, number>> = { 1: 1, 2: 2, 3: 4 }
export const twice: Readonly<Record<Strength, number>> = { 1: 1, 2: 2, 3: 0 }
export const warnFrom = 4
/** Beyond these amounts a day, in dollars, a reward is out of proportion: middle, then strong. Rates are rough on purpose. */
export const highPay = { middle: 95, strong: 300 } as const
export const daysOfWork = { hour: 1 / 8, day: 1, week: 5, month: 22 } as const

/** Half-open, in UTF-16 units of the message. */
export interface Span {
  readonly from: number
  readonly to: number
}
export interface FoundSign {
  readonly id: SignId
  readonly strength: Strength
  /** The words of the message that triggered it, as they stand there. */
  readonly words: readonly string[]
  readonly spans: readonly Span[]
}
/** `away`: threat or debt: a person first, and no answer. `care`: warn. `little`: something was found, too little to warn. `none`: nothing found, which is not "safe". */
export type Advice = 'away' | 'care' | 'little' | 'none'
export interface Checked {
  readonly lang: CheckLanguage
  readonly warn: boolean
  readonly signs: readonly FoundSign[]
  readonly advice: Advice
  /** Set when somebody speaks of a common home or of somebody known: most compatriots help, and the answer says so. */
  readonly compatriot: boolean
}
/** The longest message that is read; what lies beyond is not looked at. */
export const messageLimit = 100_000
