import { Button, capital, EmptyState, InsetText, SummaryList, Table, WarningText } from '../base/components/index.tsx'
import { formatDay, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Files, Paper } from './schema.files.ts'

interface Seen {
  readonly personId: Id
  readonly name: string
  readonly alias: (id: Id) => string
  readonly timeZone: string
  readonly to: (path: string) => string
}
export interface FilesView extends Seen {
  readonly files: Files
  /** `photo`: there is something to say about the picture at all. */
  readonly can: {
    readonly write: boolean
    /** A supervisor of the team: may allow other photographs. */
    readonly allow: boolean
    readonly photo: boolean
    readonly take: boolean
    readonly open: boolean
    readonly remove: boolean
  }
}

const kilobytes = (n: number) => Math.max(1, Math.round(n / 1024))
const stamp = (v: Seen, by: Id, at: string, t: T) => `${v.alias(by)}, ${formatStampShort(at, t.locale, v.timeZone)}`

const PhotoPart = ({ v, t }: { v: FilesView; t: T }) => {
  const { photo } = v.files
  const at = (path: string) => v.to(`/people/${v.personId}/photo${path}`)
  return (
    <>
      <h2 class="govuk-heading-m">{t('files.photo.heading')}</h2>
      <p class="govuk-body">{t(photo ? 'files.photo.kept' : 'files.photo.about')}</p>
      {photo ? (
        <SummaryList
          rows={[
            { key: { text: t('files.photo.agreedOn') }, value: { text: `${formatDay(photo.agreedOn, t.locale)}, ${photo.language}` } },
            ...(photo.words ? [{ key: { text: t('files.photo.words') }, value: { text: photo.words } }] : []),
            {
              key: { text: t('files.photo.guardian') },
              value: { text: [t(`files.guardian.${photo.guardian}`), photo.guardianWho].filter(Boolean).join(': ') },
            },
            { key: { text: t('files.recorded') }, value: { text: stamp(v, photo.by, photo.at, t) } },
          ]}
        />
      ) : null}
      <div class="govuk-button-group dv-print-hide">
        {v.can.take ? <Button href={at('/new')} text={t('files.photo.link')} classes="govuk-button--secondary" /> : null}
        {v.can.open ? <Button href={at('')} text={t('files.open.link')} classes="govuk-button--secondary" /> : null}
        {v.can.remove ? (
          <a class="govuk-link" href={at('/remove')}>
            {t('files.photoRemove.link')}
          </a>
        ) : null}
      </div>
    </>
  )
}

/** Other photographs of the child: none, until a supervisor says what for and who agreed. */
const OtherPictures = ({ v, t }: { v: FilesView; t: T }) => {
  const { allowed } = v.files
  const at = (path: string) => v.to(`/people/${v.personId}/pictures/${path}`)
  return (
    <>
      <h2 class="govuk-heading-m">{t('files.pictures.heading')}</h2>
      <p class="govuk-body">{t(allowed ? 'files.pictures.allowed' : 'files.pictures.none')}</p>
      {allowed ? (
        <SummaryList
          rows={[
            { key: { text: t('files.pictures.purpose') }, value: { text: allowed.purpose } },
            { key: { text: t('files.pictures.consent') }, value: { text: `${allowed.consent}, ${formatDay(allowed.agreedOn, t.locale)}` } },
            { key: { text: t('files.pictures.until') }, value: { text: formatDay(allowed.until, t.locale) } },
            { key: { text: t('files.recorded') }, value: { text: stamp(v, allowed.by, allowed.at, t) } },
          ]}
        />
      ) : null}
      {v.can.allow ? (
        <div class="govuk-button-group dv-print-hide">
          <Button
            href={at(allowed ? 'end' : 'allow')}
            text={t(allowed ? 'files.picturesEnd.title' : 'files.pictures.title')}
            classes="govuk-button--secondary"
          />
        </div>
      ) : null}
    </>
  )
}

