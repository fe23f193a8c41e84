import { isId } from '../base/id.ts'
import { retry } from '../contact/routes.public-common.ts'
import { receiptList } from '../contact/rules.receipt.ts'
import { lane } from '../platform/argon.ts'
import { newId } from '../platform/records.ts'
import { type Guest, type Site, type SiteAnswer, sitePage } from '../platform/site.ts'
import { tokenPattern } from './schema.ts'
import { goneScreen, goScreen, movedScreen } from './screens.tsx'
import { moveToPage } from './store.public.ts'
import { openLink } from './store.ts'

const tokenOf = (g: Guest): Buffer | undefined => {
  const { token = '' } = g.params
  return tokenPattern.test(token) ? Buffer.from(token, 'base64url') : undefined
}
/* 200 like a good one: a status is a way to try out tokens without reading, and a browser's own error page would frighten. */
const gone = (g: Guest): SiteAnswer => sitePage({ body: goneScreen(g.t), path: '/' })

/** /go/TOKEN: from a messenger to this site, in the same conversation. */
export const registerMove = (site: Site): void => {
  const argon = lane(site.deps.argon, 12)
  site.get('/go/:token', 'messenger:move', async g => {
    const token = tokenOf(g)
    if (!token || !(await openLink(g.ask, token))) return gone(g)
    return sitePage({ body: goScreen({ token: g.params.token ?? '', press: newId(), busy: false }, g.t), path: '/' })
  })
  site.post('/go/:token', 'messenger:move', async g => {
    const token = tokenOf(g)
    if (!token) return gone(g)
    const press = isId(g.body.press) ? g.body.press : undefined
    const moved = await moveToPage(g.ask, argon, token, g.lang, press)
    if (moved.kind === 'gone') return gone(g)
    if (moved.kind === 'busy')
      return sitePage({
        body: goScreen({ token: g.params.token ?? '', press: press ?? newId(), busy: true }, g.t),
        path: '/',
        status: 503,
        headers: retry,
      })
    const kind = receiptList(g.lang) === 'digits' ? 'digits' : 'words'
    return sitePage({ body: movedScreen({ parts: moved.receipt.parts, kind }, g.t), path: '/' })
  })
}
