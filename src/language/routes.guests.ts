import type { Interpreters } from '../contact/routes.room-invite.ts'
import type { Office } from '../platform/office.ts'
import { undertakingHolds, warningsOf } from './rules.warnings.ts'
import { spokenLanguages } from './schema.ts'
import { register } from './store.register.ts'

/**
 * Interpreters who may be asked into a conversation of the duty desk: listed for its language, with an account, not paused, with an undertaking that holds; never a
 * relative or another child. What they are tied to is compared with what was said: a conversation is all that is known yet.
 */
export const interpretersFor =
  (o: Pick<Office, 'deps'>): Interpreters =>
  async (a, contact) => {
    const wanted = contact.language === 'uz-Cyrl' ? 'uz' : contact.language
    const language = spokenLanguages.find(l => l === wanted) ?? 'other'
    const day = a.now.slice(0, 10)
    return (await register(a, o.deps.keys.service)).flatMap(i => {
      if (!i.account || i.state !== 'active' || i.kind === 'relative' || i.kind === 'other_child' || !undertakingHolds(i, day)) return []
      if (contact.language !== 'not_asked' && contact.language !== 'other' && !i.languages.some(l => l.language === language)) return []
      const risk = {
        day,
        language,
        childPlace: '',
        childCommunity: '',
        childNames: [],
        recruiterPlace: contact.where,
        recruiterWords: contact.words,
        sexWanted: 'not_asked' as const,
      }
      const warnings = warningsOf(i, risk).filter(w => w.code !== 'language_not_listed' && w.code !== 'no_undertaking')
      return [{ account: i.account, alias: i.alias, warnings: warnings.map(w => ({ key: `language.warning.${w.code}` })) }]
    })
  }
