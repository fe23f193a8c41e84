// Keys of the inbox: j and k go from contact to contact, Enter opens (it is a link), ? shows the help. They can be switched off, and are silent where somebody writes.

const place = 'dv-desk-keys'
const box = document.querySelector<HTMLInputElement>('[data-desk-keys]')
const rows = () => [...document.querySelectorAll<HTMLAnchorElement>('[data-desk-row]')]
let at = -1

const mark = () => {
  for (const tr of document.querySelectorAll('tr.dv-here')) tr.classList.remove('dv-here')
  document.activeElement?.closest('tr')?.classList.toggle('dv-here', document.activeElement.matches('[data-desk-row]'))
}
const go = (step: number) => {
  const list = rows()
  if (list.length === 0) return
  const now = list.findIndex(r => r === document.activeElement)
  at = Math.min(list.length - 1, Math.max(0, (now === -1 ? at : now) + step))
  list[at]?.focus()
  list[at]?.scrollIntoView({ block: 'nearest' })
}
const writes = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null

if (box) {
  box.checked = localStorage.getItem(place) !== 'off'
  box.addEventListener('change', () => localStorage.setItem(place, box.checked ? 'on' : 'off'))
  document.addEventListener('focusin', mark)
  document.addEventListener('dv-desk-placed', mark)
  document.addEventListener('keydown', event => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return
    if (event.key === 'j') go(1)
    else if (event.key === 'k') go(-1)
    else if (event.key === '?') {
      const help = document.querySelector<HTMLDetailsElement>('#desk-keys')
      if (!help) return
      help.open = !help.open
      help.querySelector('summary')?.focus()
    } else return
    event.preventDefault()
  })
}
