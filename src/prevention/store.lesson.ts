import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { type CatalogueLocale, catalogueLocales } from '../base/i18n.ts'
import { root } from '../platform/config.ts'
import { type Read, readText } from './rules.lesson.ts'
import { checkText, linksOf } from './rules.lesson-check.ts'
import { type Fault, type LearnText, sizeLimit, slugPattern, type TextKind, textKinds } from './schema.lesson.ts'

/** One file of the content folder: what was read from it, and what is wrong with it. */
export interface ContentFile extends Read {
  readonly lang: CatalogueLocale
  readonly kind: TextKind
  readonly slug: string
}
export interface Library {
  readonly files: readonly ContentFile[]
  /** The texts of a language that may be shown. */
  of(lang: CatalogueLocale, kind: TextKind): readonly LearnText[]
  find(lang: CatalogueLocale, kind: TextKind, slug: string): LearnText | undefined
  /** Is there such a text in any language? */
  known(kind: TextKind, slug: string): boolean
}

/** Where teachers edit: DOVERIE_CONTENT, or the folder that came with the program. */
export const contentFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env.DOVERIE_CONTENT ? path.resolve(root, env.DOVERIE_CONTENT) : path.join(root, 'content')

const filesIn = (folder: string, lang: string, kind: string): string[] => {
  try {
    return readdirSync(path.join(folder, lang, kind))
      .filter(f => f.endsWith('.md') && slugPattern.test(f.slice(0, -3)))
      .sort()
  } catch {
    // A language without this kind of text has no folder.
    return []
  }
}

/** What stands in a file; nothing when it went away meanwhile or cannot be read. One that is far too long is not taken into memory first. */
const sourceOf = (file: string): string => {
  try {
    return statSync(file).size > sizeLimit * 4 ? ' '.repeat(sizeLimit + 1) : readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const linkFaults = (file: ContentFile, files: readonly ContentFile[]): Fault[] =>
  (file.text ? linksOf(file.text) : [])
    .filter(to => {
      const [, kind, slug] = /^\/(learn|stories|quiz)\/(.+)$/.exec(to) ?? []
      const folder = kind === 'learn' ? 'lessons' : kind
      return kind !== undefined && !files.some(f => f.lang === file.lang && f.kind === folder && f.slug === slug && f.text)
    })
    .map(to => ({ code: 'no_such_page', detail: to }))

/** Reads every text of a folder. A file that cannot be read is left out and named; the others are shown. */
export const readLibrary = (folder: string): Library => {
  const read: ContentFile[] = catalogueLocales.flatMap(lang =>
    textKinds.flatMap(kind =>
      filesIn(folder, lang, kind).map(name => {
        const slug = name.slice(0, -3)
        return { lang, kind, slug, ...readText(kind, slug, sourceOf(path.join(folder, lang, kind, name)), checkText) }
      }),
    ),
  )
  const files = read.map(f => ({ ...f, faults: [...f.faults, ...linkFaults(f, read)] }))
  const of = (lang: CatalogueLocale, kind: TextKind) => files.flatMap(f => (f.lang === lang && f.kind === kind && f.text ? [f.text] : []))
  return {
    files,
    of,
    find: (lang, kind, slug) => of(lang, kind).find(t => t.slug === slug),
    known: (kind, slug) => files.some(f => f.kind === kind && f.slug === slug && f.text),
  }
}

const stampOf = (folder: string): string =>
  catalogueLocales
    .flatMap(lang =>
      textKinds.flatMap(kind =>
        filesIn(folder, lang, kind).map(name => {
          const s = statSync(path.join(folder, lang, kind, name), { throwIfNoEntry: false })
          return `${lang}/${kind}/${name} ${s?.mtimeMs} ${s?.size}`
        }),
      ),
    )
    .join('\n')

/** The texts as they stand: read once, looked at again at most every `pause` ms, read anew when a file has changed. */
export const contentLibrary = (folder: string, clock: () => Date, pause = 3000): (() => Library) => {
  let looked = Number.NEGATIVE_INFINITY
  let stamp: string | undefined
  let library: Library | undefined
  return () => {
    const now = clock().getTime()
    if (library && Math.abs(now - looked) < pause) return library
    looked = now
    const seen = stampOf(folder)
    if (!library || seen !== stamp) library = readLibrary(folder)
    stamp = seen
    return library
  }
}
