import { Button, type Content, EmptyState } from '../base/components/index.tsx'
import { formatStampShort, formatTotal, type T } from '../base/i18n.ts'
import type { Stamp } from '../base/time.ts'
import type { ShortPart, Waiting } from './schema.ts'
import { type Ask, Rows, TaskTable } from './screens.tables.tsx'

export interface WorklistView {
  readonly waiting: Waiting
  readonly alias: (id: string) => string
  readonly team: (id: string) => string
  readonly now: Stamp
  readonly timeZone: string
  readonly can: {
    readonly contacts: boolean
    readonly cases: boolean
    readonly admin: boolean
    readonly followUp: boolean
    readonly helplines: boolean
    readonly partner: boolean
  }
}
const Section = ({ id, title, children }: { id: string; title: string; children: Content }) => (
  <section aria-labelledby={id} class="dv-section">
    <h2 class="govuk-heading-m" id={id}>
      {title}
    </h2>
    {children}
  </section>
)

/** One line per thing that waits for this person, each leading to where it is done. */
const Requests = ({ v, t }: Ask) => {
  const w = v.waiting
  const line = (key: string, n: number, href?: string) =>
    n > 0
      ? [
          <li>
            {href ? (
              <a class="govuk-link" href={`/${t.locale}${href}`}>
                {t(`worklist.wait.${key}`, { n })}
              </a>
            ) : (
              t(`worklist.wait.${key}`, { n })
            )}
          </li>,
        ]
      : []
  const lines = [
    ...line('alerts', w.alerts, '/contacts/storm'),
    ...line('traces', w.traces, '/traces'),
    ...line('notices', w.notices.notices, '/matches/notices'),
    ...line('invited', w.notices.invited, '/matches/asks'),
    ...line('glass', w.glass, '/emergency/reviews'),
    ...line('changes', w.changes, '/users'),
    ...line('agree', w.agree, '/users/beginnings'),
    ...line('ownKeys', w.ownKeys, '/keys'),
    ...line('members', w.members, '/keys'),
    ...line('rotation', w.rotation, '/keys'),
    ...line('work', w.work, v.can.contacts ? '/contacts' : undefined),
    ...line('invitations', w.invitations, '/users'),
    ...line('helplines', w.helplines, '/health'),
  ]
  const looks = w.looks.map(l => (
    <li>
      <a class="govuk-link" href={`/${t.locale}/${l.kind === 'case' ? 'cases' : 'contacts'}/${l.record}`}>
        {t('worklist.look', { what: t(`worklist.what.${l.what}`), who: v.alias(l.by) })}
      </a>{' '}
      <span class="dv-muted">{formatStampShort(l.at, t.locale, v.timeZone)}</span>
    </li>
  ))
  const intake = w.intake.map(l => (
    <li>
      {t('worklist.intake', { team: v.team(l.record), who: v.alias(l.by) })}{' '}
      <span class="dv-muted">{formatStampShort(l.at, t.locale, v.timeZone)}</span>
      <form method="post" action={`/${t.locale}/worklist/intake/${l.id}`} class="dv-inline" data-no-guard>
        <Button
          text={
            <>
              {t('worklist.intakeSeen')}
              <span class="govuk-visually-hidden"> {v.team(l.record)}</span>
            </>
          }
          classes="govuk-button--secondary"
          preventDoubleClick
        />
      </form>
    </li>
  ))
  const part = (id: string, items: readonly Content[]) =>
    items.length > 0 ? (
      <Section id={id} title={t(`worklist.section.${id}`)}>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
      </Section>
    ) : null
  return (
    <>
      {part('waiting', [...intake, ...lines])}
      {part('unseen', looks)}
    </>
  )
}

/** What a part leaves out stands whole behind its link. */
const More = ({ part, v, t }: { part: ShortPart } & Ask) => {
  const n = v.waiting.leftOut[part] ?? 0
  return n > 0 ? (
    <p class="govuk-body">
      <a class="govuk-link" href={`/${t.locale}/worklist?all=${part}`}>
        {t('worklist.more', { n })}
        <span class="govuk-visually-hidden">: {t(`worklist.partName.${part}`)}</span>
      </a>
    </p>
  ) : null
}
const Unanswered = ({ v, t }: Ask) => {
  const n = v.waiting.leftOut.missed ?? 0
  const text = t('worklist.unansweredMore', { n })
  return n > 0 ? (
    <p class="govuk-body">
      {v.can.followUp ? (
        <a class="govuk-link" href={`/${t.locale}/follow-up`}>
          {text}
        </a>
      ) : (
        text
      )}
    </p>
  ) : null
}

