import { z } from 'zod'
import { defineForm, type Fields, type FormDef } from '../base/form.ts'
import { pinPattern } from './rules.ts'

const short = z.string().max(200)
const password = z.string().max(1000)
const code = z.string().max(30)
const hidden = (label: string) => ({ kind: 'hidden', schema: z.string().max(20_000), label, optional: true }) as const
const shared = {
  kind: 'checkboxes',
  schema: z.array(z.enum(['yes'])),
  optional: true,
  label: 'access.signIn.computer',
  options: [{ value: 'yes', label: 'access.signIn.shared', hint: 'access.signIn.sharedHint' }],
} as const

/** One form for both steps: it must work without JavaScript and on one page. A passkey fills `assertion`, and `prf` where it can open the keys itself. */
export const signInForm = defineForm({
  fields: {
    login: { kind: 'text', schema: short, label: 'access.field.login', optional: true, autocomplete: 'username', width: 20 },
    password: { kind: 'password', schema: password, label: 'access.field.password', optional: true, autocomplete: 'current-password' },
    code: { kind: 'code', schema: code, label: 'access.field.code', hint: 'access.field.codeHint', optional: true },
    shared,
    next: hidden('access.field.next'),
    assertion: hidden('access.field.passkey'),
    prf: hidden('access.field.passkey'),
  },
})

const newPassword = {
  kind: 'password',
  schema: password,
  label: 'access.field.newPassword',
  hint: 'access.field.newPasswordHint',
  autocomplete: 'new-password',
} as const
const again = { kind: 'password', schema: password, label: 'access.field.again', autocomplete: 'new-password' } as const
const same = (v: { password: string; again: string }) =>
  v.password.normalize('NFC') === v.again.normalize('NFC') ? undefined : { again: { key: 'access.error.again' } }

export const invitationForm = defineForm({
  fields: {
    invitation: hidden('access.field.next'),
    setup: hidden('access.field.next'),
    password: newPassword,
    again,
    second: {
      kind: 'radios',
      schema: z.enum(['app', 'printed']),
      label: 'access.invitation.second',
      options: [
        { value: 'app', label: 'access.invitation.app', hint: 'access.invitation.appHint', reveals: 'code' },
        { value: 'printed', label: 'access.invitation.printed', hint: 'access.invitation.printedHint' },
      ],
    },
    code: { kind: 'code', schema: code, label: 'access.invitation.code' },
  },
  refine: same,
})

export const recoverForm = defineForm({
  fields: {
    login: { kind: 'text', schema: short, label: 'access.field.login', autocomplete: 'username', width: 20 },
    recovery: { kind: 'text', schema: short, label: 'access.field.recovery', hint: 'access.field.recoveryHint' },
    code: { kind: 'code', schema: code, label: 'access.field.code', hint: 'access.field.codeHint' },
    password: newPassword,
    again,
  },
  refine: same,
})

export const unlockForm = defineForm({
  fields: {
    pin: { kind: 'password', schema: z.string().max(20), label: 'access.field.pin', optional: true, autocomplete: 'off', width: 5 },
    code: { kind: 'code', schema: code, label: 'access.unlock.code', optional: true },
    next: hidden('access.field.next'),
    assertion: hidden('access.field.passkey'),
    prf: hidden('access.field.passkey'),
  },
})

export const stepUpForm = defineForm({
  fields: {
    password: { kind: 'password', schema: password, label: 'access.field.password', optional: true, autocomplete: 'current-password' },
    code: { kind: 'code', schema: code, label: 'access.stepUp.code', optional: true },
    next: hidden('access.field.next'),
    assertion: hidden('access.field.passkey'),
    prf: hidden('access.field.passkey'),
  },
})

export const passwordForm = defineForm({
  fields: {
    old: { kind: 'password', schema: password, label: 'access.field.oldPassword', autocomplete: 'current-password' },
    password: newPassword,
    again,
  },
  refine: same,
})

export const pinForm = defineForm({
  fields: {
    pin: {
      kind: 'password',
      schema: z.string().regex(pinPattern, 'access.error.pin'),
      label: 'access.me.pin',
      hint: 'access.me.pinHint',
      autocomplete: 'off',
      width: 5,
    },
  },
})

export const passkeyForm = defineForm({
  fields: {
    label: { kind: 'text', schema: z.string().max(60), label: 'access.passkey.label', hint: 'access.passkey.labelHint', width: 20 },
    assertion: hidden('access.field.passkey'),
    prf: hidden('access.field.passkey'),
  },
})

export const appForm = defineForm({
  fields: { setup: hidden('access.field.next'), code: { kind: 'code', schema: code, label: 'access.invitation.code' } },
})

/** For the screen: what is needed is not marked as optional, although a passkey can stand for any of it. */
const asked = <F extends Fields>(form: FormDef<F, NonNullable<unknown>>) =>
  defineForm({
    fields: Object.fromEntries(Object.entries(form.fields).map(([k, f]) => [k, f.kind === 'hidden' ? f : { ...f, optional: false }])),
  })
export const signInShown = asked(signInForm)
export const unlockShown = asked(unlockForm)
/** Without a PIN the code is all there is to ask. */
export const unlockCodeShown = asked(
  defineForm({
    fields: { ...unlockForm.fields, pin: hidden('access.field.pin'), code: { ...unlockForm.fields.code, label: 'access.field.code' } },
  }),
)
export const stepUpShown = asked(stepUpForm)
