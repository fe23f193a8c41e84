import { type Site, sitePage } from '../platform/site.ts'
import { clearScreen } from './screens.traces.tsx'

/** How to clear traces: reached from the first page, from "unnoticed" and from every place where somebody writes. */
export const registerTraces = (site: Site): void => {
  site.get('/clear', 'public:clear', async g => sitePage({ body: clearScreen(g.t), back: '/' }))
}
