import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wordsFor } from '../../platform/words.ts'
import { defineForm, parseForm, type RefusedForm } from '../form.ts'
import { locales, type T } from '../i18n.ts'
import { FormPage } from './form.tsx'
import { gallery } from './gallery.tsx'
import { OfficeShell } from './office-shell.tsx'
import { PublicShell } from './public-shell.tsx'
import { errorScreen, errorStatuses, knownStatus } from './states.tsx'

const ru = wordsFor('ru')
const form = defineForm({
  fields: {
    name: { kind: 'text', schema: z.string().max(5), label: 'base.shell.searchHint', hint: 'base.demo.text' },
    born: { kind: 'day', schema: z.string(), label: 'base.component.day' },
    safe: { kind: 'radios', schema: z.enum(['yes']), label: 'base.danger.now', options: [{ value: 'yes', label: 'base.button.yes' }] },
    kinds: {
      kind: 'checkboxes',
      schema: z.array(z.enum(['a'])),
      label: 'base.role.lawyer',
      options: [{ value: 'a', label: 'base.button.no' }],
    },
    password: { kind: 'password', schema: z.string(), label: 'base.component.showPassword' },
  },
  groups: {
    children: {
      label: 'base.component.page',
      add: 'base.button.add',
      min: 1,
      max: 3,
      fields: { alias: { kind: 'text', schema: z.string(), label: 'base.shell.searchHint' } },
    },
  },
})
const page = (t: T, refused?: RefusedForm) =>
  render(
    <FormPage
      form={form}
      t={t}
      action="/ru/x"
      command="c"
      version={4}
      submitLabel="OK"
      values={refused?.values}
      errors={refused?.errors}
    />,
  )

const idsIn = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(m => m[1]!)

describe('a form on the screen', () => {
  const refused = parseForm(form, { name: 'слишком<b>', 'born-day': '40', password: 'hunter2', 'children[0][alias]': '' }) as RefusedForm
  const html = page(ru, refused)
  const ids = idsIn(html)

  test('every line of the error summary leads to a control that exists', () => {
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(m => m[1]!)
    expect(links.sort()).toEqual(['born-day', 'children-0-alias', 'kinds', 'name', 'safe'])
    for (const link of links) expect(ids).toContain(link)
  })
  test('whatever is described by something is described by something that exists, and ids are unique', () => {
    const described = [...html.matchAll(/aria-describedby="([^"]+)"/g)].flatMap(m => m[1]!.split(' '))
    expect(described.length).toBeGreaterThan(3)
    for (const id of described) expect(ids).toContain(id)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('what was typed is kept and escaped; the password is not', () => {
    expect(html).toContain('value="слишком&lt;b>"')
    expect(html).not.toContain('hunter2')
    expect(html).not.toContain('<b>')
  })
  test('errors are words with the name of the field', () => {
    expect(html).toContain('«Имя»: не больше 5 знаков')
    expect(page(wordsFor('en'), refused)).toContain('“Name”: at most 5 characters')
  })
  test('command and version travel along, and Enter sends', () => {
    expect(html).toContain('name="command" value="c"')
    expect(html).toContain('name="version" value="4"')
    expect(html.indexOf('tabindex="-1"')).toBeLessThan(html.indexOf('name="add"'))
  })
})

describe('shells', () => {
  test('the office language links keep the address', () => {
    const html = render(<OfficeShell view={{ title: 'x', path: '/cases?page=2', me: { alias: 'А' } }} t={ru} />)
    expect(html).toContain('href="/en/cases?page=2"')
    expect(html).toContain('<title>x — Доверие</title>')
    expect(html).toContain('Сменить пользователя')
  })
  test('the demonstration is said on every page', () => {
    for (const demo of [true, false]) {
      const office = render(<OfficeShell view={{ title: 'x', path: '/', demo }} t={ru} />)
      const open = render(<PublicShell view={{ path: '/', demo }} t={ru} />)
      expect([office, open].map(h => h.includes(ru('base.demo.text')))).toEqual([demo, demo])
    }
  })
  test.each(locales)('the public page in %s: neutral title, exit without script, every language in its own name', locale => {
    const t = wordsFor(locale)
    const html = render(<PublicShell view={{ path: '/tell' }} t={t} />)
    expect(html).toContain(`<title>${t('base.public.neutralTitle')}</title>`)
    expect(html).toContain('href="https://ya.ru/pogoda"')
    expect(html).toContain('rel="nofollow noreferrer"')
    expect(html).toContain('<meta name="referrer" content="no-referrer"/>')
    for (const other of locales) if (other !== locale) expect(html).toContain(`href="/${other}/tell"`)
    expect(html).not.toContain('Доверие')
  })
  test('no page carries an inline style, an inline script or an address of somebody else', () => {
    for (const locale of ['ru', 'en'] as const) {
      for (const [name, vnode] of Object.entries(gallery(wordsFor(locale)))) {
        const html = render(vnode)
        expect(html, name).not.toMatch(/ style="|<style|<script(?![^>]* src="\/assets\/)|javascript:| on[a-z]+="/)
        expect(
          [...html.matchAll(/(?:href|src)="(https?:[^"]+)"/g)].map(m => m[1]).filter(u => u !== 'https://ya.ru/pogoda'),
          name,
        ).toEqual([])
      }
    }
  })
})

describe('what went wrong', () => {
  test('every status has words in Russian and English, and a status without its own is told as a known one', () => {
    for (const locale of ['ru', 'en'] as const)
      for (const status of errorStatuses) expect(() => render(errorScreen({ status }, wordsFor(locale)))).not.toThrow()
    for (const locale of locales)
      for (const status of errorStatuses) expect(() => render(errorScreen({ status, public: true }, wordsFor(locale)))).not.toThrow()
    expect([418, 599, 404].map(knownStatus)).toEqual([400, 500, 404])
  })
})
