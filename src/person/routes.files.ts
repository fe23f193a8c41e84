import { underGlass } from '../access/screens.glass.tsx'
import { directory } from '../access/store.directory.ts'
import { glassOn } from '../access/store.glass.ts'
import { isId } from '../base/id.ts'
import { withUploads } from '../platform/files.upload.ts'
import { type Answer, type Asked, hidden, type Office, page } from '../platform/office.ts'
import { registerFileActs } from './routes.files.acts.ts'
import { registerAllowing } from './routes.files.allow.ts'
import { bytesOf, type CasesOfChild, fileCrumbs, personWithFiles, writes } from './routes.files.common.ts'
import { registerPhoto } from './routes.files.photo.ts'
import { displayName } from './rules.ts'
import type { Paper } from './schema.files.ts'
import { filesScreen, paperScreen } from './screens.files.tsx'
import { filesOf } from './store.files.ts'
import type { SeenPerson } from './store.ts'

const paperOf = async (a: Asked): Promise<{ p: SeenPerson; paper: Paper } | undefined> => {
  const [p, fileId] = [await personWithFiles(a), a.params.fileId]
  const paper = p && isId(fileId) ? (await filesOf(a, p.id)).papers.find(x => x.id === fileId) : undefined
  return p && paper ? { p, paper } : undefined
}
const registerPapers = (o: Office): void => {
  o.get('/people/:personId/files', 'paper:read', async a => {
    const p = await personWithFiles(a)
    if (!p) return hidden
    const [files, d, glass] = await Promise.all([filesOf(a, p.id), directory(a, o.deps.keys.service, a.lang), glassOn(a, p.id)])
    a.saw('paper.list', [p.id])
    const member = a.session.groups.includes(p.homeGroup)
    const child = p.identity.relation === 'child' || p.identity.relation === 'sibling'
    return page({
      title: a.t('files.list.title'),
      nav: 'people',
      breadcrumbs: fileCrumbs(a, p.id, false),
      body: underGlass(
        { lines: glass, alias: d.alias, timeZone: a.session.timeZone },
        filesScreen(
          {
            personId: p.id,
            name: displayName(p.identity),
            files,
            alias: d.alias,
            timeZone: a.session.timeZone,
            can: {
              write: await writes(a, p, 'paper:write'),
              allow: child && member && (await writes(a, p, 'picture:allow')),
              photo: child && (files.photo !== undefined || (await writes(a, p, 'photo:take'))),
              take: child && files.photo === undefined && (await writes(a, p, 'photo:take')),
              open: files.photo !== undefined && member && a.can('photo:open'),
              remove: files.photo !== undefined && (await writes(a, p, 'photo:take')),
            },
            to: a.to,
          },
          a.t,
        ),
        a.t,
      ),
    })
  })
  o.get('/people/:personId/files/:fileId', 'paper:read', async a => {
    const found = await paperOf(a)
    if (!found) return hidden
    const { p, paper } = found
    const [d, whole] = [await directory(a, o.deps.keys.service, a.lang), await bytesOf(a, p, paper.id)]
    const problem = typeof whole === 'string' ? whole : undefined
    a.saw('paper.open', [p.id])
    return page({
      title: a.t(`files.kind.${paper.kind}`),
      nav: 'people',
      status: problem ? 500 : 200,
      breadcrumbs: fileCrumbs(a, p.id),
      body: paperScreen(
        {
          personId: p.id,
          name: p.identity ? displayName(p.identity) : '',
          paper,
          problem,
          alias: d.alias,
          timeZone: a.session.timeZone,
          remove: await writes(a, p, 'paper:write'),
          to: a.to,
        },
        a.t,
      ),
    })
  })
  const bytes = (path: string, action: string, shape: (p: Paper, body: Buffer) => Answer) =>
    o.get(`/people/:personId/files/:fileId/${path}`, 'paper:read', async a => {
      const found = await paperOf(a)
      if (!found) return hidden
      const body = await bytesOf(a, found.p, found.paper.id)
      if (typeof body === 'string') return hidden
      a.saw(action, [found.p.id])
      return shape(found.paper, body)
    })
  // Only what was decoded and written anew here is shown in a page; a PDF is as its maker made it.
  bytes('picture', 'paper.picture', (p, body) => (p.type === 'pdf' ? hidden : { kind: 'bytes', type: `image/${p.type}`, body }))
  // A name of our own: the one the file came with would stand in the list of downloads.
  bytes('download', 'paper.download', (p, body) => ({
    kind: 'bytes',
    type: p.type === 'pdf' ? 'application/pdf' : `image/${p.type}`,
    body,
    filename: `document.${p.type === 'jpeg' ? 'jpg' : p.type}`,
  }))
}

/** Registers the papers of a person and the picture "only if I go missing". */
export const registerFiles = (o: Office, cases: CasesOfChild): void => {
  registerPapers(o)
  registerAllowing(o, cases)
  withUploads(o, inner => {
    registerFileActs(inner, cases)
    registerPhoto(inner, cases)
  })
}
