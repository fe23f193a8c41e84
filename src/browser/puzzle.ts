import { solve } from './puzzle.solve.ts'

// "One more minute": a small sum that the device does by itself, so that a child need not wait for a flood to end. Without it the form works after twenty seconds.

const wake = async (): Promise<void> => {
  const form = document.querySelector<HTMLFormElement>('form[data-puzzle]')
  const work = form?.querySelector<HTMLInputElement>('input[name="work"]')
  if (!form || !work || !globalThis.crypto?.subtle) return
  const part = (name: string) => form.querySelector<HTMLElement>(`[data-part="${name}"]`)
  part('wait')?.setAttribute('hidden', '')
  part('itself')?.removeAttribute('hidden')
  const found = await solve(form.dataset.puzzle ?? '', Number(form.dataset.bits))
  // Sent by hand meanwhile: the server takes one of them.
  work.value = found
  form.requestSubmit()
}
void wake()
