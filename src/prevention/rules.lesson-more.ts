import type { LearnText } from './schema.lesson.ts'

/** What to read after a text: of the others for the same readers, those about the same first, three at most. */
export const moreOf = (text: LearnText, others: readonly LearnText[]): LearnText[] =>
  others
    .filter(o => o.about.for.some(a => text.about.for.includes(a)))
    .map(o => ({ o, same: o.about.topics.filter(x => text.about.topics.includes(x)).length + (o.slug === text.slug ? 10 : 0) }))
    .filter(x => x.same > 0)
    .sort((x, y) => y.same - x.same)
    .slice(0, 3)
    .map(x => x.o)
