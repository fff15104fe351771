import type { Finding } from '../rules/rule.ts'
import { rangeOf } from '../source/located.ts'
import { type Phrase, say, words } from '../words/phrase.ts'
import { effectOf, type KnownRule } from './configuration/effect.ts'
import type { Policy, Suppression } from './configuration/policy.ts'

/** Whether a suppression still counts on a day (`YYYY-MM-DD`): its last day is included. */
function isInForce({ until }: Suppression, today: string): boolean {
  return today <= until
}

/**
 * The findings after the configured suppressions: one that is suppressed is still shown, with the reason, but neither
 * blocks nor asks. Suppressions that have expired change nothing. `today` is data, since the domain has no clock.
 */
export function suppress(findings: readonly Finding[], policy: Policy, today: string): readonly Finding[] {
  const active = policy.suppress.filter((each) => isInForce(each, today))
  if (active.length === 0) return findings
  return findings.map((finding) => {
    const named = active.filter((each) => each.rule === finding.rule && each.resource === finding.resource)
    const by = named.find((each) => isOfKind(each, finding))
    if (by !== undefined) return suppressed(finding, by)
    return named[0] === undefined ? finding : ofOtherKind(finding, named[0])
  })
}

const usualKind = 'networking.istio.io/VirtualService'

/** Objects of two kinds may have one name: what was agreed about one says nothing of the other. */
function isOfKind({ kind = usualKind }: Suppression, finding: Finding): boolean {
  return (finding.kind ?? kind) === kind
}

function ofOtherKind(finding: Finding, by: Suppression): Finding {
  const { kind = usualKind } = by
  const range = rangeOf(by)
  const clause = say`The suppression of ${subject(by)} is about a ${kind}`
  const rest = say`; this is about a ${finding.kind ?? ''}, and a suppression of it has to say so (kind)`
  return { ...finding, because: [...finding.because, { clause, rest, ...(range && { range }) }] }
}

/** What is lived with, and where. */
function subject({ rule, resource }: Suppression): Phrase {
  return say`${rule} for ${resource}`
}

function suppressed(finding: Finding, by: Suppression): Finding {
  if (finding.effect !== 'block' && finding.effect !== 'require-approval') return finding
  const range = rangeOf(by)
  const note = { clause: say`Suppressed until ${by.until}: ${by.reason}`, ...(range && { range }) }
  return { ...finding, effect: 'report', severity: 'info', because: [...finding.because, note] }
}

/**
 * One `expired-suppression` finding for each suppression that no longer counts. On the base side it is `existing`: time
 * alone blocks nobody's pull request. One that only the proposed configuration has is `introduced`, one that only
 * the base side has is `fixed`.
 */
export function expiredSuppressions(
  sides: { readonly base: Policy; readonly merged: Policy },
  rule: KnownRule & Pick<Finding, 'severity'>,
  today: string,
): readonly Finding[] {
  const effect = effectOf(rule, sides.base)
  const base = expiredIn(sides.base, today)
  const merged = expiredIn(sides.merged, today)
  const before = new Set(base.map(keyOf))
  const after = new Set(merged.map(keyOf))
  if (effect === 'off') return []
  return [
    ...merged.map((each) =>
      findingOf(each, before.has(keyOf(each)) ? 'existing' : 'introduced', rule, effect),
    ),
    ...base.filter((each) => !after.has(keyOf(each))).map((each) => findingOf(each, 'fixed', rule, effect)),
  ]
}

function expiredIn(policy: Policy, today: string): readonly Suppression[] {
  return policy.suppress.filter((each) => !isInForce(each, today))
}

function keyOf({ rule, resource, kind, until }: Suppression): string {
  return JSON.stringify([rule, resource, ...(kind === undefined ? [] : [kind]), until])
}

function findingOf(
  suppression: Suppression,
  status: Finding['status'],
  rule: Pick<Finding, 'severity'> & { readonly id: string },
  effect: Finding['effect'],
): Finding {
  const range = rangeOf(suppression)
  return {
    rule: rule.id,
    severity: rule.severity,
    effect,
    status,
    code: 'expired',
    clause: say`The suppression of ${subject(suppression)} ended on ${suppression.until}`,
    ...(range && { range }),
    because: [{ clause: say`It was given because: ${suppression.reason}` }],
    todo: words('Repair the finding and remove the entry, or agree on a later day'),
    resource: suppression.resource,
    mesh: '',
    fingerprint: keyOf(suppression),
    teams: [],
  }
}
