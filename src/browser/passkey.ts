import { browserSupportsWebAuthn, bufferToBase64URLString, startAuthentication, startRegistration } from '@simplewebauthn/browser'

/** What the authenticator derives from; the same text as in access/store.passkey.ts. */
const prfInput = async () => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('doverie/passkey-prf/1')))

interface Prf {
  readonly enabled?: boolean
  readonly results?: { readonly first?: ArrayBuffer | Uint8Array<ArrayBuffer> }
}
const prfOf = (results: unknown): Prf | undefined => (results as { prf?: Prf } | undefined)?.prf
const toText = (value: ArrayBuffer | Uint8Array<ArrayBuffer> | undefined) =>
  value ? bufferToBase64URLString(value instanceof Uint8Array ? value.buffer : value) : ''

const put = (form: HTMLFormElement, name: string, value: string) => {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.value = value
}
const say = (box: HTMLElement, text: string | undefined) => {
  const at = box.querySelector<HTMLElement>('[data-passkey-error]')
  if (at) at.textContent = text ?? ''
}
const words = (box: HTMLElement, which: 'failed' | 'more') => box.querySelector<HTMLElement>('[data-passkey-error]')?.dataset[which]

const ask = async (options: Record<string, unknown>) => {
  const optionsJSON = { ...options, extensions: { prf: { eval: { first: await prfInput() } } } }
  return startAuthentication({ optionsJSON: optionsJSON as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'] })
}
/** The extension's result is bytes, which JSON would turn into an object: it travels in a field of its own. */
const withoutResults = (response: { clientExtensionResults: unknown }) => JSON.stringify({ ...response, clientExtensionResults: {} })

const get = (box: HTMLElement, form: HTMLFormElement, options: Record<string, unknown>) => {
  box.hidden = false
  box.querySelector('[data-passkey-button]')?.addEventListener('click', async () => {
    say(box, '')
    try {
      const response = await ask(options)
      const prf = toText(prfOf(response.clientExtensionResults)?.results?.first)
      put(form, 'assertion', withoutResults(response))
      put(form, 'prf', prf)
      const password = form.elements.namedItem('password')
      const alone = prf !== '' || !(password instanceof HTMLInputElement) || password.value !== '' || form.action.endsWith('/step-up')
      if (alone) form.requestSubmit()
      else say(box, words(box, 'more'))
    } catch {
      say(box, words(box, 'failed'))
    }
  })
}

const create = (box: HTMLElement, form: HTMLFormElement, options: Record<string, unknown>) => {
  form.addEventListener('submit', async event => {
    const done = form.elements.namedItem('assertion')
    if (done instanceof HTMLInputElement && done.value !== '') return
    event.preventDefault()
    say(box, '')
    try {
      const optionsJSON = { ...options, extensions: { prf: { eval: { first: await prfInput() } } } }
      const response = await startRegistration({
        optionsJSON: optionsJSON as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
      })
      let prf = prfOf(response.clientExtensionResults)
      // Many authenticators derive nothing while being made, only when asked for the first time.
      if (prf?.enabled && !prf.results?.first) {
        const challenge = bufferToBase64URLString(crypto.getRandomValues(new Uint8Array(32)).buffer)
        prf = prfOf(
          (
            await ask({
              challenge,
              rpId: (options.rp as { id?: string }).id,
              allowCredentials: [{ id: response.id, type: 'public-key' }],
              userVerification: 'preferred',
            })
          ).clientExtensionResults,
        )
      }
      put(form, 'prf', toText(prf?.results?.first))
      put(form, 'assertion', withoutResults(response))
      form.requestSubmit()
    } catch {
      say(box, words(box, 'failed'))
    }
  })
}

const run = () => {
  if (!browserSupportsWebAuthn()) return
  for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    const form = box.closest('form')
    if (!form) continue
    const options = JSON.parse(box.dataset.options ?? '{}') as Record<string, unknown>
    if (box.dataset.passkey === 'create') create(box, form, options)
    else get(box, form, options)
  }
}
run()
