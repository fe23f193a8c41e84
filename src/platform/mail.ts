import { createTransport } from 'nodemailer'

/*
 * Notices to staff. The templates are a closed set: a mailbox is read by its provider, on a phone at a bus stop, over a shoulder. So a message says that somebody should sign
 * in, and nothing else: no name, no place, no number of a case, no link that carries anything.
 */

const texts = {
  page: {
    ru: {
      subject: 'Доверие: пожалуйста, войдите',
      text: 'Пожалуйста, войдите в систему как можно скорее.\n\nНа это письмо не нужно отвечать.',
    },
    en: { subject: 'Doverie: please sign in', text: 'Please sign in as soon as you can.\n\nThere is no need to reply to this message.' },
  },
  test: {
    ru: {
      subject: 'Доверие: проверка связи',
      text: 'Это проверка: сообщения до вас доходят. Делать ничего не нужно.\n\nНа это письмо не нужно отвечать.',
    },
    en: {
      subject: 'Doverie: a test message',
      text: 'This is a test: messages reach you. There is nothing to do.\n\nThere is no need to reply to this message.',
    },
  },
} as const
export type NoticeTemplate = keyof typeof texts
export type NoticeLanguage = 'ru' | 'en'
export const noticeTemplates = Object.keys(texts) as readonly NoticeTemplate[]
/** The words of a notice: they take no argument, so that nobody can put a word into them. */
export const noticeText = (template: NoticeTemplate, lang: NoticeLanguage): { readonly subject: string; readonly text: string } =>
  texts[template][lang]

export interface Mailer {
  /** `number`: the same for the same notice sent again, so that a mailbox that got it twice shows it once. */
  readonly send: (to: string, template: NoticeTemplate, lang: NoticeLanguage, number: string) => Promise<void>
  readonly close: () => void
}

/** Sends notices through the mail server of MAIL_URL. Every step has a limit: a server that answers nothing must not hold a page. */
export const mailer = (mail: { readonly url: string; readonly from: string }): Mailer => {
  const transport = createTransport({
    url: mail.url,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 8000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = mail.from.split('@')[1] ?? 'localhost'
  return {
    send: async (to, template, lang, number) => {
      await transport.sendMail({
        from: mail.from,
        to,
        ...noticeText(template, lang),
        messageId: `<${number}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
