import { budgets } from '../budgets.ts'
import { sha256 } from '../kustomize/naming/sha256.ts'
import { canonicalJson } from '../manifest/json.ts'
import type { Effect, Finding, Rule } from '../rules/rule.ts'
import { listed, type Phrase, quoted, say } from '../words/phrase.ts'

/** A unit of which it is not known what it delivers otherwise than before: nothing was compared. */
export interface LeftOut {
  /** The key of the unit. */
  readonly key: string
  /**
   * There was no room for one more comparison, or its build would ask for more than a limit allows, or holds a doubtful text, or helm
   * did not render it although it had before.
   */
  readonly why: 'no-room' | 'too-large' | 'not-rendered'
  /** Equal only where the same is left out. */
  readonly digest: string
}

const reasons = [
  [
    'no-room',
    () =>
      say`: more than ${budgets.deliveredViews.size} units deliver the same files in ways of their own, and what these do to requests is not known`,
  ],
  [
    'too-large',
    () =>
      say`: what they build is too large, or holds a text that may be read in several ways, and what that does to requests is not known`,
  ],
  [
    'not-rendered',
    () => say`: what helm makes of them is not known any more, and neither is what that does to requests`,
  ],
] as const

/**
 * What could not be looked at may do anything: a finding that names no team asks the administrators of every primary. It is
 * known by what the units make of the files, so that nobody's consent covers anything else.
 */
export function leftOutFindings(leftOut: readonly LeftOut[], rule: Rule, effect: Effect): readonly Finding[] {
  if (effect === 'off') return []
  return reasons.flatMap(([code, rest]) => {
    const units = leftOut.filter(({ why }) => why === code)
    if (units.length === 0) return []
    return {
      rule: rule.id,
      code: 'unmodelled-change.left-out' as const,
      severity: rule.severity,
      effect,
      status: 'introduced' as const,
      clause: say`What ${units.length} ${units.length === 1 ? 'unit delivers' : 'units deliver'} is not compared`,
      rest: rest(),
      because: [{ clause: say`left out: ${named(units)}` }],
      todo: say`Let somebody who knows these units look at what they build, or change fewer of them at once`,
      resource: '',
      mesh: '',
      fingerprint: canonicalJson(['left-out', code, sha256(canonicalJson(units.map(identityOf).toSorted()))]),
      teams: [],
    }
  })
}

function named(units: readonly LeftOut[]): Phrase {
  const shown = units.slice(0, 3).map(({ key }) => quoted(key === '' ? '.' : key))
  const more = units.length - shown.length
  return listed(more > 0 ? [...shown, say`${more} more`] : shown)
}

function identityOf({ key, digest }: LeftOut): string {
  return canonicalJson([key, digest])
}
