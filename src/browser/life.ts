/* On the card of life in danger: asks every five seconds whether a colleague has it, so that "nobody answers: call 112" is seen without a reload. */

const shown = document.querySelector<HTMLElement>('#paging[data-live]')
const ask = async () => {
  if (!shown?.dataset.live || shown.dataset.now === 'taken' || shown.dataset.now === 'over') return
  try {
    const r = await fetch(shown.dataset.live, { headers: { accept: 'application/json' }, redirect: 'error' })
    if (r.ok) {
      const now: unknown = await r.json()
      if (
        typeof now === 'object' &&
        now !== null &&
        'text' in now &&
        'now' in now &&
        typeof now.text === 'string' &&
        typeof now.now === 'string'
      ) {
        // Said again only when it has changed: a screen reader speaks every change.
        if (shown.textContent !== now.text) shown.textContent = now.text
        shown.dataset.now = now.now
      }
    }
  } catch {
    // No network: what stands there stays, and is asked for again.
  }
}
if (shown) setInterval(() => void ask(), 5000)
