import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allowPictures,
  applyFile,
  attachPaper,
  endPictures,
  openPhoto,
  type PhotoDraft,
  removePaper,
  removePhoto,
  takePhoto,
} from './rules.files.ts'
import { type FileEvent, type Files, noFiles } from './schema.files.ts'

const received = { type: 'jpeg', size: 10, by: 'me', at: '2026-11-24T10:00:00.000Z' } as const
const paper = { name: 'a.jpg', kind: 'other', giver: 'not_said', original: 'not_asked', note: '' } as const
const agreed: PhotoDraft = {
  childAgreed: true,
  agreedOn: '2026-11-20',
  language: 'таджикский',
  words: '',
  guardian: 'none',
  guardianWho: '',
}
const child = { relation: 'child', openCases: 1, today: '2026-11-24' } as const
const code = (r: ReturnType<typeof takePhoto>) => (r.ok ? 'ok' : r.error)

test('no picture without the child’s yes, against a guardian who was asked, of a grown-up, without a case, a second time, or agreed tomorrow', () => {
  const take = (f: Files, about: Parameters<typeof takePhoto>[1], d: Partial<PhotoDraft> = {}) =>
    code(takePhoto(f, about, { ...agreed, ...d }, { ...received, id: 'p' }))
  expect(take(noFiles, child)).toBe('ok')
  expect(take(noFiles, child, { childAgreed: false })).toBe('child_not_agreed')
  expect(take(noFiles, child, { guardian: 'refused' })).toBe('guardian_refused')
  expect(take(noFiles, { ...child, relation: 'parent' })).toBe('not_a_child')
  expect(take(noFiles, { ...child, openCases: 0 })).toBe('no_case')
  expect(take(noFiles, child, { agreedOn: '2026-11-25' })).toBe('agreed_later')
  const taken = takePhoto(noFiles, child, agreed, { ...received, id: 'p' })
  if (taken.ok) expect(take(applyFile(noFiles, taken.value), child)).toBe('one_photo')
})

test('other photographs only while a supervisor allows them, with a purpose and agreement, for three months at most, and while a case is open', () => {
  const allowance = { purpose: 'свидетельство на возвращение', consent: 'девочка и тётя', agreedOn: '2026-11-20', until: '2026-12-24' }
  const who = { id: 'a', by: 'boss', at: received.at }
  const allow = (d = {}, about = {}) => allowPictures({ ...child, ...about }, { ...allowance, ...d }, who)
  for (const [d, about, want] of [
    [{}, { openCases: 0 }, 'no_case'],
    [{}, { relation: 'parent' }, 'not_a_child'],
    [{ purpose: ' ' }, {}, 'reason_missing'],
    [{ consent: '' }, {}, 'reason_missing'],
    [{ agreedOn: '2026-11-25' }, {}, 'agreed_later'],
    [{ until: '2026-11-23' }, {}, 'until_wrong'],
    [{ until: '2027-03-01' }, {}, 'until_wrong'],
  ] as const)
    expect(code(allow(d, about))).toBe(want)
  const picture = { ...paper, kind: 'picture' } as const
  const attach = (f: Files, at = {}, type: 'jpeg' | 'pdf' = 'jpeg') =>
    code(attachPaper(f, picture, { ...received, type, id: 'x' }, 5, { ...child, ...at }))
  expect(attach(noFiles)).toBe('picture_not_allowed')
  const e = allow()
  const f = e.ok ? applyFile(noFiles, e.value) : noFiles
  expect([attach(f), attach(f, {}, 'pdf'), attach(f, { today: '2026-12-25' }), attach(f, { openCases: 0 })]).toEqual([
    'ok',
    'picture_not_allowed',
    'picture_not_allowed',
    'picture_not_allowed',
  ])
  expect([code(endPictures(noFiles, 'x')), code(endPictures(f, ' '))]).toEqual(['picture_not_allowed', 'reason_missing'])
  const end = endPictures(f, 'снимок сделан')
  expect(end.ok && attach(applyFile(f, end.value))).toBe('picture_not_allowed')
})

test('whatever is done in whatever order: one picture at most, nothing removed comes back, opening changes nothing, no act without a reason', () => {
  const act = fc.record({
    what: fc.constantFrom('attach', 'remove', 'take', 'open', 'removePhoto', 'erase'),
    pick: fc.nat(9),
    reason: fc.constantFrom('', '  ', 'причина'),
    why: fc.constantFrom('missing', 'work', ''),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), acts => {
      let f = noFiles
      const gone = new Set<string>()
      acts.forEach((a, i) => {
        const id = `f${i}`
        const target = f.papers[a.pick]?.id ?? 'none'
        const decided =
          a.what === 'attach'
            ? attachPaper(f, paper, { ...received, id }, 5, child)
            : a.what === 'remove'
              ? removePaper(f, target, a.reason)
              : a.what === 'take'
                ? takePhoto(f, child, agreed, { ...received, id })
                : a.what === 'open'
                  ? openPhoto(f, a.why, a.reason)
                  : a.what === 'removePhoto'
                    ? removePhoto(f, a.reason)
                    : undefined
        const event: FileEvent | undefined = decided?.ok
          ? decided.value
          : a.what === 'erase' && f.photo
            ? { type: 'photo_erased', fileId: f.photo.id }
            : undefined
        if (!event) return
        const before = f
        f = applyFile(f, event)
        if (event.type === 'photo_opened') expect(f).toBe(before)
        if ('reason' in event) expect(event.reason.trim()).not.toBe('')
        for (const x of [...before.papers, ...(before.photo ? [before.photo] : [])])
          if (![...f.papers, f.photo].some(y => y?.id === x.id)) gone.add(x.id)
        for (const x of [...f.papers, f.photo]) expect(gone.has(x?.id ?? '')).toBe(false)
        expect(f.papers.length).toBeLessThanOrEqual(5)
      })
    }),
  )
})
