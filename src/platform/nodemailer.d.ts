/** The library has no types of its own; what we use of it. */
declare module 'nodemailer' {
  interface Message {
    readonly from: string
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly messageId: string
    readonly headers?: Readonly<Record<string, string>>
  }
  interface Transport {
    sendMail(message: Message): Promise<unknown>
    close(): void
  }
  interface Options {
    readonly url: string
    readonly connectionTimeout: number
    readonly greetingTimeout: number
    readonly socketTimeout: number
    readonly disableFileAccess: boolean
    readonly disableUrlAccess: boolean
  }
  export const createTransport: (options: Options) => Transport
}
