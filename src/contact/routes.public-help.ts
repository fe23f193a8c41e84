import { type Site, sitePage } from '../platform/site.ts'
import { helpedScreen, helpQuestionScreen } from './screens.public-help.tsx'

/** "Did this help?": one touch after a talk. What is counted is a word of a closed list on a day; who answered is not known here. */
export const registerHelped = (site: Site): void => {
  site.get('/helped', 'public:talk', async g => sitePage({ body: helpQuestionScreen(g.t), path: '/helped' }))
  site.post('/helped', 'public:talk', async g => {
    // Never worth an error: whatever happens to the count, the child is thanked.
    await g.ask('public_helped', [g.body.answer ?? '']).catch(() => undefined)
    return sitePage({ body: helpedScreen(g.t), path: '/helped' })
  })
}
