import { Field } from '../base/components/field.tsx'
import {
  Button,
  ButtonGroup,
  type Content,
  FormPage,
  type FormProps,
  InsetText,
  ScrollTable,
  SummaryList,
  Tag,
} from '../base/components/index.tsx'
import { formatDay, formatDayShort, formatStamp, type T } from '../base/i18n.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { Letter, LetterRow } from './schema.ts'

/** A form on a page of its own. */
export const doorFormScreen = (p: FormProps & { title: string }) => <FormPage {...p} />

const Blank = ({ text }: { text: string }) => (
  <p class="govuk-body">
    {text} <span aria-hidden="true">______________________________</span>
  </p>
)
const Row = ({ name, text }: { name: string; text: string }) => (
  <p class="govuk-body govuk-!-margin-bottom-1">
    <strong>{name}:</strong> {text || <span aria-hidden="true">______________________________</span>}
  </p>
)

/** The photograph of the signed sheet, taken and sent: on a phone the field opens the camera. */
export const AttachForm = (v: { action: string; command: string; error: string | undefined; t: T }): Content => (
  <form action={v.action} method="post" enctype="multipart/form-data" class="dv-form" novalidate data-guard>
    <input type="hidden" name="command" value={v.command} />
    <Field
      id="file"
      label={{ text: v.t('doors.act.photo'), classes: 'govuk-label--s' }}
      hint={{ text: v.t('doors.act.photoHint') }}
      {...(v.error ? { errorMessage: { text: v.t(v.error) } } : {})}
    >
      <input
        class="govuk-file-upload dv-file"
        id="file"
        name="file"
        type="file"
        accept="image/jpeg,image/png,application/pdf"
        capture="environment"
        aria-describedby={v.error ? 'file-hint file-error' : 'file-hint'}
      />
    </Field>
    <Button text={v.t('doors.act.attach')} preventDoubleClick />
  </form>
)

