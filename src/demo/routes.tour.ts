import { Fragment, h } from 'preact'
import type { OfficeDeps } from '../platform/office.ts'
import { tourOrder, tours } from './schema.tour.ts'
import { Tour } from './screens.tour.tsx'

/**
 * Puts "try this" on the first page after sign-in, for the role of whoever looks. Handed over only where the installation is a demonstration: nothing else in the house knows
 * of it, and the capabilities least of all.
 */
export const withTour =
  (document: OfficeDeps['document']): OfficeDeps['document'] =>
  (p, lang, t, asked, path) => {
    const role = asked && tourOrder.find(r => asked.session.roles.includes(r))
    if (!asked?.session.demo || !role || asked.path.split('?')[0] !== '/worklist') return document(p, lang, t, asked, path)
    const steps = (tours[role] ?? []).filter(s => asked.can(s.permit))
    const tour = Tour({ role, steps, hidden: asked.query.tour === 'off', to: x => asked.to(x) }, t)
    return document({ ...p, body: h(Fragment, null, tour, p.body) }, lang, t, asked, path)
  }
