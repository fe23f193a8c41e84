/**
 * Fields behind an answer, and «none of these» among checkboxes. govuk-frontend's own script is not used for it: it puts aria-expanded on radios,
 * which the role does not allow and axe reports on every such page.
 */
const blocks = ['govuk-radios', 'govuk-checkboxes']
const boxes = (group: Element) => [...group.querySelectorAll<HTMLInputElement>('input[type="radio"], input[type="checkbox"]')]
const groups = (block: string) => document.querySelectorAll<HTMLElement>(`[data-module="${block}"]`)

const refresh = (group: Element, block: string): void => {
  for (const input of boxes(group)) {
    const id = input.dataset.ariaControls
    const part = id ? document.getElementById(id) : null
    part?.classList.toggle(`${block}__conditional--hidden`, !input.checked)
  }
}

export const wakeChoices = (): void => {
  for (const block of blocks) {
    for (const group of groups(block)) {
      group.addEventListener('change', event => {
        const changed = event.target
        if (!(changed instanceof HTMLInputElement)) return
        if (changed.type === 'checkbox' && changed.checked) {
          const alone = changed.dataset.behaviour === 'exclusive'
          const others = boxes(group).filter(i => i !== changed && i.name === changed.name)
          for (const other of others) if (alone || other.dataset.behaviour === 'exclusive') other.checked = false
        }
        refresh(group, block)
      })
      refresh(group, block)
    }
  }
  // A page that comes back gets its answers ticked again only after the first look.
  window.addEventListener('pageshow', () => {
    for (const block of blocks) for (const group of groups(block)) refresh(group, block)
  })
}
