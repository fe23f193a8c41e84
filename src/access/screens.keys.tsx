import { Button, InsetText, ScrollTable } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { PostButton } from './screens.me.tsx'

export interface WaitingView {
  /** For whom the own membership waits: a colleague with keys, a second person, or only this person's next step. */
  readonly mine: readonly { readonly team: string; readonly fn: string; readonly begins: 'colleague' | 'second' | 'free' }[]
  readonly others: readonly {
    readonly userId: string
    readonly teamId: string
    readonly fn: string
    readonly alias: string
    readonly team: string
  }[]
  readonly rotation: number
  readonly next: string
}
const waitsFor = { colleague: 'access.waiting.mine', second: 'access.waiting.second', free: 'access.waiting.free' } as const
/** Keys: what I wait for, whom I can confirm, what still hangs on a leaver's key. */
export const WaitingPage = (v: WaitingView, t: T) => (
  <div>
    <h1 class="govuk-heading-l">{t('access.waiting.title')}</h1>
    {(['colleague', 'second', 'free'] as const).map(begins => {
      const mine = v.mine.filter(m => m.begins === begins)
      return mine.length > 0 ? (
        <InsetText>
          <p>{t(waitsFor[begins])}</p>
          <ul class="govuk-list govuk-list--bullet">
            {mine.map(m => (
              <li>{`${m.team}: ${t(`access.fn.${m.fn}`)}`}</li>
            ))}
          </ul>
          {begins === 'free' ? <PostButton t={t} to="/keys/continue" text={t('access.waiting.freeGo')} /> : null}
        </InsetText>
      ) : null
    })}
    {v.others.length > 0 ? (
      <section>
        <h2 class="govuk-heading-m">{t('access.waiting.others')}</h2>
        <p class="govuk-body">{t('access.waiting.othersText')}</p>
        <ScrollTable
          label={t('access.waiting.others')}
          head={[
            { text: t('access.waiting.who') },
            { text: t('access.waiting.what') },
            { text: <span class="govuk-visually-hidden">{t('access.me.act')}</span> },
          ]}
          rows={v.others.map(o => [
            { text: o.alias },
            { text: `${o.team}: ${t(`access.fn.${o.fn}`)}` },
            {
              text: (
                <form method="post" action={`/${t.locale}/keys/confirm`} data-no-guard>
                  <input type="hidden" name="user" value={o.userId} />
                  <input type="hidden" name="team" value={o.teamId} />
                  <input type="hidden" name="fn" value={o.fn} />
                  <Button text={t('access.waiting.confirm')} />
                </form>
              ),
            },
          ])}
        />
      </section>
    ) : null}
    {v.rotation > 0 ? (
      <section>
        <h2 class="govuk-heading-m">{t('access.waiting.rotation')}</h2>
        <p class="govuk-body">{t('access.waiting.rotationText', { count: v.rotation })}</p>
        <PostButton t={t} to="/keys/continue" text={t('access.waiting.rotationGo')} />
      </section>
    ) : null}
    {v.mine.length + v.others.length + v.rotation === 0 ? <p class="govuk-body">{t('access.waiting.none')}</p> : null}
    <p>
      <a class="govuk-link" href={`/${t.locale}${v.next}`}>
        {t('access.waiting.on')}
      </a>
    </p>
  </div>
)
