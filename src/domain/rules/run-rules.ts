import type { Comparison } from '../diff/comparison.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { guessed, told } from '../words/told.ts'
import type { Effect, Fault, Finding, Rule } from './rule.ts'

/** What a rule's findings lead to here. */
export type EffectOf = (rule: Rule) => Effect

/**
 * Runs the rules over both sides and compares what they find as multisets by (rule, mesh, resource, fingerprint): what
 * only the merged side has is introduced, what both have exists, what only the base side has is fixed. Rules that are
 * off are not run. Sorted by file, offset and rule; two equal runs give equal findings.
 */
export function runRules(
  rules: readonly Rule[],
  comparison: Comparison,
  effectOf: EffectOf,
): readonly Finding[] {
  return rules
    .flatMap((rule) => {
      const effect = effectOf(rule)
      return effect === 'off' ? [] : findingsOf(rule, effect, comparison)
    })
    .sort(compareFindings)
}

function findingsOf(rule: Rule, effect: Effect, comparison: Comparison): readonly Finding[] {
  const { base, merged } = comparison
  const faultsOf = (side: Snapshot) => [...rule.check(side, comparison)]
  const before = faultsOf(base)
  const after = faultsOf(merged)
  const known = counts(before)
  const left = counts(after)
  return [
    ...after.map((fault) => stamp(rule, effect, fault, take(known, fault) ? 'existing' : 'introduced')),
    ...before.flatMap((fault) => (take(left, fault) ? [] : [stamp(rule, effect, fault, 'fixed')])),
  ]
}

function counts(faults: readonly Fault[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const fault of faults) found.set(keyOf(fault), (found.get(keyOf(fault)) ?? 0) + 1)
  return found
}

/** Takes one away, if there is one. */
function take(counted: Map<string, number>, fault: Fault): boolean {
  const left = counted.get(keyOf(fault)) ?? 0
  counted.set(keyOf(fault), left - 1)
  return left > 0
}

/** What only reported before and blocks now is another fault. */
function keyOf({ mesh, resource, fingerprint, effect }: Fault): string {
  return JSON.stringify([mesh, resource, fingerprint, effect])
}

function stamp(rule: Rule, effect: Effect, fault: Fault, status: Finding['status']): Finding {
  const { message, range, notes = [], advice, resource, mesh, fingerprint, teams = [] } = fault
  const { admission, unjudged, code } = fault
  return {
    rule: rule.id,
    severity: fault.severity ?? rule.severity,
    effect: milder(effect, fault.effect),
    status,
    ...told(message),
    ...(range && { range }),
    because: notes,
    ...(advice !== undefined && { todo: guessed(advice) }),
    resource,
    mesh,
    fingerprint,
    teams,
    ...(admission && { admission }),
    ...(unjudged && { unjudged }),
    ...(code && { code }),
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
    compareTexts(a.message, b.message) ||
    compareTexts(a.fingerprint, b.fingerprint) ||
    compareTexts(a.status, b.status)
  )
}
