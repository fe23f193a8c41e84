import { Field } from '../base/components/field.tsx'
import { FieldList } from '../base/components/form-field.tsx'
import { Button, type Content, Details, FormErrors, FormPage, type FormProps, InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'

/** What must never be taken in here, said before a file is chosen. */
const Never = ({ use, t }: { use: 'paper' | 'photo'; t: T }) => (
  <>
    <p class="govuk-body">{t(`files.never.${use}`)}</p>
    <Details summaryText={t('files.never.title')}>
      <p class="govuk-body">{t('files.never.what')}</p>
      <p class="govuk-body">{t('files.never.seen')}</p>
      <p class="govuk-body">{t('files.never.report')}</p>
      <p class="govuk-body">{t('files.never.got')}</p>
    </Details>
  </>
)

const FileInput = ({
  id,
  label,
  hint,
  accept,
  camera,
  error,
}: {
  id: string
  label: string
  hint?: string
  accept: string
  camera: boolean
  error?: string | undefined
}) => (
  <Field
    id={id}
    label={{ text: label, classes: 'govuk-label--s' }}
    {...(hint ? { hint: { text: hint } } : {})}
    {...(error ? { errorMessage: { text: error } } : {})}
  >
    <input
      class="govuk-file-upload dv-file"
      id={id}
      name={id}
      type="file"
      accept={accept}
      aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined}
      {...(camera ? { capture: 'environment' as const } : {})}
    />
  </Field>
)

export interface UploadView extends Pick<FormProps, 'form' | 'action' | 'values' | 'errors' | 'command'> {
  readonly use: 'paper' | 'photo'
  readonly caption: string
  readonly back: string
}
/** A form with a file: on a phone the first field opens the camera, the second finds what was photographed before. Agreement is asked before the picture of a child. */
export const uploadScreen = (v: UploadView, t: T) => {
  const words = `files.${v.use}`
  const accept = v.use === 'paper' ? 'image/jpeg,image/png,application/pdf' : 'image/jpeg,image/png'
  const { file, ...errors } = v.errors ?? {}
  const wrong = file ? t(file.key) : undefined
  const inputs: Content = (
    <>
      <FileInput id="file" label={t(`${words}.file`)} hint={t('files.fileHint')} accept={accept} camera error={wrong} />
      <FileInput id="stored" label={t(`${words}.stored`)} accept={accept} camera={false} />
    </>
  )
  return (
    <div class="dv-form-page">
      <FormErrors form={v.form} errors={v.errors ?? {}} t={t} />
      <h1 class="govuk-heading-l">{t(`${words}.title`)}</h1>
      {v.caption ? <p class="govuk-body">{v.caption}</p> : null}
      {v.use === 'photo' ? <InsetText text={t('files.photo.intro')} /> : null}
      <Never use={v.use} t={t} />
      <form action={v.action} method="post" enctype="multipart/form-data" class="dv-form" novalidate data-guard>
        <input type="hidden" name="command" value={v.command} />
        {v.use === 'paper' ? inputs : null}
        <FieldList ask={{ fields: v.form.fields, values: v.values ?? {}, errors, options: {}, t, nameOf: f => f }} />
        {v.use === 'photo' ? inputs : null}
        <div class="govuk-button-group">
          <Button text={t(`${words}.submit`)} preventDoubleClick />
          <a class="govuk-link" href={v.back}>
            {t('base.button.cancel')}
          </a>
        </div>
      </form>
    </div>
  )
}

export interface ReasonView extends Pick<FormProps, 'form' | 'action' | 'values' | 'errors' | 'command'> {
  readonly words: string
  readonly caption: string
  readonly back: string
}
/** Removing, and opening the picture: both ask why. */
export const removeScreen = (v: ReasonView, t: T) => (
  <FormPage
    {...v}
    t={t}
    title={t(`${v.words}.title`)}
    submitLabel={t(`${v.words}.submit`)}
    intro={
      <>
        {v.caption ? <p class="govuk-body">{v.caption}</p> : null}
        <InsetText text={t(`${v.words}.intro`)} />
      </>
    }
    after={
      <a class="govuk-link" href={v.back}>
        {t('base.button.cancel')}
      </a>
    }
  />
)
