import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineForm, fieldId, parseForm, valuesOf } from './form.ts'

const form = defineForm({
  fields: {
    name: { kind: 'text', schema: z.string().max(10), label: 'x.name' },
    note: { kind: 'textarea', schema: z.string().max(50, 'x.noteTooLong'), label: 'x.note', optional: true },
    safe: {
      kind: 'radios',
      schema: z.enum(['yes', 'no', 'other']),
      label: 'x.safe',
      options: [{ value: 'yes' }, { value: 'no' }, { value: 'other', reveals: 'which' }],
    },
    which: { kind: 'text', schema: z.string(), label: 'x.which' },
    kinds: { kind: 'checkboxes', schema: z.array(z.enum(['a', 'b'])), label: 'x.kinds', optional: true },
    born: { kind: 'day', schema: z.string().refine(d => d < '2026-11-24', 'x.bornFuture'), label: 'x.born', optional: true },
    password: { kind: 'password', schema: z.string().min(3), label: 'x.password', optional: true },
    code: { kind: 'code', schema: z.string().regex(/^\d{6}$/), label: 'x.code', optional: true },
  },
})
const good = { name: ' Алишер ', safe: 'yes' }

describe('parsing a form', () => {
  test('values are typed and cleaned', () => {
    const parsed = parseForm(form, {
      ...good,
      note: 'a\r\nb\u0000',
      kinds: 'a',
      'born-day': '3',
      'born-month': '5',
      'born-year': '2012',
      code: '123 456',
    })
    expect(parsed).toEqual({
      ok: true,
      value: {
        name: 'Алишер',
        note: 'a\nb',
        safe: 'yes',
        which: undefined,
        kinds: ['a'],
        born: '2012-05-03',
        password: undefined,
        code: '123456',
      },
      command: null,
      version: null,
    })
    if (parsed.ok) {
      expectTypeOf(parsed.value.name).toEqualTypeOf<string>()
      expectTypeOf(parsed.value.note).toEqualTypeOf<string | undefined>()
      expectTypeOf(parsed.value.kinds).toEqualTypeOf<('a' | 'b')[]>()
      expectTypeOf(parsed.value.safe).toEqualTypeOf<'yes' | 'no' | 'other'>()
    }
  })
  test('command and version are read, and refused when they are not what the page gave', () => {
    const command = '0f8fad5b-d9cb-469f-a165-70867728950e'
    expect(parseForm(form, { ...good, command, version: '7' })).toMatchObject({ ok: true, command, version: 7 })
    expect(parseForm(form, { ...good, command: 'x' })).toMatchObject({ ok: false, errors: { '': { key: 'base.error.stale_form' } } })
    expect(parseForm(form, { ...good, version: '-1' })).toMatchObject({ ok: false })
  })
  test('an unknown field is refused and nothing typed is lost', () => {
    const parsed = parseForm(form, { ...good, role: 'administrator' })
    expect(parsed).toMatchObject({ ok: false, errors: { '': { key: 'base.error.unknown_field' } }, values: { name: ' Алишер ' } })
  })
  test('what is missing or wrong is said in keys; a schema may bring its own', () => {
    const parsed = parseForm(form, {
      name: 'a'.repeat(11),
      safe: 'maybe',
      note: 'b'.repeat(51),
      code: '12',
      'born-day': '31',
      'born-month': '2',
      'born-year': '2012',
    })
    expect(parsed).toMatchObject({
      ok: false,
      errors: {
        name: { key: 'base.error.tooLong', args: { max: 10 } },
        safe: { key: 'base.error.choose' },
        note: { key: 'x.noteTooLong' },
        code: { key: 'base.error.notValid' },
        born: { key: 'base.error.dayReal' },
      },
    })
    expect(parseForm(form, { ...good, 'born-day': '3' })).toMatchObject({ errors: { born: { key: 'base.error.dayPart' } } })
    expect(parseForm(form, { ...good, 'born-day': '1', 'born-month': '1', 'born-year': '2090' })).toMatchObject({
      errors: { born: { key: 'x.bornFuture' } },
    })
    expect(parseForm(form, {})).toMatchObject({ errors: { name: { key: 'base.error.enter' }, safe: { key: 'base.error.choose' } } })
  })
  test('a field behind an answer is asked only with that answer', () => {
    expect(parseForm(form, { ...good, safe: 'other' })).toMatchObject({ ok: false, errors: { which: { key: 'base.error.enter' } } })
    expect(parseForm(form, { ...good, safe: 'other', which: 'x' })).toMatchObject({ ok: true, value: { which: 'x' } })
    expect(parseForm(form, { ...good, which: 'left over' })).toMatchObject({ ok: true, value: { which: undefined } })
  })
  test('a password is never given back', () => {
    const parsed = parseForm(form, { password: 'hu' })
    expect(parsed.ok).toBe(false)
    expect(JSON.stringify(parsed)).not.toContain('hu"')
  })
  test('whatever is sent, the answer is one of the two, and everything typed in known fields comes back', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('name', 'note', 'safe', 'kinds', 'born-day', 'command', 'zz'),
          fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(null)),
        ),
        body => {
          const parsed = parseForm(form, body)
          if (!parsed.ok && typeof body.name === 'string') expect(parsed.values.name).toBeTypeOf('string')
        },
      ),
    )
    expect(parseForm(form, 'text').ok).toBe(false)
    expect(parseForm(form, null).ok).toBe(false)
  })
  test('refine sees the whole value', () => {
    const two = defineForm({
      fields: { a: { kind: 'text', schema: z.string(), label: 'x' }, b: { kind: 'text', schema: z.string(), label: 'x' } },
      refine: v => (v.a === v.b ? undefined : { b: { key: 'x.differ' } }),
    })
    expect(parseForm(two, { a: '1', b: '2' })).toMatchObject({ ok: false, errors: { b: { key: 'x.differ' } } })
    expect(parseForm(two, { a: '1', b: '1' })).toMatchObject({ ok: true })
  })
})

