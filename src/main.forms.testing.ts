/* Reads forms out of a page, as a browser would fill and send them: for tests that must not know our forms by heart. */

export interface ReadField {
  readonly name: string
  readonly type: 'hidden' | 'text' | 'textarea' | 'password' | 'radio' | 'checkbox' | 'select'
  /** What stands in it; for radio and checkbox what is chosen. */
  readonly value: string
  /** What may be chosen. */
  readonly options: readonly string[]
}
export interface ReadForm {
  readonly action: string
  readonly method: 'get' | 'post'
  readonly fields: readonly ReadField[]
  /** Buttons that say which of them was pressed. */
  readonly buttons: readonly { readonly name: string; readonly value: string }[]
}

const entities: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&', '#39': "'", '#x27': "'" }
const plain = (text: string): string => text.replace(/&(quot|lt|gt|amp|#39|#x27);/g, (_, e: string) => entities[e] ?? '')
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found ? plain(found[1] ?? '') : undefined
}

const readFields = (html: string): ReadField[] => {
  const fields = new Map<string, { name: string; type: ReadField['type']; value: string; options: string[] }>()
  for (const found of html.matchAll(/<input\b[^>]*>|<(textarea|select)\b[^>]*>([\s\S]*?)<\/\1>/g)) {
    const [tag, kind, inner] = found
    const open = tag.slice(0, tag.indexOf('>') + 1)
    const name = attribute(open, 'name')
    if (!name) continue
    if (kind === 'select') {
      const options = [...(inner ?? '').matchAll(/<option\b[^>]*>/g)].map(m => m[0])
      const chosen = options.find(o => attribute(o, 'selected') !== undefined) ?? options[0]
      const value = chosen ? (attribute(chosen, 'value') ?? '') : ''
      fields.set(name, { name, type: 'select', value, options: options.map(o => attribute(o, 'value') ?? '') })
      continue
    }
    if (kind === 'textarea') {
      fields.set(name, { name, type: 'textarea', value: plain((inner ?? '').replace(/^\n/, '')), options: [] })
      continue
    }
    const type = attribute(open, 'type') ?? 'text'
    const value = attribute(open, 'value') ?? ''
    if (type === 'radio' || type === 'checkbox') {
      const had = fields.get(name) ?? { name, type, value: '', options: [] }
      had.options.push(value)
      if (attribute(open, 'checked') !== undefined) had.value = value
      fields.set(name, had)
    } else fields.set(name, { name, type: type === 'hidden' || type === 'password' ? type : 'text', value, options: [] })
  }
  return [...fields.values()]
}

/** Every form of a page. */
export const formsIn = (html: string): ReadForm[] =>
  html
    .split('<form')
    .slice(1)
    .map(piece => piece.split('</form>')[0] ?? '')
    .map(piece => {
      const open = piece.slice(0, piece.indexOf('>') + 1)
      return {
        action: attribute(open, 'action') ?? '',
        method: (attribute(open, 'method') ?? 'get').toLowerCase() === 'post' ? ('post' as const) : ('get' as const),
        fields: readFields(piece),
        buttons: [...piece.matchAll(/<button\b[^>]*>/g)].flatMap(([b]) => {
          const name = attribute(b, 'name')
          return name ? [{ name, value: attribute(b, 'value') ?? '' }] : []
        }),
      }
    })

/** A form filled well: hidden and kept values stay, the first choice is taken where none is, and `text` is typed into every open field. */
export const filled = (form: ReadForm, text: (field: ReadField) => string): Record<string, string> =>
  Object.fromEntries(
    form.fields.flatMap(f => {
      if (f.type === 'hidden') return [[f.name, f.value]]
      if (f.type === 'radio' || f.type === 'select') return [[f.name, f.value || f.options.find(o => o !== '') || '']]
      if (f.type === 'checkbox') return f.value ? [[f.name, f.value]] : []
      return [[f.name, text(f)]]
    }),
  )

/** Addresses that a page links to, without their fragments. */
export const linksIn = (html: string): string[] => [
  ...new Set([...html.matchAll(/<a\b[^>]*\shref="([^"]+)"/g)].map(m => plain(m[1] ?? '').split('#')[0] ?? '')),
]
