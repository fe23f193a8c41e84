import { WarningText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { ClosureFacts } from './rules.ts'
import { leavesOpen } from './rules.ts'

/** What must be known before closing; danger does not forbid it (the child may have left), silence about it would. */
export const beforeClosing = (v: { inDanger: boolean; facts: ClosureFacts; followUpHref: string; sessionsHref: string }, t: T) => (
  <>
    {v.inDanger ? <WarningText text={t('closure.close.inDanger')} /> : null}
    {v.facts.unreadAnswers > 0 ? (
      <p class="govuk-body">
        <a class="govuk-link" href={v.followUpHref}>
          {t('closure.close.unreadAnswers', { n: v.facts.unreadAnswers })}
        </a>
      </p>
    ) : null}
    {v.facts.sessions > 0 ? (
      <p class="govuk-body">
        <a class="govuk-link" href={v.sessionsHref}>
          {t('closure.close.sessions', { n: v.facts.sessions })}
        </a>
      </p>
    ) : null}
    {leavesOpen(v.facts) ? (
      <p class="govuk-body">
        <strong>{t('closure.close.open', { steps: v.facts.steps, reports: v.facts.reports })}</strong>
      </p>
    ) : null}
    <p class="govuk-body">{t('closure.close.text')}</p>
  </>
)

/** Before reopening: what the child has written since. */
export const beforeReopening = (v: { unreadAnswers: number; followUpHref: string }, t: T) =>
  v.unreadAnswers > 0 ? (
    <p class="govuk-body">
      <a class="govuk-link" href={v.followUpHref}>
        {t('closure.close.unreadAnswers', { n: v.unreadAnswers })}
      </a>
    </p>
  ) : null