export interface ActView {
  readonly code: string
  readonly came: Stamp
  readonly timeZone: string
  readonly cameWith: string
  readonly answers: Readonly<Record<string, string>>
  readonly team: string
  readonly files: readonly {
    readonly href: string
    readonly take: string | undefined
    readonly type: string
    readonly at: Stamp
    readonly by: string
  }[]
  readonly attach: Content
  readonly back: string
}
/** The act of handover: one sheet for two signatures. Who, when, from whom, to whom, what was with the child and how it is; nothing of what it told. */
export const actScreen = (v: ActView, t: T) => (
  <>
    <div class="dv-print-hide">
      <h1 class="govuk-heading-l">{t('doors.act.title')}</h1>
      <p class="govuk-body">{t('doors.act.intro')}</p>
      {v.files.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">{t('doors.act.files')}</h2>
          <ul class="govuk-list">
            {v.files.map((f, i) => (
              <li>
                <a class="govuk-link" href={f.href}>
                  {t('doors.act.file', { n: i + 1 })}
                </a>{' '}
                <span class="govuk-hint">
                  {formatStamp(f.at, t.locale, v.timeZone)}, {f.by}
                </span>{' '}
                {f.take ? (
                  <a class="govuk-link" href={f.take}>
                    {t('doors.act.take')}
                    <span class="govuk-visually-hidden">{`: ${t('doors.act.file', { n: i + 1 })}`}</span>
                  </a>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <InsetText text={t('doors.act.noFile')} />
      )}
      {v.attach}
      <hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible" />
    </div>
    <article class="dv-letter" aria-label={t('doors.act.sheet')}>
      <h2 class="govuk-heading-m">{t('doors.act.sheet')}</h2>
      <p class="govuk-body">
        {v.code} · {formatStamp(v.came, t.locale, v.timeZone)}
      </p>
      <Row name={t('doors.act.child')} text="" />
      <Row name={t('doors.act.from')} text={[v.cameWith, v.answers.broughtBody].filter(Boolean).join(', ')} />
      <Row name={t('doors.act.number')} text={v.answers.broughtNumber ?? ''} />
      <Row name={t('doors.act.when')} text={v.answers.broughtAt ?? ''} />
      <Row name={t('doors.act.to')} text={v.team} />
      <Row name={t('doors.act.condition')} text={v.answers.broughtCondition ?? ''} />
      <Row name={t('doors.act.belongings')} text={v.answers.broughtBelongings ?? ''} />
      <p class="govuk-body">{t('doors.act.both')}</p>
      <Blank text={t('doors.act.gave')} />
      <Blank text={t('doors.act.took')} />
      <Blank text={t('doors.act.day')} />
    </article>
    <p class="govuk-body dv-print-hide">
      <a class="govuk-link" href={v.back}>
        {t('doors.back')}
      </a>
    </p>
  </>
)

/** One letter: what they asked, what we answered, and the sheet that goes out. */
export const letterScreen = (
  v: {
    readonly row: LetterRow<Letter | undefined>
    readonly team: string
    readonly code: string
    readonly at: (path: string) => string
    readonly back: string
  },
  t: T,
) => {
  const l = v.row.letter
  const fact = (key: string, text: string) => text !== '' && { key: { text: t(`doors.form.${key}`) }, value: { text } }
  const day = (d: string) => (d ? formatDay(d, t.locale) : '')
  const waiting = v.row.state === 'waiting'
  return (
    <>
      <div class="dv-print-hide">
        <h1 class="govuk-heading-l">{t('doors.letter.title')}</h1>
        <p class="govuk-body">
          <Tag classes="govuk-tag--grey" text={t(`doors.state.${v.row.state}`)} />
          {v.row.due && waiting ? ` ${t('doors.letter.dueBy', { day: formatDay(v.row.due, t.locale) })}` : ''}
        </p>
        {l ? (
          <SummaryList
            rows={[
              fact('body', l.body),
              fact('number', l.number),
              fact('dated', day(l.dated)),
              fact('asks', l.asks),
              fact('ours', l.ours),
              fact('sent', day(l.sent)),
              fact('way', l.way ? t(`doors.way.${l.way}`) : ''),
              fact(v.row.state === 'needs_none' ? 'reason' : 'text', l.text),
            ]}
          />
        ) : (
          <InsetText text={t('doors.letter.sealed')} />
        )}
        {waiting && l ? (
          <ButtonGroup>
            <Button href={v.at('answer')} text={t('doors.letter.answer')} />
            <Button href={v.at('note')} text={t('doors.letter.change')} classes="govuk-button--secondary" />
            <a class="govuk-link" href={v.at('none')}>
              {t('doors.letter.none')}
            </a>
          </ButtonGroup>
        ) : null}
      </div>
      {v.row.state === 'answered' && l ? (
        <article class="dv-letter" aria-label={t('doors.sheet.title')}>
          <h2 class="govuk-heading-m dv-print-hide">{t('doors.sheet.goesOut')}</h2>
          <p class="govuk-body">
            <strong>{l.body}</strong>
          </p>
          <Blank text={t('doors.sheet.from')} />
          <p class="govuk-body">
            {t('doors.sheet.ours', { number: l.ours || v.code, day: day(l.sent) })}
            {l.number ? `. ${t('doors.sheet.theirs', { number: l.number })}` : ''}
          </p>
          <p class="govuk-body dv-own-words">{l.text}</p>
          <p class="govuk-body-s">{t('doors.sheet.confidential')}</p>
          <Blank text={t('doors.sheet.signature')} />
        </article>
      ) : null}
      <p class="govuk-body dv-print-hide">
        <a class="govuk-link" href={v.back}>
          {t('doors.back')}
        </a>
      </p>
    </>
  )
}

/** What other bodies wait for, by day. */
export const lettersScreen = (
  v: { readonly rows: readonly LetterRow<Letter | undefined>[]; readonly today: Day; readonly to: (path: string) => string },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t('doors.list.title')}</h1>
    {v.rows.length === 0 ? (
      <p class="govuk-body">{t('doors.list.empty')}</p>
    ) : (
      <ScrollTable
        label={t('doors.list.title')}
        head={['due', 'body', 'number'].map(k => ({ text: t(`doors.form.${k}`) }))}
        rows={v.rows.map(r => [
          {
            text: r.due
              ? r.due < v.today
                ? t('base.date.late', { when: formatDayShort(r.due, t.locale) })
                : formatDayShort(r.due, t.locale)
              : t('base.date.notSet'),
          },
          {
            text: (
              <a class="govuk-link" href={v.to(`/contacts/${r.contactId}/letter`)}>
                {r.letter?.body || t('doors.list.sealed')}
              </a>
            ),
          },
          { text: r.letter?.number ?? '' },
        ])}
      />
    )}
  </>
)
