import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FunctionComponent } from 'preact'
import { jsxTemplate } from 'preact/jsx-runtime'
import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../platform/words.ts'
import { Button } from './button.tsx'
import { Checkboxes, Radios } from './choice.tsx'
import { WordsProvider } from './common.tsx'
import { DateInput } from './date-input.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { ExitThisPage } from './exit.tsx'
import { PasswordInput, TextInput } from './input.tsx'
import { ErrorMessage, Fieldset, Hint, Label } from './label.tsx'
import { BackLink, Breadcrumbs, Pagination, SkipLink } from './navigation.tsx'
import { Details, InsetText, Notification, Panel, PhaseBanner, WarningText } from './notes.tsx'
import { Select } from './select.tsx'
import { SummaryList } from './summary-list.tsx'
import { Table } from './table.tsx'
import { Tabs } from './tabs.tsx'
import { Tag } from './tag.tsx'
import { TaskList } from './task-list.tsx'
import { Textarea } from './textarea.tsx'

type Options = Record<string, unknown>
const isObject = (v: unknown): v is Options => typeof v === 'object' && v !== null && !Array.isArray(v)

/** HTML of a fixture as content. The components themselves cannot be given raw HTML: only this test can, through Preact's precompiled templates. */
const raw = (html: unknown) => jsxTemplate([String(html)])

/** `{html}` becomes `{text: raw}`, `{value, optional}` attributes become values, a string of attributes becomes an object. */
const adapt = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map(v => adapt(v))
  if (key === 'attributes' && typeof value === 'string') {
    return Object.fromEntries([...value.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(m => [m[1]!, m[2] ?? true]))
  }
  if (!isObject(value)) return value
  if (key === 'attributes') {
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => {
        if (!isObject(v)) return [k, v === null || v === undefined ? '' : String(v)]
        return [k, v.optional === true ? (v.value === false || v.value === null ? undefined : v.value) : String(v.value ?? '')]
      }),
    )
  }
  const out: Options = {}
  for (const [k, v] of Object.entries(value)) {
    if (k === 'html') continue
    out[k] = adapt(v, k)
  }
  if (value.html) out.text = raw(value.html)
  return out
}

const contentKeys = ['beforeInput', 'afterInput', 'beforeInputs', 'afterInputs', 'conditional']
/** What govuk calls `{text|html}` inside form groups is plain content here. */
const contents = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(contents)
  if (!isObject(value) || 'constructor' in value === false || '__v' in value) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, contentKeys.includes(k) && isObject(v) ? v.text : contents(v)]))
}

interface Case {
  component: unknown
  folder: string
  /** Fixture name → why it cannot be covered. */
  not?: Record<string, string>
  /** Of the fixture's own options, before the general adaptation. */
  map?: (options: Options) => Options
}

const withChildren = (o: Options): Options => (o.html ? { ...o, html: undefined, children: raw(o.html) } : o)