describe('rows of several children', () => {
  const many = defineForm({
    fields: { shared: { kind: 'text', schema: z.string(), label: 'x.shared', optional: true } },
    groups: {
      children: {
        label: 'x.child',
        add: 'x.add',
        max: 3,
        fields: {
          name: { kind: 'text', schema: z.string().max(20), label: 'x.name' },
          born: { kind: 'day', schema: z.string(), label: 'x.born', optional: true },
        },
      },
    },
  })
  test('rows become an array; blank rows fall away', () => {
    const parsed = parseForm(many, {
      'children[0][name]': 'А',
      'children[0][born-day]': '',
      'children[1][name]': ' ',
      'children[2][name]': 'В',
    })
    expect(parsed).toMatchObject({ ok: false, errors: { '': { key: 'base.error.unknown_field' } } })
    expect(
      parseForm(many, { 'children[0][name]': 'А', 'children[0][born]-day': '', 'children[1][name]': ' ', 'children[2][name]': 'В' }),
    ).toMatchObject({
      ok: true,
      value: { children: [{ name: 'А' }, { name: 'В' }] },
    })
  })
  test('errors carry the name of the row', () => {
    expect(parseForm(many, { 'children[1][name]': 'x'.repeat(21) })).toMatchObject({
      ok: false,
      errors: { 'children[1][name]': { key: 'base.error.tooLong' } },
    })
  })
  test('one more row keeps what was typed and complains about nothing', () => {
    expect(parseForm(many, { 'children[0][name]': 'А', add: 'children' })).toEqual({
      ok: false,
      errors: {},
      values: expect.objectContaining({ 'children[0][name]': 'А', 'children#': '2' }),
    })
  })
  test('rows beyond the limit are refused as unknown', () => {
    expect(parseForm(many, { 'children[7][name]': 'x' })).toMatchObject({ ok: false })
  })
  test('a stored value fills the form again', () => {
    expect(valuesOf({ shared: 'x', kinds: ['a'], none: undefined, children: [{ name: 'А', born: '2012-05-03' }] })).toEqual({
      shared: 'x',
      kinds: ['a'],
      'children#': '1',
      'children[0][name]': 'А',
      'children[0][born]': '2012-05-03',
    })
    expect(fieldId('children[0][name]')).toBe('children-0-name')
  })
})
