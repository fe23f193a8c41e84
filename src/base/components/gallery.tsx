import type { VNode } from 'preact'
import { z } from 'zod'
import { defineForm, type FormDef, parseForm, type RefusedForm, type Values } from '../form.ts'
import { formatDayShort, formatRelativeDays, type T } from '../i18n.ts'
import { Drawing, drawings } from './drawings.tsx'
import { casePage, pick, shell } from './gallery-case.tsx'
import {
  Button,
  ButtonGroup,
  DangerTag,
  DueTag,
  dangerLevels,
  EmptyState,
  errorScreen,
  errorStatuses,
  FormPage,
  InsetText,
  Loading,
  Notification,
  OfficeShell,
  Pagination,
  Panel,
  PublicShell,
  pageItems,
  ScrollTable,
  SummaryList,
  sortHeading,
  Tabs,
  WarningText,
} from './index.tsx'

/** Every component and both shells on pages of their own, to be looked at and checked for accessibility. Not part of the product. */

const form = defineForm({
  fields: {
    name: { kind: 'text', schema: z.string().max(20), label: 'base.component.messages', hint: 'base.state.loading', width: 20 },
    danger: {
      kind: 'radios',
      schema: z.enum(['now', 'none', 'unknown']),
      label: 'base.compartment.whereabouts',
      options: [
        { value: 'now', label: 'base.danger.now', reveals: 'where', hint: 'base.demo.text' },
        { value: 'none', label: 'base.danger.none' },
        { value: 'unknown', label: 'base.danger.unknown' },
      ],
    },
    where: { kind: 'text', schema: z.string(), label: 'base.compartment.whereabouts', optional: true },
    kinds: {
      kind: 'checkboxes',
      schema: z.array(z.string()),
      label: 'base.compartment.health',
      optional: true,
      options: [
        { value: 'a', label: 'base.function.legal' },
        { value: 'b', label: 'base.function.health' },
        { value: 'c', label: 'base.answer.none', exclusive: true },
      ],
    },
    born: { kind: 'day', schema: z.string(), label: 'base.date.today' },
    role: { kind: 'select', schema: z.string(), label: 'base.role.interpreter', options: [{ value: 'x', label: 'base.role.lawyer' }] },
    note: { kind: 'textarea', schema: z.string(), label: 'base.compartment.story', rows: 4 },
    password: { kind: 'password', schema: z.string(), label: 'base.component.showPassword', autocomplete: 'new-password' },
    code: { kind: 'code', schema: z.string(), label: 'base.print.code' },
  },
  groups: {
    children: {
      label: 'base.component.page',
      add: 'base.button.add',
      max: 4,
      fields: {
        name: { kind: 'text', schema: z.string(), label: 'base.shell.searchHint' },
        born: { kind: 'day', schema: z.string(), label: 'base.component.day', optional: true },
      },
    },
  },
})

const formPage = (t: T, path: string, refused?: RefusedForm) => (
  <OfficeShell view={shell(t, path, { printCode: 'F-03-7K2M' })} t={t}>
    <FormPage
      form={form as unknown as FormDef}
      t={t}
      action={`/${t.locale}/cases`}
      title={pick(t, 'Новое дело', 'New case')}
      intro={<p class="govuk-body">{t('base.demo.text')}</p>}
      values={refused?.values ?? ({ 'children#': '2' } satisfies Values)}
      errors={refused?.errors}
      command="0f8fad5b-d9cb-469f-a165-70867728950e"
      version={3}
      submitLabel={t('base.button.save')}
      after={
        <a class="govuk-link" href={`/${t.locale}/cases`}>
          {t('base.button.cancel')}
        </a>
      }
      formCode="F-03-7K2M"
    />
  </OfficeShell>
)

const listPage = (t: T, path: string) => (
  <OfficeShell view={shell(t, path, { wide: true, title: t('base.shell.nav.cases') })} t={t}>
    <h1 class="govuk-heading-l">{t('base.shell.nav.cases')}</h1>
    <p class="govuk-body">{t('base.list.total', { count: 231 })}</p>
    <ScrollTable
      label={t('base.shell.nav.cases')}
      head={[
        sortHeading({ text: '№', href: '?sort=number' }),
        { text: t('base.compartment.summary') },
        sortHeading({ text: pick(t, 'Опасность', 'Danger'), href: '?sort=danger', sorted: 'descending' }),
        { text: pick(t, 'Срок', 'Due') },
        sortHeading({ text: pick(t, 'Открыто', 'Opened'), href: '?sort=opened', format: 'numeric' }),
      ]}
      rows={dangerLevels.map((level, at) => [
        {
          text: (
            <a class="govuk-link" href={`/${t.locale}/cases/${at}`}>
              D-7K2M9Q{at}
            </a>
          ),
        },
        { text: pick(t, 'Девочка, 14 лет, из Согда, приехала с тётей', 'Girl, 14, from Sughd, came with an aunt') },
        { text: <DangerTag level={level} /> },
        {
          text: (
            <DueTag
              text={at % 2 ? formatRelativeDays(at - 3, t) : t('base.date.late', { when: formatRelativeDays(-2, t) })}
              late={at % 2 === 0}
            />
          ),
        },
        { text: formatDayShort(`2026-1${at % 3}-0${at + 1}`, t.locale), format: 'numeric' },
      ])}
    />
    <Pagination previous={{ href: '?page=3' }} next={{ href: '?page=5' }} items={pageItems(4, 10, n => `?page=${n}`)} />
    <EmptyState title={t('base.list.noMatch')} text={t('base.list.noMatchDo')} action={{ text: t('base.button.clearFilter'), href: '?' }} />
  </OfficeShell>
)