const cases: Case[] = [
  { component: Button, folder: 'button' },
  { component: TextInput, folder: 'input' },
  {
    component: PasswordInput,
    folder: 'password-input',
    not: { 'with translations': 'the words come from the catalogue of the page, not from options' },
  },
  { component: Textarea, folder: 'textarea' },
  {
    component: Select,
    folder: 'select',
    map: o => ({
      ...o,
      items: ((o.items ?? []) as (Options | null)[]).map(i => (i && i.value === false ? { ...i, value: 'false' } : i)),
    }),
  },
  { component: Radios, folder: 'radios' },
  { component: Checkboxes, folder: 'checkboxes' },
  {
    component: DateInput,
    folder: 'date-input',
    map: o => {
      if (Array.isArray(o.items) && o.items.length > 0) {
        return {
          ...o,
          items: o.items.map((i: Options) => ({ ...(isObject(o[String(i.name)]) ? (o[String(i.name)] as Options) : {}), ...i })),
        }
      }
      const part = (name: string) => (o[name] === undefined ? { name } : isObject(o[name]) ? { name, ...o[name] } : null)
      return { ...o, items: ['day', 'month', 'year'].map(part).filter(i => i !== null) }
    },
  },
  { component: Label, folder: 'label' },
  { component: Hint, folder: 'hint' },
  { component: ErrorMessage, folder: 'error-message' },
  { component: Fieldset, folder: 'fieldset', map: withChildren },
  {
    component: ErrorSummary,
    folder: 'error-summary',
    map: o => ({
      ...o,
      ...(o.titleHtml ? { titleText: raw(o.titleHtml) } : {}),
      ...(o.descriptionHtml ? { descriptionText: raw(o.descriptionHtml) } : {}),
    }),
  },
  { component: SummaryList, folder: 'summary-list' },
  { component: Table, folder: 'table' },
  { component: Tag, folder: 'tag' },
  {
    component: Notification,
    folder: 'notification-banner',
    map: o => withChildren(o.titleHtml ? { ...o, titleText: raw(o.titleHtml) } : o),
  },
  { component: WarningText, folder: 'warning-text' },
  { component: Details, folder: 'details', map: o => ({ ...o, ...(o.summaryHtml ? { summaryText: raw(o.summaryHtml) } : {}) }) },
  { component: InsetText, folder: 'inset-text' },
  {
    component: Panel,
    folder: 'panel',
    not: Object.fromEntries(
      [
        'interruption',
        'interruption-with-content-with-long-line-length',
        'interruption-with-headings-content-and-lists',
        'interruption with custom classes',
        'interruption, with actions classes and attributes',
        'interruption, submit action',
        'interruption, button link',
        'interruption, no actions',
        'interruption, no actions items',
      ].map(name => [name, 'the interruption variant is not built: nothing here stops a person on the way']),
    ),
    map: o => ({ ...o, ...(o.titleHtml ? { titleText: raw(o.titleHtml) } : {}) }),
  },
  { component: PhaseBanner, folder: 'phase-banner' },
  { component: Breadcrumbs, folder: 'breadcrumbs' },
  { component: Pagination, folder: 'pagination' },
  { component: SkipLink, folder: 'skip-link' },
  { component: BackLink, folder: 'back-link' },
  {
    component: Tabs,
    folder: 'tabs',
    map: o => ({
      ...o,
      items: ((o.items ?? []) as (Options | null)[]).map(i =>
        i && isObject(i.panel) && i.panel.html ? { ...i, panel: { ...i.panel, html: undefined, children: raw(i.panel.html) } } : i,
      ),
    }),
  },
  { component: TaskList, folder: 'task-list' },
  {
    component: ExitThisPage,
    folder: 'exit-this-page',
    map: o => ({ redirectUrl: 'https://www.bbc.co.uk/weather', ...o }),
  },
]

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', ctdot: '⋯', apos: "'", nbsp: ' ', copy: '©' }
const decode = (s: string) =>
  s.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, dec, name) =>
    hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : dec ? String.fromCodePoint(Number(dec)) : (entities[name] ?? all),
  )
const booleans = new Set(['disabled', 'checked', 'selected', 'open', 'hidden', 'required', 'multiple'])

/** Tags with sorted attributes and text with single spaces, one a line: what a browser would make the same page of. */
const normal = (html: string): string[] => {
  const out: string[] = []
  for (const [, close, name, attributes, text] of html.matchAll(
    /<(\/?)([a-z][\w-]*)((?:\s+[^\s=>/]+(?:=(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)\s*\/?>|([^<]+)/gi,
  )) {
    if (text !== undefined) {
      const t = decode(text).replace(/\s+/g, ' ').trim()
      if (t) out.push(t)
      continue
    }
    if (close) {
      if (name !== 'path' && name !== 'input') out.push(`</${name}>`)
      continue
    }
    const list = [...(attributes ?? '').matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/g)].map(([, k, a, b, c]) => {
      const v = decode(a ?? b ?? c ?? '')
        .replace(/\s+/g, ' ')
        .trim()
      return booleans.has(k!) ? k! : `${k}="${v}"`
    })
    out.push(`<${[name, ...list.sort()].join(' ')}>`)
  }
  return out
}

const govuk = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist/govuk/components')

describe.each(cases)('$folder', ({ component, folder, map, not }) => {
  const { fixtures } = JSON.parse(readFileSync(join(govuk, folder, 'fixtures.json'), 'utf8')) as {
    fixtures: { name: string; options: Options; html: string }[]
  }
  const C = component as FunctionComponent<Options>
  test.each(fixtures.filter(f => !(f.name in (not ?? {}))))('$name', ({ options, html }) => {
    const props = contents(adapt(map ? map(options) : options)) as Options
    const made = render(
      <WordsProvider value={wordsFor('en')}>
        <C {...props} />
      </WordsProvider>,
    )
    expect(normal(made)).toEqual(normal(html))
  })
  const left = Object.entries(not ?? {})
  if (left.length > 0) test.each(left)('not covered: %s (%s)', name => expect(fixtures.map(f => f.name)).toContain(name))
})
