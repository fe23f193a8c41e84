import { WarningText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'

/** What must be known before closing; danger does not forbid it (the child may have left), silence about it would. */
export const beforeClosing = (v: { inDanger: boolean }, t: T) => (
  <>
    {v.inDanger ? <WarningText text={t('closure.close.inDanger')} /> : null}
    <p class="govuk-body">{t('closure.close.text')}</p>
  </>
)
