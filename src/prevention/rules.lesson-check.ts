import { wordsOf } from './rules.lesson-text.ts'
import type { Audience, Block, Fault, Inline, LearnText, Story } from './schema.lesson.ts'

/* What a whole text is asked before a child reads it: does every road lead on, does it end kindly, does it blame nobody, can it be read. */

/** Longest mean and longest single sentence, in words. Two or more audiences: the strictest. */
export const readable: Readonly<Record<Audience, { readonly mean: number; readonly longest: number }>> = {
  children_8_11: { mean: 8, longest: 14 },
  children_12_14: { mean: 9, longest: 16 },
  children_15_17: { mean: 10, longest: 18 },
  parents: { mean: 11, longest: 22 },
  teachers: { mean: 13, longest: 24 },
  diaspora: { mean: 12, longest: 24 },
}

const blockWords = (b: Block): string[] => (b.kind === 'list' ? b.items.map(wordsOf) : [wordsOf(b.text)])
const blocksWords = (blocks: readonly Block[]) => blocks.flatMap(blockWords)

/** Every piece of writing in a text, headings and answers included. */
export const piecesOfText = (text: LearnText): string[] => {
  if (text.kind === 'lessons') return blocksWords(text.blocks)
  if (text.kind === 'stories') return text.nodes.flatMap(n => [n.title, ...blocksWords(n.blocks), ...n.choices.map(c => c.text)])
  return [...blocksWords(text.blocks), ...text.questions.flatMap(q => [q.text, ...q.answers.flatMap(a => [a.text, wordsOf(a.why)])])]
}

const linksIn = (text: readonly Inline[]) => text.flatMap(i => (i.kind === 'link' ? [i.to] : []))
const blockLinks = (blocks: readonly Block[]) => blocks.flatMap(b => (b.kind === 'list' ? b.items.flatMap(linksIn) : linksIn(b.text)))
/** Our own pages that a text leads to. */
export const linksOf = (text: LearnText): string[] => {
  if (text.kind === 'stories') return text.nodes.flatMap(n => blockLinks(n.blocks))
  return [...blockLinks(text.blocks), ...(text.kind === 'quiz' ? text.questions.flatMap(q => q.answers.flatMap(a => linksIn(a.why))) : [])]
}

const sentencesOf = (piece: string) => piece.split(/[.!?…]+[»”"’)]*(?:\s|$)|[:;]\s/).filter(s => /\p{L}/u.test(s))
const wordCount = (s: string) => s.split(/[\s—–]+/).filter(w => /[\p{L}\d]/u.test(w)).length

/** Mean and longest sentence of a text, in words. */
export const readingOf = (text: LearnText): { readonly mean: number; readonly longest: number; readonly sentence: string } => {
  const sentences = piecesOfText(text).flatMap(sentencesOf)
  const counts = sentences.map(wordCount)
  const longest = Math.max(0, ...counts)
  return {
    mean: counts.length ? counts.reduce((a, b) => a + b, 0) / counts.length : 0,
    longest,
    sentence: sentences[counts.indexOf(longest)] ?? '',
  }
}

/** Words that put it on the child, in the six languages; "not your fault" is wanted and is taken out first. */
const innocent =
  /не виноват[а-яё]*|(^|\. )виноват[а-яё]* тот|вины нет|не твоя вина|not your fault|(sening )?aybing (emas|yoʻq)|күнөөң (эмес|жок)|гуноҳи ту нест|pas (de )?ta faute|n’y es pour rien/gi
const blame =
  /виноват|твоя вина|надо было|нужно было раньше|глуп|дурак|дура(?![а-яё])|\b(your|own) fault|you should have|stupid|silly|foolish|aybing|aybdor|ahmoq|күнөөң|күнөөлүү|акмак|келесоо|гуноҳи ту|гунаҳкор|аблаҳ|ta faute|tu aurais dû|stupide|idiot/i
const hurtful =
  /жертв|нелегал|беспризорн|побег|\bvictim|illegal (child|migrant)|runaway|проститу|prostitut|изнасил|\brape|\bviol(ée?|s)?\b/i

const storyFaults = (story: Story): Fault[] => {
  const faults: Fault[] = []
  const ids = new Set<string>()
  for (const n of story.nodes) {
    if (ids.has(n.id)) faults.push({ code: 'node_twice', detail: n.id })
    ids.add(n.id)
  }
  for (const n of story.nodes) {
    for (const c of n.choices) if (!ids.has(c.to)) faults.push({ code: 'choice_nowhere', detail: `${n.id} → ${c.to}` })
    if (!n.end && n.choices.length < 2) faults.push({ code: 'dead_end', detail: n.id })
    if (n.end && n.choices.length > 0) faults.push({ code: 'end_has_choices', detail: n.id })
    // A kind ending has something set apart that is said to whoever came here, whatever they chose.
    if (n.end && !n.blocks.some(b => b.kind === 'callout')) faults.push({ code: 'end_not_kind', detail: n.id })
  }
  const seen = new Set<string>()
  const walk = (id: string | undefined) => {
    if (id === undefined || seen.has(id)) return
    seen.add(id)
    for (const c of story.nodes.find(n => n.id === id)?.choices ?? []) walk(c.to)
  }
  walk(story.nodes[0]?.id)
  for (const n of story.nodes) if (!seen.has(n.id)) faults.push({ code: 'unreachable', detail: n.id })
  return faults
}

/** Everything that is wrong with a text as a whole. */
export const checkText = (text: LearnText): Fault[] => {
  const faults = text.kind === 'stories' ? storyFaults(text) : []
  const limits = text.about.for.map(a => readable[a])
  const [mean, longest] = [Math.min(...limits.map(l => l.mean)), Math.min(...limits.map(l => l.longest))]
  const r = readingOf(text)
  if (r.longest > longest) faults.push({ code: 'sentence_long', detail: `${r.longest} > ${longest}: ${r.sentence.trim()}` })
  if (r.mean > mean) faults.push({ code: 'sentences_long', detail: `${r.mean.toFixed(1)} > ${mean}` })
  for (const piece of [text.about.title, ...piecesOfText(text)]) {
    if (blame.test(piece.replace(innocent, ''))) faults.push({ code: 'blames', detail: piece.slice(0, 80) })
    if (hurtful.test(piece)) faults.push({ code: 'hurts', detail: piece.slice(0, 80) })
  }
  return faults
}
