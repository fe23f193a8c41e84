import { blocksOf, inlineOf } from './rules.lesson-text.ts'
import {
  type Fault,
  type FrontMatter,
  frontMatter,
  type LearnText,
  type Question,
  type QuizAnswer,
  type StoryNode,
  sizeLimit,
  slugPattern,
  type TextKind,
  warnings,
} from './schema.lesson.ts'

/* From the text of a file to a lesson, a story or a quiz, with everything that is wrong in it named. */

export interface Read {
  /** Absent when something that is wrong keeps it off the site. */
  readonly text?: LearnText | undefined
  readonly faults: readonly Fault[]
}

const listOf = (value: string, by: string) =>
  value
    .replace(/^\[|\]$/g, '')
    .split(by)
    .map(v => v.trim())
    .filter(v => v)

const aboutOf = (head: string, faults: Fault[]): FrontMatter | undefined => {
  const given: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const line of head.split('\n').filter(l => l.trim())) {
    const [, key = '', value = ''] = /^([a-z]+):\s*(.*)$/.exec(line.trim()) ?? []
    if (key === '' || key in given) faults.push({ code: 'front_matter', detail: line.slice(0, 80) })
    else if (key === 'for' || key === 'topics') given[key] = listOf(value, ',')
    else if (key === 'sources') given[key] = listOf(value, ';')
    else if (key === 'minutes') given[key] = Number(value)
    else if (key === 'reviewed') given[key] = value === 'true' ? true : value === 'false' ? false : value
    else given[key] = value.trim()
  }
  const parsed = frontMatter.safeParse({ ...given })
  if (parsed.success) return parsed.data
  for (const i of parsed.error.issues) faults.push({ code: 'front_matter', detail: [...i.path, ...('keys' in i ? i.keys : [])].join('.') })
  return undefined
}

/** Cuts at `## `: what stands above the first, and then each part with its heading. */
const partsOf = (body: string): { before: string; parts: { title: string; text: string }[] } => {
  const [before = '', ...rest] = `\n${body}`.split(/\n## /)
  return {
    before,
    parts: rest.map(p => {
      const end = p.indexOf('\n')
      return end < 0 ? { title: p.trim(), text: '' } : { title: p.slice(0, end).trim(), text: p.slice(end + 1) }
    }),
  }
}

const nodesOf = (body: string, faults: Fault[]): StoryNode[] => {
  const { before, parts } = partsOf(body)
  if (before.trim() || parts.length === 0) faults.push({ code: 'no_nodes', detail: before.trim().slice(0, 80) })
  return parts.flatMap(part => {
    const [, title = '', id = '', end] = /^(.+?)\s*\{#([^\s}]+)( end)?\}$/.exec(part.title) ?? []
    if (!slugPattern.test(id)) {
      faults.push({ code: 'node_id', detail: part.title })
      return []
    }
    inlineOf(title, faults)
    return [{ id, title, end: end !== undefined, ...blocksOf(part.text, faults) }]
  })
}

const questionsOf = (parts: readonly { title: string; text: string }[], faults: Fault[]): Question[] =>
  parts.map(part => {
    inlineOf(part.title, faults)
    const answers: QuizAnswer[] = []
    let last: { good: boolean; text: string; why: string[] } | undefined
    const close = () => {
      if (!last) return
      if (last.why.length === 0) faults.push({ code: 'no_explanation', detail: last.text })
      inlineOf(last.text, faults)
      answers.push({ good: last.good, text: last.text, why: inlineOf(last.why.join(' '), faults) })
      last = undefined
    }
    for (const raw of part.text.split('\n')) {
      const found = /^- \[([ x])\] (.+)$/.exec(raw.trim())
      if (found) {
        close()
        last = { good: found[1] === 'x', text: found[2] ?? '', why: [] }
      } else if (raw.trim() && last) last.why.push(raw.trim())
      else if (raw.trim()) faults.push({ code: 'answers', detail: raw.trim().slice(0, 80) })
    }
    close()
    if (answers.length < 2 || answers.length > 5 || !answers.some(a => a.good)) faults.push({ code: 'answers', detail: part.title })
    return { text: part.title, answers }
  })

const readBody = (kind: TextKind, slug: string, about: FrontMatter, body: string, faults: Fault[]): LearnText => {
  if (kind === 'lessons') {
    const { blocks, choices } = blocksOf(body, faults)
    for (const c of choices) faults.push({ code: 'choice_nowhere', detail: c.text })
    return { kind, slug, about, blocks }
  }
  if (kind === 'stories') return { kind, slug, about, nodes: nodesOf(body, faults) }
  const { before, parts } = partsOf(body)
  if (parts.length === 0) faults.push({ code: 'no_questions', detail: '' })
  return { kind, slug, about, blocks: blocksOf(before, faults).blocks, questions: questionsOf(parts, faults) }
}

/** Reads one file. Never throws, whatever stands in it: a teacher's slip must not stop the site. `check` adds what a whole text can be asked. */
export const readText = (kind: TextKind, slug: string, source: string, check: (text: LearnText) => readonly Fault[] = () => []): Read => {
  if (source.length > sizeLimit) return { faults: [{ code: 'too_long', detail: String(source.length) }] }
  const faults: Fault[] = []
  const [, head, body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')) ?? []
  if (head === undefined) return { faults: [{ code: 'front_matter', detail: '---' }] }
  const about = aboutOf(head, faults)
  if (!about || !slugPattern.test(slug)) return { faults }
  inlineOf(about.title, faults)
  const text = readBody(kind, slug, about, body, faults)
  faults.push(...check(text))
  const stopped = faults.some(f => !warnings.includes(f.code))
  return stopped ? { faults } : { text, faults }
}
