import { type Block, type Choice, type Fault, type Inline, slugPattern } from './schema.lesson.ts'

/* The small part of Markdown that a teacher needs, read into a tree. There is no way from here to markup: screens put every text in as text. */

/** Pages that a text may lead to: our own, and nothing that could be mistaken for one. */
const pages = /^\/(write|urgent|check|safety|how|back|learn|stories|(learn|stories|quiz)\/[a-z0-9]{1,16})$/
export const ownPage = (to: string): boolean => pages.test(to)

const link = /\[([^\][]{1,200})\]\(([^()\s]{1,200})\)/
const bold = /\*\*([^*]{1,300})\*\*/
/** Anything that looks like a tag, an entity, a programme's address or a letter that was lost on the way is shown as it stands, and told to the editor. */
const markup = /<[a-z!/?]|&(#|[a-z]+;)|javascript:|data:text|\bon[a-z]+\s*=|\ufffd/i

/** Bold words and links to our own pages; whatever else stands there is text. */
export const inlineOf = (text: string, faults: Fault[]): Inline[] => {
  if (markup.test(text)) faults.push({ code: 'markup', detail: text.slice(0, 80) })
  const out: Inline[] = []
  const plain = (s: string) => {
    if (/https?:|www\./i.test(s)) faults.push({ code: 'outside_link', detail: s.trim().slice(0, 80) })
    if (s) out.push({ kind: 'text', text: s })
  }
  let rest = text
  while (rest) {
    const found = [link.exec(rest), bold.exec(rest)].filter(m => m !== null).sort((a, b) => a.index - b.index)[0]
    if (!found) break
    plain(rest.slice(0, found.index))
    const [whole, words = '', to] = found
    if (to === undefined) out.push({ kind: 'bold', text: words })
    else if (ownPage(to)) out.push({ kind: 'link', text: words, to })
    else {
      faults.push({ code: 'outside_link', detail: to.slice(0, 80) })
      out.push({ kind: 'text', text: words })
    }
    rest = rest.slice(found.index + whole.length)
  }
  plain(rest)
  return out
}

/** The words alone. */
export const wordsOf = (text: readonly Inline[]): string => text.map(i => i.text).join('')

const item = /^(?:-|(\d{1,2})\.) (.+)$/
const choice = /^- \[([^\][]{1,200})\]\(#([^()\s]{1,40})\)$/
const kindOf = (line: string): Block['kind'] => {
  if (/^##+ /.test(line)) return 'heading'
  if (/^> ?/.test(line)) return 'callout'
  return item.test(line) ? 'list' : 'paragraph'
}

/**
 * Blocks of a text, and the choices among them (a list item that is only a link to a place in the same file). A blank line ends a block;
 * lines beneath one another are one paragraph.
 */
export const blocksOf = (text: string, faults: Fault[]): { blocks: Block[]; choices: Choice[] } => {
  const blocks: Block[] = []
  const choices: Choice[] = []
  let open: { kind: Block['kind']; ordered: boolean; lines: string[] } | undefined
  const close = () => {
    if (!open) return
    const { kind, ordered, lines } = open
    open = undefined
    if (kind === 'list') blocks.push({ kind, ordered, items: lines.map(l => inlineOf(l, faults)) })
    else if (kind !== 'heading') blocks.push({ kind, text: inlineOf(lines.join(' '), faults) })
  }
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const chosen = choice.exec(line)
    if (!line || chosen) close()
    if (chosen) {
      const [, words = '', to = ''] = chosen
      if (markup.test(words)) faults.push({ code: 'markup', detail: words })
      if (slugPattern.test(to)) choices.push({ text: words, to })
      else faults.push({ code: 'node_id', detail: to })
    }
    if (!line || chosen) continue
    const kind = kindOf(line)
    if (kind === 'heading') {
      close()
      blocks.push({ kind, level: line.startsWith('### ') ? 3 : 2, text: inlineOf(line.replace(/^#+ /, ''), faults) })
      continue
    }
    const found = item.exec(line)
    const ordered = found?.[1] !== undefined
    const words = kind === 'callout' ? line.replace(/^> ?/, '') : kind === 'list' ? (found?.[2] ?? '') : line
    // A line that is set in belongs to the item above it.
    if (kind === 'paragraph' && open?.kind === 'list' && /^\s{2}/.test(raw)) open.lines.push(`${open.lines.pop() ?? ''} ${words}`)
    else if (open && open.kind === kind && open.ordered === ordered) open.lines.push(words)
    else {
      close()
      open = { kind, ordered, lines: [words] }
    }
  }
  close()
  return { blocks, choices }
}
