import type { Comparison } from '../diff/comparison.ts'
import { type Asked, everything, reachedByChange } from '../reach/asked.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { takingFrom } from '../source/multiset.ts'
import { comparisonsOfCopies } from './other-copies.ts'
import type { Effect, Fault, Finding, Rule } from './rule.ts'

/** What a rule's findings lead to here. */
export type EffectOf = (rule: Rule) => Effect

/**
 * Runs the rules over both sides and compares what they find as multisets by (rule, mesh, resource, fingerprint): what
 * only the merged side has is introduced, what both have exists, what only the base side has is fixed, unless its matter still stands. Rules that are
 * off are not run. Sorted by place, rule and what they are about, never by words; two equal runs give equal findings. What both have
 * is complete only if `existing` asks for it: else nobody looks where both sides are made of the same.
 */
export function runRules(
  rules: readonly Rule[],
  comparison: Comparison,
  effectOf: EffectOf,
  existing = false,
): readonly Finding[] {
  const asking = (each: Comparison): Asking => ({
    comparison: each,
    asked: existing ? everything : reachedByChange(each.base, each.merged),
  })
  const whole = asking(comparison)
  const copies = comparisonsOfCopies(comparison).map(asking)
  return rules
    .flatMap((rule) => {
      const effect = effectOf(rule)
      if (effect === 'off') return []
      const found = findingsOf(rule, effect, whole)
      return [...found, ...introducedIn(copies, { rule, effect, found })]
    })
    .sort(compareFindings)
}

/** Two sides, and the VirtualServices of them that are asked about. */
interface Asking {
  readonly comparison: Comparison
  readonly asked: Asked
}

interface Judged {
  readonly rule: Rule
  readonly effect: Effect
  readonly found: readonly Finding[]
}

/** What is wrong anew where other copies live, each once; what was repaired there is not told. */
function introducedIn(copies: readonly Asking[], { rule, effect, found }: Judged): readonly Finding[] {
  const known = new Set(found.filter(({ status }) => status === 'introduced').map(keyOf))
  const more = copies
    .flatMap((each) => findingsOf(rule, effect, each))
    .filter((finding) => finding.status === 'introduced' && !known.has(keyOf(finding)))
  return [...new Map(more.map((finding) => [keyOf(finding), finding])).values()]
}

function findingsOf(rule: Rule, effect: Effect, { comparison, asked }: Asking): readonly Finding[] {
  const { base, merged } = comparison
  const faultsOf = (side: Snapshot) => [...rule.check(side, comparison, asked)]
  const [before, after] = [faultsOf(base), faultsOf(merged)]
  const [known, anew] = divided(after, takingFrom(before.map(keyOf)))
  const [, gone] = divided(before, takingFrom(after.map(keyOf)))
  const [changed, further] = divided(anew, takingFrom(gone.map(matterOf)), matterOf)
  const [, fixed] = divided(gone, takingFrom(anew.map(matterOf)), matterOf)
  const stamped = (faults: readonly Fault[], status: (fault: Fault) => Finding['status']) =>
    faults.map((fault) => stamp(rule, effect, fault, status(fault)))
  return [
    ...stamped(known, () => 'existing'),
    ...stamped(changed, ({ grown = true }) => (grown ? 'introduced' : 'existing')),
    ...stamped(further, () => 'introduced'),
    ...stamped(fixed, () => 'fixed'),
  ]
}

/** Those whose like is there, one for one, and the others. */
function divided(
  faults: readonly Fault[],
  isThere: (key: string) => boolean,
  key: (fault: Fault) => string = keyOf,
): readonly [readonly Fault[], readonly Fault[]] {
  const { there = [], others = [] } = Object.groupBy(faults, (fault) =>
    isThere(key(fault)) ? 'there' : 'others',
  )
  return [there, others]
}

/** What is about no matter of its own is another fault as soon as anything of it changes. */
function matterOf({ matter, ...fault }: Fault): string {
  return matter === undefined ? keyOf(fault) : keyOf({ ...fault, fingerprint: `matter ${matter}` })
}

/** What only reported before and blocks now is another fault. */
function keyOf({
  mesh,
  resource,
  fingerprint,
  effect,
}: Pick<Fault, 'mesh' | 'resource' | 'fingerprint' | 'effect'> | Finding): string {
  return JSON.stringify([mesh, resource, fingerprint, effect])
}

function stamp(rule: Rule, effect: Effect, fault: Fault, status: Finding['status']): Finding {
  const {
    range,
    because = [],
    teams = [],
    severity = rule.severity,
    effect: own,
    matter: _matter,
    grown: _grown,
    ...said
  } = fault
  return {
    ...said,
    rule: rule.id,
    severity,
    effect: milder(effect, own),
    status,
    because,
    teams,
    ...(range && { range }),
  }
}

const order: readonly Effect[] = ['off', 'report', 'require-approval', 'block']

/** A fault may ask for less than its rule does, never for more than what was configured. */
function milder(configured: Effect, own: Effect | undefined): Effect {
  return own !== undefined && order.indexOf(own) < order.indexOf(configured) ? own : configured
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTexts(a.range?.file.path ?? '', b.range?.file.path ?? '') ||
    (a.range?.start ?? 0) - (b.range?.start ?? 0) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.mesh, b.mesh) ||
    compareTexts(a.resource, b.resource) ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.fingerprint, b.fingerprint) ||
    compareTexts(a.status, b.status)
  )
}