/** Papers of a person; the picture apart, without being shown. */
export const filesScreen = (v: FilesView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('files.list.title')}</h1>
    {v.name ? <p class="govuk-body">{v.name}</p> : null}
    {v.can.write ? <Button href={v.to(`/people/${v.personId}/files/new`)} text={t('files.paper.title')} classes="dv-print-hide" /> : null}
    {v.files.papers.length === 0 ? (
      <EmptyState title={t('files.list.none')} text={t('files.list.noneText')} />
    ) : (
      <Table
        stack
        caption={t('files.list.title')}
        captionClasses="govuk-visually-hidden"
        head={['kind', 'giver', 'original'].map(k => ({ text: t(`files.paper.${k}`) })).concat({ text: t('files.recorded') })}
        rows={[...v.files.papers].reverse().map(p => [
          {
            text: (
              <>
                <a class="govuk-link" href={v.to(`/people/${v.personId}/files/${p.id}`)}>
                  {capital(t(`files.kind.${p.kind}`))}
                </a>
                {p.note ? <div class="dv-small">{p.note}</div> : null}
              </>
            ),
          },
          { text: t(`files.giver.${p.giver}`) },
          { text: t(`files.original.${p.original}`) },
          { text: stamp(v, p.by, p.at, t) },
        ])}
      />
    )}
    {v.can.photo ? <PhotoPart v={v} t={t} /> : null}
    {v.can.photo || v.can.allow || v.files.allowed ? <OtherPictures v={v} t={t} /> : null}
  </>
)

export interface PaperView extends Seen {
  readonly paper: Paper
  readonly problem: string | undefined
  readonly remove: boolean
}
/** One paper: the picture of it where it is one, a download, and what is known of it. A PDF is never shown in a page of ours. */
export const paperScreen = (v: PaperView, t: T) => {
  const at = v.to(`/people/${v.personId}/files/${v.paper.id}`)
  const kind = capital(t(`files.kind.${v.paper.kind}`))
  return (
    <>
      <h1 class="govuk-heading-l">{kind}</h1>
      {v.name ? <p class="govuk-body">{v.name}</p> : null}
      {v.problem ? <WarningText text={t(`files.error.${v.problem}`)} /> : null}
      {v.problem ? null : v.paper.type === 'pdf' ? (
        <InsetText text={t('files.paper.pdf')} />
      ) : (
        <img class="dv-paper" src={`${at}/picture`} alt={kind} />
      )}
      <div class="govuk-button-group dv-print-hide">
        {v.problem ? null : (
          <Button
            href={`${at}/download`}
            text={t('files.paper.download', { size: kilobytes(v.paper.size) })}
            classes="govuk-button--secondary"
            attributes={{ download: '' }}
          />
        )}
        {v.remove ? (
          <a class="govuk-link" href={`${at}/remove`}>
            {t('files.remove.title')}
          </a>
        ) : null}
      </div>
      <SummaryList
        rows={[
          { key: { text: t('files.paper.giver') }, value: { text: t(`files.giver.${v.paper.giver}`) } },
          { key: { text: t('files.paper.original') }, value: { text: t(`files.original.${v.paper.original}`) } },
          ...(v.paper.note ? [{ key: { text: t('files.paper.note') }, value: { text: v.paper.note } }] : []),
          ...(v.paper.name ? [{ key: { text: t('files.paper.name') }, value: { text: v.paper.name } }] : []),
          { key: { text: t('files.recorded') }, value: { text: stamp(v, v.paper.by, v.paper.at, t) } },
        ]}
      />
    </>
  )
}

/** The picture, once. */
export const photoScreen = (
  v: { readonly caption: string; readonly picture: string | undefined; readonly problem: string | undefined; readonly back: string },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t('files.open.shown')}</h1>
    {v.caption ? <p class="govuk-body">{v.caption}</p> : null}
    {v.problem ? <WarningText text={t(`files.error.${v.problem}`)} /> : null}
    {v.picture ? <img class="dv-paper dv-paper--face" src={v.picture} alt={t('files.open.alt')} /> : null}
    <p class="govuk-body">{t('files.open.told')}</p>
    <p class="govuk-body">
      <a class="govuk-link" href={v.back}>
        {t('files.list.title')}
      </a>
    </p>
  </>
)
