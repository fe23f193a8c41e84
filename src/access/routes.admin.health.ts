import { dayOf } from '../base/time.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { adminForm } from './routes.admin.form.ts'
import { helplineFresh, type Light, lightOf, markAge } from './rules.admin.ts'
import { helplineForm } from './schema.admin.ts'
import { type HealthLine, HealthPage, HelplinesPage, stampText } from './screens.admin.health.tsx'
import { addHelpline, type Helpline, helplines, readHealth, saveHelpline, verifyHelpline } from './store.admin.health.ts'
import { directory } from './store.directory.ts'

const w = 'access-admin.health'
const gigabytes = (n: number) => Math.round((n / 1e9) * 10) / 10
/** Seconds that an event may wait for its signed head before the sealer is called late. */
const sealerSeconds = 60

const healthLines = (a: Asked, h: Awaited<ReturnType<typeof readHealth>>, lines: readonly Helpline[]): HealthLine[] => {
  const { t } = a
  const zone = a.session.timeZone
  const today = dayOf(a.now, zone)
  const unverified = lines.filter(l => !l.always && !helplineFresh(l.verifiedOn, today)).length
  const late = h.sealer.waiting > 0 && (h.sealer.newest === null || Date.parse(a.now) - Date.parse(h.sealer.newest) > sealerSeconds * 1000)
  const out: HealthLine[] = []
  const add = (what: string, light: Light, text: string, doIt?: HealthLine['doIt']) =>
    out.push({ what: t(`${w}.mark.${what}`), light, text, doIt })
  const backup = h.marks.find(m => m.what === 'backup')
  add(
    'backup',
    backup ? lightOf(backup, 'backup', a.now) : 'bad',
    backup ? t(`${w}.lastAt`, { at: stampText(backup.at, t, zone) }) : t(`${w}.noBackup`),
  )
  add(
    'helplines',
    unverified === 0 ? 'good' : 'bad',
    t(`${w}.unverified`, { count: unverified }),
    unverified > 0 ? { href: '/helplines', text: t(`${w}.lines`) } : undefined,
  )
  add(
    'sealer',
    late ? 'bad' : h.sealer.newest ? 'good' : 'none',
    h.sealer.newest ? t(`${w}.sealerAt`, { at: stampText(h.sealer.newest, t, zone), count: h.sealer.waiting }) : t(`${w}.sealerNone`),
  )
  add('rotation', h.rotations === 0 ? 'good' : 'bad', t(`${w}.rotations`, { count: h.rotations }))
  if (h.disk)
    add(
      'disk',
      h.disk.free < h.disk.total * 0.1 || h.disk.free < 2e9 ? 'bad' : 'good',
      t(`${w}.disk`, { free: gigabytes(h.disk.free), total: gigabytes(h.disk.total) }),
    )
  const known = new Set(['sweep', 'waiting', 'contacts_waiting', 'ended', 'statistics', 'files', 'registers', 'prekeys'])
  known.add('paging').add('on_call').add('retention').add('rooms').add('matches')
  for (const m of h.marks)
    if (known.has(m.what))
      add(
        m.what,
        lightOf(m, m.what, a.now),
        !m.ok && (m.what === 'files' || m.what === 'paging' || m.what === 'on_call')
          ? t(`${w}.${m.what === 'files' ? 'filesMissing' : m.what === 'paging' ? 'pagingNot' : 'onCallNobody'}`)
          : m.what === 'retention'
            ? t(`${w}.erasedAt`, {
                at: stampText(m.at, t, zone),
                spam: Number(m.detail.spam ?? 0),
                closed: Number(m.detail.closed ?? 0) + Number(m.detail.spam ?? 0),
              })
            : t(`${w}.lastAt`, { at: stampText(m.at, t, zone) }),
      )
  if (!h.marks.some(m => m.what in markAge && m.what !== 'backup')) add('jobs', 'bad', t(`${w}.noJobs`))
  const order: Record<Light, number> = { bad: 0, none: 1, good: 2 }
  return out.sort((x, y) => order[x.light] - order[y.light])
}

/** The page that says whether all is well, and the numbers that children see. */
export const registerHealth = (o: Office): void => {
  o.get('/health', 'health:read', async a => {
    const [h, lines] = await Promise.all([readHealth(a), helplines(a)])
    return page({
      title: a.t(`${w}.title`),
      nav: 'health',
      wide: true,
      body: HealthPage({ lines: healthLines(a, h, lines), version: h.version }, a.t),
    })
  })
  o.get('/helplines', 'helpline:edit', async a => {
    const [dir, list] = await Promise.all([directory(a, o.deps.keys.service, a.lang), helplines(a)])
    const today = dayOf(a.now, a.session.timeZone)
    const lines = list.map(l => ({
      id: l.id,
      country: l.country,
      number: l.number,
      name: l.names[a.lang] ?? l.names.ru ?? l.number,
      verifiedOn: l.verifiedOn,
      by: l.verifiedBy ? dir.alias(l.verifiedBy) : '',
      fresh: helplineFresh(l.verifiedOn, today),
      always: l.always,
    }))
    return page({ title: a.t(`${w}.lines`), nav: 'health', wide: true, body: HelplinesPage({ lines }, a.t) })
  })
  const one = async (a: Asked) => (await helplines(a)).find(l => l.id === a.params.lineId)
  o.post('/helplines/:lineId/verify', 'helpline:edit', async a => {
    const line = await one(a)
    if (!line) return hidden
    await verifyHelpline(a, line.id, dayOf(a.now, a.session.timeZone), a.actor.id)
    return redirect('/helplines?done=saved')
  })
  adminForm(o, {
    url: '/helplines/new',
    permit: 'helpline:edit',
    form: helplineForm,
    words: 'access-admin.lineNew',
    nav: 'health',
    about: async () => ({}),
    back: () => '/helplines',
    does: async (a, v) => {
      await addHelpline(a, { country: v.country, number: v.number, names: { ru: v.ru, en: v.en } })
      return redirect('/helplines?done=saved')
    },
  })
  adminForm(o, {
    url: '/helplines/:lineId',
    permit: 'helpline:edit',
    form: helplineForm,
    words: 'access-admin.lineEdit',
    nav: 'health',
    about: one,
    initial: (_, l) => ({ country: l.country, number: l.number, ru: l.names.ru ?? '', en: l.names.en ?? '' }),
    back: () => '/helplines',
    does: async (a, v, _, l) => {
      await saveHelpline(a, l.id, { country: v.country, number: v.number, names: { ru: v.ru, en: v.en } })
      return redirect('/helplines?done=saved')
    },
  })
}
