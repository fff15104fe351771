import { indexOfLiteral } from '../../manifest/placeholders/placeholders.ts'
import { matchesAny } from './glob.ts'
import type { Policy } from './policy.ts'

/**
 * Whether something else delivers an object of this `ns/name`, by the globs of `external`. A namespace that nothing says (`?`)
 * may be any of theirs.
 */
export function externalNames({ external }: Pick<Policy, 'external'>): (name: string) => boolean {
  const matches = matchesAny(external)
  const names = matchesAny(external.map((glob) => glob.slice(glob.indexOf('/') + 1)))
  return (target) => {
    const slash = indexOfLiteral(target, '/')
    const [namespace, name] = [target.slice(0, slash), target.slice(slash + 1)]
    if (slash < 1 || name === '') return false
    return namespace === '?' ? names(name) : matches(target)
  }
}
