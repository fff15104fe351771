import type { Comparison } from '../../diff/comparison.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { sortedTeams } from '../../ownership/team.ts'
import { rangeOf } from '../../source/located.ts'
import { pathOf } from '../../terms/code.ts'
import { missingFactWords } from '../../terms/missing-fact-words.ts'
import { owned, worldOf } from '../../unmodelled/targets/world.ts'
import { happens } from '../../unmodelled/unjudged-words.ts'
import { say, words } from '../../words/phrase.ts'
import { isIgnoredOn } from '../access/ignored-target-ref.ts'
import { newlyUnreadable } from '../input/newly-unreadable.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { isJudgedAtGateways } from './judged-policies.ts'
import { layerFaults } from './layer-faults.ts'
import { metConnections } from './met-connections.ts'
import { unjudgedFault } from './unjudged-fault.ts'
import { type UnjudgedPair, unjudgedPairs } from './unjudged-objects.ts'
import { contentsOf, type Unmodelled, unmodelledIn } from './unmodelled.ts'
import { isWorkedOut, missingIn } from './worked-out.ts'

/** What is not modelled may do anything: never "nothing changes", but a question to whomever it reaches. */
export const unmodelledChange: Rule = {
  id: 'unmodelled-change',
  severity: 'warning',
  effect: 'require-approval',
  configurable: true,
  summary:
    'A change of what is not modelled: other kinds that route or forbid, tls and tcp routes, layers above the manifests, templates.',
  *check(side, comparison) {
    if (side !== comparison.merged) return
    const lost = new Set(newlyUnreadable(comparison).map(({ path }) => path))
    const before = Map.groupBy(unmodelledIn(comparison.base, comparison), ({ key }) => key)
    const after = Map.groupBy(unmodelledIn(comparison.merged, comparison), ({ key }) => key)
    for (const key of [...new Set([...before.keys(), ...after.keys()])].toSorted()) {
      const [old, now] = [before.get(key) ?? [], after.get(key) ?? []]
      if (isTold(old, now, lost)) continue
      if (contentsOf(old) === contentsOf(now)) continue
      if ([...old, ...now].some(({ says }) => says !== undefined)) yield* layerFaults(old, now, comparison)
      else yield* explain(old, now, comparison)
    }
    const world = worldOf(comparison)
    for (const pair of unjudgedPairs(comparison, world.setting))
      if (!isJudged(pair, comparison)) yield* unjudgedFault(pair, world).map(withMissing(pair, comparison))
  },
}

/** Whether what it does is compared request by request, or it is known to do nothing. */
function isJudged(pair: UnjudgedPair, comparison: Comparison): boolean {
  return isWorkedOut(pair, comparison) || isJudgedAtGateways(pair, comparison) || isIgnored(pair, comparison)
}

function isIgnored({ before, after }: UnjudgedPair, comparison: Comparison): boolean {
  const { base, merged } = comparison
  return (
    before.every(({ resource }) => isIgnoredOn(base, resource, comparison)) &&
    after.every(({ resource }) => isIgnoredOn(merged, resource, comparison))
  )
}

/** Says besides what is missing to compare it request by request. */
function withMissing(pair: UnjudgedPair, comparison: Comparison): (fault: Fault) => Fault {
  const missing = missingIn(pair, comparison).map((fact) => note(missingFactWords(fact)))
  return (fault) =>
    missing.length === 0 ? fault : { ...fault, because: [...(fault.because ?? []), ...missing] }
}

/** What can no longer be read is `incomplete-analysis`; what can be read at last is compared like anything else. */
function isTold(
  before: readonly Unmodelled[],
  after: readonly Unmodelled[],
  lost: ReadonlySet<string>,
): boolean {
  const [subject] = [...after, ...before]
  return subject?.unread === true && (after.length === 0 || lost.has(subject.path))
}

/** Nobody can be asked about a file that nobody owns. */
function* explain(
  before: readonly Unmodelled[],
  after: readonly Unmodelled[],
  comparison: Comparison,
): Iterable<Fault> {
  const { ownership } = comparison
  const known = new Set(before.map(({ content }) => content))
  const changed = after.find(({ content }) => !known.has(content)) ?? after[0]
  const subject = changed ?? before[0]
  if (subject === undefined) return
  const perhaps = new Set(before.flatMap((each) => each.perhaps ?? []))
  const begun = after.flatMap((each) => each.perhaps ?? []).filter((path) => !perhaps.has(path))
  const met = metConnections(before, after, comparison)
  const paths = [...before, ...after].flatMap(({ path, others = [] }) => [path, ...others])
  const concerned = [...paths, ...begun, ...met.map(({ path }) => path)]
  const teams = sortedTeams(owned(concerned.map((path) => ownership.ownersOf(path))))
  const verb = before.length === 0 ? 'new' : after.length === 0 ? 'removed' : 'changed'
  const range = changed && (rangeOf(changed.node, changed.field) ?? changed.range)
  yield {
    code: subject.code,
    clause: say`${subject.name} in ${pathOf(subject.path)} ${happens[verb]}, and what that does to requests is not known here`,
    ...(range && { range }),
    because: [
      note(subject.why),
      ...met.map(({ name, path, node, field }) =>
        note(say`${name} in ${pathOf(path)} takes the same connections`, rangeOf(node, field)),
      ),
    ],
    todo: words('Let somebody who knows it look at it'),
    resource: subject.resource,
    ...(subject.kind !== undefined && { kind: subject.kind }),
    mesh: subject.mesh,
    fingerprint: canonicalJson([subject.key, contentsOf(before), contentsOf(after)]),
    ...(teams.length === 0 ? { effect: 'report' } : { teams }),
  }
}
