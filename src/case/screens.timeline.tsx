import { type Content, capital, Timeline } from '../base/components/index.tsx'
import { formatDay, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import { type Day, dayOf, type Stamp } from '../base/time.ts'
import type { CaseEvent, LinkBody } from './schema.ts'
import { apartText, isApart } from './screens.apart.tsx'

export interface TimelineEntry {
  readonly seq: number
  readonly type: string
  readonly by: string
  readonly recordedAt: Stamp
  /** What this session opened of it. */
  readonly event: CaseEvent | undefined
  readonly compartment: Compartment | undefined
  /** Parts that stayed closed: the story until it is opened on purpose, the others for want of a key. */
  readonly closed: readonly Compartment[]
  /** This session holds the story's key, so a closed story was not opened, rather than sealed for others. */
  readonly storyHeld: boolean
  /** Title and content of an event of a capability further right, made by itself. */
  readonly title?: string
  readonly content?: Content
  /** Names that the event's ids stand for. */
  readonly who: string
}
export interface CaseLinkView {
  readonly id: Id
  readonly body: LinkBody | undefined
  /** Undefined: "linked record elsewhere". */
  readonly other: { readonly id: Id; readonly number: string; readonly name: string } | undefined
}

/** Recorded late is said, never shouted: `day` is the one on which it was written down. */
const noteMeta = (e: Extract<CaseEvent, { type: 'note_added' }>, day: Day, t: T): string[] => {
  const n = e.note
  return [
    n.happened ? `${t('case.note.happened')}: ${n.happened}` : '',
    n.learned ? `${t('case.note.learned')}: ${formatDay(n.learned, t.locale)}` : '',
    n.learned && n.learned < day ? t('case.note.late') : '',
    n.source === 'unknown' ? '' : `${t('case.note.source')}: ${t(`person.source.${n.source}`)}`,
    n.interpreter === 'none' ? '' : `${t('case.note.interpreter')}: ${t(`case.interpreter.${n.interpreter}`)}`,
    n.confidence === 'not_assessed' ? '' : `${t('case.note.confidence')}: ${t(`person.confidence.${n.confidence}`)}`,
    n.paperBy ? t('case.note.onPaper', { by: n.paperBy }) : '',
  ].filter(Boolean)
}

const Body = ({ e, who, day, t }: { e: CaseEvent; who: string; day: Day; t: T }): Content => {
  switch (e.type) {
    case 'note_added': {
      const meta = noteMeta(e, day, t)
      return (
        <>
          <p class="govuk-body dv-own-words">{e.note.text}</p>
          {meta.length > 0 ? <p class="govuk-body-s dv-muted">{meta.join(' · ')}</p> : null}
        </>
      )
    }
    case 'case_opened':
    case 'danger_set':
      return (
        <p class="govuk-body">
          {t(`case.danger.${e.danger}`)}
          {e.reason ? `: ${e.reason}` : ''}
        </p>
      )
    case 'due_set':
      return <p class="govuk-body">{[e.due ? formatDay(e.due, t.locale) : t('case.page.nothingDue'), e.what].filter(Boolean).join(': ')}</p>
    case 'case_closed':
      return (
        <p class="govuk-body">
          {capital(t(`closure.reason.${e.reason}`))}: {e.note}
        </p>
      )
    case 'access_shared':
      return (
        <p class="govuk-body">
          {who}: {e.compartments.map(c => t(`base.compartment.${c}`)).join(', ')}. {e.why}
        </p>
      )
    case 'case_assigned':
    case 'exclusion_made':
      return <p class="govuk-body">{[who, e.reason].filter(Boolean).join(': ')}</p>
    case 'case_accepted':
    case 'access_ended':
      return <p class="govuk-body">{who}</p>
    case 'case_reopened':
    case 'exclusion_ended':
    case 'link_ended':
      return <p class="govuk-body">{e.reason}</p>
    default:
      return null
  }
}

/** From the journal, newest first: who, when recorded, what; what this session cannot or did not open is named, never guessed. */
export const TimelineBlock = ({ entries, timeZone, t }: { entries: readonly TimelineEntry[]; timeZone: string; t: T }) => (
  <section id="timeline">
    <h2 class="govuk-heading-m">{t('case.timeline.title')}</h2>
    <Timeline
      headingLevel={3}
      items={entries.map(e => ({
        title: e.title ?? t(`case.event.${e.type}`),
        byline: e.by,
        datetime: e.recordedAt,
        when: formatStampShort(e.recordedAt, t.locale, timeZone),
        note: e.compartment ? t(`base.compartment.${e.compartment}`) : undefined,
        children:
          e.content !== undefined ? (
            e.content
          ) : e.event ? (
            <Body e={e.event} who={e.who} day={dayOf(e.recordedAt, timeZone)} t={t} />
          ) : (
            <p class="govuk-body dv-muted">
              {e.closed
                .map(c =>
                  t(c === 'story' && e.storyHeld ? 'case.timeline.storyClosed' : 'case.timeline.sealed', {
                    compartment: t(`base.compartment.${c}`),
                  }),
                )
                .join(' ')}
            </p>
          ),
      }))}
    />
  </section>
)

/** How the children belong together. A link gives no access: who cannot open the other side learns only that there is one, and what it demands. */
export const LinksBlock = ({
  links,
  to,
  t,
  add,
  caseId,
}: {
  links: readonly CaseLinkView[]
  to: (p: string) => string
  t: T
  add: string | undefined
  caseId: Id
}) => (
  <section class="dv-card" aria-label={t('case.link.heading')}>
    <h2 class="govuk-heading-s">{t('case.link.heading')}</h2>
    <ul class="govuk-list">
      {links.map(l => (
        <li>
          {l.body ? (
            <>
              {isApart(l.body) ? <strong>{apartText(l.body, t)}</strong> : capital(t(`case.linkRelation.${l.body.relation}`))}
              {l.body.together !== 'keep_together' ? null : (
                <>
                  {' '}
                  <strong class="govuk-tag">{t(`case.together.${l.body.together}`)}</strong>
                </>
              )}
              {': '}
            </>
          ) : null}
          {l.other ? (
            <a class="govuk-link" href={to(`/cases/${l.other.id}`)}>
              {l.other.number} {l.other.name}
            </a>
          ) : (
            t('case.link.elsewhere')
          )}
          {l.body?.note ? ` (${l.body.note})` : ''}
          {add ? (
            <>
              {' '}
              <a class="govuk-link" href={to(`/cases/${caseId}/links/${l.id}/end`)}>
                {t('case.link.end')}
              </a>
            </>
          ) : null}
        </li>
      ))}
    </ul>
    {add ? (
      <a class="govuk-link" href={add}>
        {t('case.link.add')}
      </a>
    ) : null}
  </section>
)
