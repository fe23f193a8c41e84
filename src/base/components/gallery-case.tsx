import { formatDay, formatRelativeDays, formatStamp, type T } from '../i18n.ts'
import {
  Badge,
  Button,
  DangerTag,
  Details,
  DueTag,
  IdentityBar,
  InsetText,
  Messages,
  OfficeShell,
  type ShellView,
  SubNavigation,
  SummaryList,
  Tag,
  TaskList,
  Timeline,
} from './index.tsx'

/* The densest page of the gallery, and what its pages share. */

export const pick = (t: T, ru: string, en: string) => (t.locale === 'en' ? en : ru)

export const shell = (t: T, path: string, more: Partial<ShellView> = {}): ShellView => ({
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

export const casePage = (t: T, path: string) => (
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
