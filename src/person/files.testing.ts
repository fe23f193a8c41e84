import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { CaseWorld } from '../case/world.testing.ts'
import { hiddenOf, testOrigin, type Person as Who } from '../platform/testing.session.ts'

/* Sending files as a browser does, and papers to send. */

export interface Sent {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}
/** A multipart body. An input where nothing was chosen is sent too, empty and without a name. */
export const multipart = (fields: Readonly<Record<string, string>>, files: Readonly<Record<string, Sent | undefined>>) => {
  const boundary = `----dv${randomUUID()}`
  const parts: Buffer[] = []
  for (const [name, value] of Object.entries(fields))
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`))
  for (const [name, f] of Object.entries(files))
    parts.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${f?.name ?? ''}"\r\nContent-Type: ${f?.type ?? 'application/octet-stream'}\r\n\r\n`,
      ),
      f?.bytes ?? Buffer.alloc(0),
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) }
}

/** Sends a multipart form in somebody's name. */
export const sendTo = (
  w: CaseWorld,
  who: Who | undefined,
  url: string,
  fields: Readonly<Record<string, string>>,
  files: Readonly<Record<string, Sent | undefined>>,
) => {
  const { type, body } = multipart(fields, files)
  return w.office.app.inject({
    method: 'POST',
    url,
    headers: { ...(who ? { cookie: who.cookie } : {}), origin: testOrigin, 'sec-fetch-site': 'same-origin', 'content-type': type },
    payload: body,
  })
}
/** The form at an address, with its hidden fields, these fields and a file. */
export const upload = async (w: CaseWorld, who: Who, path: string, fields: Readonly<Record<string, string>>, file: Sent | undefined) => {
  const shown = await w.get(who, `/ru${path}`)
  if (shown.statusCode !== 200) throw new Error(`${path} answers ${shown.statusCode}`)
  return sendTo(w, who, `/ru${path}`, { ...hiddenOf(shown.body, `/ru${path}`), ...fields }, { file, stored: undefined })
}

export const paperFields = { kind: 'birth_certificate', giver: 'child', original: 'with_child', note: 'вторая страница-канарейка' }
export const jpeg = async (mark = 'Kanareika'): Promise<Sent> => ({
  name: 'svidetelstvo-kanareika.jpg',
  type: 'image/jpeg',
  bytes: await sharp({ create: { width: 400, height: 300, channels: 3, background: '#c9b27c' } })
    .withExif({ IFD0: { Artist: mark } })
    .jpeg()
    .toBuffer(),
})
export const pdf = (words = 'pdf-kanareika-bytes'): Sent => ({
  name: 'паспорт-канарейка.pdf',
  type: 'application/pdf',
  bytes: Buffer.from(`%PDF-1.7\n1 0 obj << /Title (${words}) >> endobj\ntrailer << >>\n%%EOF\n`),
})