const partsPage = (t: T, path: string) => (
  <OfficeShell view={shell(t, path)} t={t}>
    <h1 class="govuk-heading-xl">{pick(t, 'Отдельные части', 'Single parts')}</h1>
    <Notification text={t('base.demo.text')} titleId="n1" />
    <WarningText text={t('base.exit.history')} />
    <Panel titleText={t('base.flash.sent')} text="D-7K2M9QX" headingLevel={2} />
    <Loading />
    <Tabs
      title={t('base.component.contents')}
      idPrefix="tab"
      items={[
        { label: 'A', panel: { text: t('base.demo.text') } },
        { label: 'B', panel: { text: t('base.exit.history') } },
      ]}
    />
    <SummaryList
      card={{ title: { text: pick(t, 'Карточка', 'Card') }, actions: { items: [{ href: '#', text: t('base.button.open') }] } }}
      rows={[{ key: { text: 'A' }, value: { text: 'B' } }]}
    />
    <ButtonGroup>
      <Button text={t('base.button.save')} />
      <Button text={t('base.button.cancel')} classes="govuk-button--secondary" />
      <Button text={t('base.button.remove')} classes="govuk-button--warning" />
      <Button text={t('base.button.save')} disabled />
    </ButtonGroup>
    <p class="govuk-body">Ҷ ҷ Қ қ Ғ ғ Ӯ ӯ Ң ң Ө ө Ү ү Oʻ oʻ Ҳ ҳ Ӣ ӣ ё № ₽ 0123456789</p>
    {drawings.map(name => (
      <Drawing name={name} />
    ))}
    {errorStatuses.map(status => (
      <section>{errorScreen({ status }, t).props.children}</section>
    ))}
  </OfficeShell>
)

const publicPage = (t: T, path: string) => (
  <PublicShell view={{ path, demo: true, back: '/' }} t={t}>
    <Drawing name="talk" />
    <h1 class="govuk-heading-xl">{pick(t, 'Вы сейчас в безопасности?', 'Are you safe right now?')}</h1>
    <p class="govuk-body-l">{pick(t, 'Можно не называть имя. Картинки не нужны.', 'You need not give a name. No pictures are needed.')}</p>
    <FormPage
      form={publicForm as unknown as FormDef}
      t={t}
      action={`/${t.locale}/tell`}
      submitLabel={t('base.button.continue')}
      values={{}}
      errors={path.includes('wrong') ? (parseForm(publicForm, {}) as RefusedForm).errors : undefined}
    />
    <p class="dv-secret">вишня пароход облако гвоздь калина термос синица ладонь</p>
    <InsetText text={t('base.exit.history')} />
  </PublicShell>
)
const publicForm = defineForm({
  fields: {
    safe: {
      kind: 'radios',
      schema: z.enum(['yes', 'no']),
      label: 'base.component.important',
      options: [
        { value: 'yes', label: 'base.button.yes' },
        { value: 'no', label: 'base.button.no' },
      ],
      inline: true,
    },
    words: { kind: 'textarea', schema: z.string(), label: 'base.component.messages', hint: 'base.state.loading', rows: 6 },
  },
})

const refused = parseForm(form, {
  name: 'x'.repeat(30),
  danger: 'now',
  'born-day': '31',
  'born-month': '2',
  'born-year': '2012',
  'children[0][name]': '',
  note: 'a',
}) as RefusedForm

/** Page name → the page in one language. */
export const gallery = (t: T): Record<string, VNode> => ({
  case: casePage(t, '/case'),
  list: listPage(t, '/list'),
  form: formPage(t, '/form'),
  'form-wrong': formPage(t, '/form-wrong', refused),
  parts: partsPage(t, '/parts'),
  error: (
    <OfficeShell view={shell(t, '/error', { breadcrumbs: [], me: null, nav: [], search: false })} t={t}>
      {errorScreen({ status: 404 }, t)}
    </OfficeShell>
  ),
  public: publicPage(t, '/public'),
  'public-wrong': publicPage(t, '/public-wrong'),
})
