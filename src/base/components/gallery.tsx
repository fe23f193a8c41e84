import type { VNode } from 'preact'
import { z } from 'zod'
import { defineForm, type FormDef, parseForm, type RefusedForm, type Values } from '../form.ts'
import { formatDay, formatDayShort, formatRelativeDays, formatStamp, type T } from '../i18n.ts'
import { Drawing, drawings } from './drawings.tsx'
import {
  Badge,
  Button,
  ButtonGroup,
  DangerTag,
  Details,
  DueTag,
  dangerLevels,
  EmptyState,
  errorScreen,
  errorStatuses,
  FormPage,
  IdentityBar,
  InsetText,
  Loading,
  Messages,
  Notification,
  OfficeShell,
  Pagination,
  Panel,
  PublicShell,
  pageItems,
  ScrollTable,
  type ShellView,
  SubNavigation,
  SummaryList,
  sortHeading,
  Tabs,
  Tag,
  TaskList,
  Timeline,
  WarningText,
} from './index.tsx'

/** Every component and both shells on pages of their own, to be looked at and checked for accessibility. Not part of the product. */

const pick = (t: T, ru: string, en: string) => (t.locale === 'en' ? en : ru)

const shell = (t: T, path: string, more: Partial<ShellView> = {}): ShellView => ({
  title: pick(t, 'Галерея', 'Gallery'),
  path,
  demo: true,
  search: true,
  me: { alias: pick(t, 'Дежурная 2', 'Duty 2'), roles: `${t('base.role.duty_specialist')}, ${t('base.role.case_worker')}` },
  nav: [
    { href: '/worklist', text: t('base.shell.nav.worklist'), count: 4 },
    { href: '/contacts', text: t('base.shell.nav.contacts'), count: 12 },
    { href: '/people', text: t('base.shell.nav.people') },
    { href: '/cases', text: t('base.shell.nav.cases'), current: true },
    { href: '/statistics', text: t('base.shell.nav.statistics') },
    { href: '/audit', text: t('base.shell.nav.audit') },
  ],
  breadcrumbs: [
    { text: t('base.shell.nav.worklist'), href: `/${t.locale}/worklist` },
    { text: t('base.shell.nav.cases'), href: `/${t.locale}/cases` },
    { text: 'D-7K2M9QX' },
  ],
  ...more,
})

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

const casePage = (t: T, path: string) => (
  <OfficeShell
    view={shell(t, path, {
      wide: true,
      flash: [{ kind: 'success', text: t('base.flash.saved') }],
      breakGlass: {
        text: pick(t, 'Открыт экстренный доступ до 14:30.', 'Emergency access is open until 14:30.'),
        href: '/break-glass',
        link: t('base.button.close'),
      },
      waiting: [
        { text: pick(t, '3 записи ждут ключа', '3 records wait for a key'), href: '/keys' },
        { text: pick(t, 'Второй человек ещё не смотрел: 1', 'Not yet seen by a second person: 1') },
      ],
      printCode: 'D-7K2M9QX',
    })}
    t={t}
  >
    <IdentityBar
      title={pick(t, 'Зарина, около 14 лет', 'Zarina, about 14')}
      facts={['D-7K2M9QX', <DangerTag level="serious" />, pick(t, 'говорит по-таджикски', 'speaks Tajik')]}
      actions={<Button text={pick(t, 'Записать', 'Add a note')} href="#note" />}
    />
    <h1 class="govuk-heading-l">
      {pick(t, 'Дело D-7K2M9QX', 'Case D-7K2M9QX')} <Badge text={pick(t, 'открыто', 'open')} />
    </h1>
    <SubNavigation
      label={pick(t, 'Части дела', 'Parts of the case')}
      items={[
        { text: pick(t, 'Обзор', 'Overview'), href: '#a', active: true },
        { text: t('base.compartment.story'), href: '#b' },
        { text: t('base.compartment.legal'), href: '#c' },
      ]}
    />
    <div class="dv-columns">
      <div>
        <SummaryList
          rows={[
            {
              key: { text: pick(t, 'Безопасно ли сейчас', 'Safe right now') },
              value: { text: pick(t, 'Сказала «да» вчера в 18:40', 'Said yes yesterday at 18:40') },
              actions: { items: [{ href: '#', text: t('base.button.change') }] },
            },
            {
              key: { text: pick(t, 'Кто с ребёнком', 'Who is with the child') },
              value: { text: pick(t, 'Воспитатель приюта', 'Shelter carer') },
              actions: {
                items: [
                  { href: '#', text: t('base.button.change') },
                  { href: '#', text: t('base.button.add') },
                ],
              },
            },
            {
              key: { text: t('base.component.important') },
              value: { text: <DueTag text={t('base.date.due', { when: formatRelativeDays(1, t) })} /> },
            },
          ]}
        />
        <h2 class="govuk-heading-m">{pick(t, 'Что было', 'Timeline')}</h2>
        <Timeline
          headingLevel={3}
          items={[
            {
              title: pick(t, 'Разговор с переводчиком', 'Talk with an interpreter'),
              byline: pick(t, 'Дежурная 2', 'Duty 2'),
              datetime: '2026-11-23',
              when: formatStamp('2026-11-23T15:40:00.000Z', t.locale),
              note: pick(t, 'записано на следующий день', 'written down the next day'),
              children: (
                <p class="govuk-body">{pick(t, 'Спала, поела. Просит позвонить сестре.', 'Slept and ate. Asks to call her sister.')}</p>
              ),
            },
            { title: pick(t, 'Дело открыто', 'Case opened'), datetime: '2026-11-22', when: formatDay('2026-11-22', t.locale) },
          ]}
        />
        <Messages
          items={[
            {
              type: 'received',
              text: 'Салом. Ман дар Маскав.\nМетарсам.',
              sender: pick(t, 'Отправитель', 'Sender'),
              datetime: '2026-11-23',
              when: formatStamp('2026-11-23T15:30:00.000Z', t.locale),
              mark: pick(t, 'не прочитано', 'unread'),
              lang: 'tg',
            },
            {
              type: 'sent',
              text: pick(t, 'Спасибо, что написали. Вы сейчас в безопасности?', 'Thank you for writing. Are you safe right now?'),
              sender: pick(t, 'Дежурная 2', 'Duty 2'),
              datetime: '2026-11-23',
              when: formatStamp('2026-11-23T15:36:00.000Z', t.locale),
            },
          ]}
        />
      </div>
      <div>
        <h2 class="govuk-heading-m">{pick(t, 'Дальше', 'Next')}</h2>
        <TaskList
          items={[
            {
              title: { text: pick(t, 'Связаться с опекой', 'Call the guardianship body') },
              href: '#',
              status: { tag: { text: formatRelativeDays(0, t), classes: 'govuk-tag--yellow' } },
              hint: { text: pick(t, 'срок по закону', 'time limit set by law') },
            },
            { title: { text: pick(t, 'Найти переводчика', 'Find an interpreter') }, status: { text: t('base.flash.done') } },
          ]}
        />
        <InsetText text={t('base.state.indexing')} />
        <Details summaryText={pick(t, 'Кто это видит', 'Who can see this')} text={t('base.compartment.story')} />
        <p class="govuk-body">
          {['', 'red', 'yellow', 'green', 'grey'].map(c => (
            <>
              <Tag text={c || 'tag'} classes={c ? `govuk-tag--${c}` : undefined} />{' '}
            </>
          ))}
        </p>
      </div>
    </div>
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