export const worklistScreen = (v: WorklistView, t: T) => {
  const w = v.waiting
  const inDanger = w.danger.contacts.length + w.danger.cases.length + w.tasks.help.length > 0
  const mine = w.mine.contacts.length + w.mine.cases.length > 0
  const requests =
    w.looks.length +
      w.intake.length +
      w.ownKeys +
      w.members +
      w.rotation +
      w.work +
      w.invitations +
      w.helplines +
      w.glass +
      w.traces +
      w.notices.notices +
      w.notices.invited +
      w.changes +
      w.agree >
    0
  const { tasks } = w
  const waits = w.nobody.cases.length + w.due.cases.length + tasks.overdue.length + tasks.today.length + tasks.soon.length > 0
  const dueTitle = t(w.due.team ? 'worklist.section.dueTeam' : 'worklist.section.due')
  const nothing =
    !inDanger && !waits && !mine && !requests && w.unread + w.late === 0 && w.deputy.every(d => d.contacts.length + d.cases.length === 0)
  return (
    <>
      <h1 class="govuk-heading-l">{t('worklist.title')}</h1>
      {inDanger ? (
        <Section id="danger" title={t('worklist.section.danger')}>
          {tasks.help.length > 0 ? <TaskTable rows={tasks.help} label={t('worklist.section.danger')} v={v} t={t} /> : null}
          <Rows
            within={t('worklist.section.danger')}
            contacts={w.danger.contacts}
            cases={w.danger.cases}
            total={w.danger.total}
            more="/cases?danger=danger&sort=due"
            said
            v={v}
            t={t}
          />
        </Section>
      ) : null}
      {w.nobody.cases.length > 0 ? (
        <Section id="nobody" title={t('worklist.section.nobody')}>
          <Rows
            within={t('worklist.section.nobody')}
            cases={w.nobody.cases}
            total={w.nobody.total}
            {...(w.leftOut.nobody ? { more: '/worklist?all=nobody' } : {})}
            v={v}
            t={t}
          />
        </Section>
      ) : null}
      {(['today', 'overdue', 'soon'] as const).map(part =>
        tasks[part].length > 0 ? (
          <Section id={`tasks-${part}`} title={t(`worklist.section.${part}`)}>
            <TaskTable rows={tasks[part]} label={t(`worklist.section.${part}`)} v={v} t={t} />
            <More part={part} v={v} t={t} />
          </Section>
        ) : null,
      )}
      <Unanswered v={v} t={t} />
      {tasks.more > 0 ? <p class="govuk-body">{t('worklist.tasksMore', { n: tasks.more })}</p> : null}
      {w.due.cases.length > 0 ? (
        <Section id="due" title={dueTitle}>
          <Rows within={dueTitle} cases={w.due.cases} total={w.due.total} more="/cases?due=today&sort=due" v={v} t={t} />
        </Section>
      ) : null}
      {w.late > 0 ? (
        <p class="govuk-body-l">
          <a class="govuk-link dv-late" href={`/${t.locale}/contacts/load`}>
            {t('worklist.late', { n: w.late })}
          </a>
        </p>
      ) : null}
      {w.unread > 0 ? (
        <p class="govuk-body-l">
          <a class="govuk-link" href={`/${t.locale}/contacts`}>
            {w.unread > 1000 ? t('worklist.unreadMany', { total: formatTotal(w.unread, t) }) : t('worklist.unread', { n: w.unread })}
          </a>
        </p>
      ) : null}
      {w.deputy.map((d, at) => (
        <Section
          id={`deputy-${at + 1}`}
          title={t('worklist.section.deputy', { who: v.alias(d.user), until: formatStampShort(d.until, t.locale, v.timeZone) })}
        >
          {d.contacts.length + d.cases.length > 0 ? (
            <Rows within={v.alias(d.user)} contacts={d.contacts} cases={d.cases} v={v} t={t} />
          ) : (
            <p class="govuk-body">{t('worklist.deputyNothing')}</p>
          )}
          {at === w.deputy.length - 1 ? <More part="deputy" v={v} t={t} /> : null}
        </Section>
      ))}
      {v.can.contacts || v.can.cases ? (
        <Section id="mine" title={t('worklist.section.mine')}>
          {mine ? (
            <>
              <Rows within={t('worklist.section.mine')} contacts={w.mine.contacts} cases={w.mine.cases} v={v} t={t} />
              <More part="contacts" v={v} t={t} />
              {w.mine.more ? (
                <p class="govuk-body">
                  <a class="govuk-link" href={`/${t.locale}/cases?mine=1&sort=due`}>
                    {t('worklist.mineMore')}
                  </a>
                </p>
              ) : null}
            </>
          ) : (
            <p class="govuk-body">{t(w.due.cases.length > 0 && !w.due.team ? 'worklist.mineElse' : 'worklist.mineNothing')}</p>
          )}
        </Section>
      ) : null}
      <Requests v={v} t={t} />
      {v.can.partner ? <p class="govuk-body">{t('worklist.partner')}</p> : null}
      {v.can.helplines && !v.can.admin ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/${t.locale}/helplines`}>
            {t('worklist.editor')}
          </a>
        </p>
      ) : null}
      {nothing ? <EmptyState title={t('worklist.nothing')} text={t('worklist.nothingDo')} /> : null}
    </>
  )
}
