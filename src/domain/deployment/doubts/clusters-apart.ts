import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { modelledIn } from '../../manifest/modelled.ts'
import { identityOf, kindAndName } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Team } from '../../ownership/team.ts'
import { effectOf } from '../../policy/configuration/effect.ts'
import type { Policy } from '../../policy/configuration/policy.ts'
import { onlyMesh, type Placed } from '../../routing/meshes/mesh-division.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { rules } from '../../rules/index.ts'
import type { Finding } from '../../rules/rule.ts'
import { ruleOf } from '../../rules/rule-of.ts'
import { runRules } from '../../rules/run-rules.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { rangeOf } from '../../source/located.ts'
import { briefly } from '../../words/few-of.ts'
import { quoted, say, words } from '../../words/phrase.ts'
import type { ComparedSides } from '../compare-sides.ts'
import { losing } from './let-go-findings.ts'

type Sides = Pick<ComparedSides, 'comparison' | 'comparedIn' | 'beyond'>

/** A cluster of a repository that counts as one mesh, and what it gets that it did not, or no more. */
interface Changed {
  readonly cluster: string
  readonly objects: readonly Resource[]
}

/**
 * Several clusters count as one mesh where a delegate would find nobody in its own. What stands there all the same, and goes from one of
 * them to another, is lost to the first one: whoever would be asked if only that were looked at is asked. What nothing says a cluster of may
 * be in each.
 */
export function apartFindings(sides: Sides, policy: Policy): readonly Finding[] {
  const effect = effectOf(ruleOf('unmodelled-change'), policy)
  if (effect === 'off' || policy.meshes.length > 0) return []
  const clusterOf = clusterIn(sides)
  return changedClusters(sides.comparison, clusterOf).flatMap((changed, at) => {
    // Of what is not looked into nobody knows whom it reaches: a finding that names nobody asks the administrators.
    if (at >= budgets.clusterPairs.size) return [toldOf(changed, { teams: [], effect })]
    const teams = losingIn(changed.cluster, { sides, clusterOf, policy })
    return teams.length === 0 ? [] : [toldOf(changed, { teams, effect })]
  })
}

/** Whoever would be asked, were this the only cluster. */
function losingIn(
  cluster: string,
  {
    sides,
    clusterOf,
    policy,
  }: { readonly sides: Sides; readonly clusterOf: ClusterOf; readonly policy: Policy },
): readonly Team[] {
  const comparison = sides.comparedIn((placed) => clusterOf(placed) ?? cluster)
  const lost = runRules(rules, comparison, (rule) => effectOf(rule, policy)).filter(
    ({ status, mesh }) => status === 'introduced' && mesh === cluster,
  )
  return losing(lost, { comparison, policy })
}

function toldOf(
  { cluster, objects }: Changed,
  { teams, effect }: Pick<Finding, 'teams' | 'effect'>,
): Finding {
  const { id, severity } = ruleOf('unmodelled-change')
  const range = objects.map((each) => rangeOf(each, 'name')).find((each) => each !== undefined)
  return {
    clause: say`${quoted(cluster)} gets ${briefly(objects.map(nameOf))} otherwise than before`,
    rest: words(
      ': several clusters count as one mesh here, and in this one, by itself, that changes what requests get',
    ),
    ...(range && { range }),
    because: [],
    todo: words('Say which meshes there are, or let whoever it serves agree'),
    rule: id,
    code: 'unmodelled-change.apart',
    severity,
    effect,
    status: 'introduced',
    resource: '',
    mesh: '',
    fingerprint: canonicalJson(['apart', cluster, objects.map(kindAndName).toSorted(compareTexts)]),
    teams,
  }
}

type ClusterOf = (placed: Placed) => string | undefined

/** Only of what one mesh holds in spite of it. */
function clusterIn({ beyond }: Sides): ClusterOf {
  return (placed) => (beyond.meshOf(placed) === onlyMesh ? placed.unit?.destination : undefined)
}

/** The clusters that something leaves or enters which stands in the mesh on both sides; a new one is asked about as such. */
function changedClusters({ base, merged }: Comparison, clusterOf: ClusterOf): readonly Changed[] {
  const [before, after] = [allIn(base), allIn(merged)]
  const clusters = new Set(before.flatMap((each) => clusterOf(each) ?? []))
  if (clusters.size < 2) return []
  const moved = [...movedFrom(before, after, clusterOf), ...movedFrom(after, before, clusterOf)]
  return [...Map.groupBy(moved, clusterOf)]
    .flatMap(([cluster, objects]) =>
      cluster !== undefined && clusters.has(cluster) ? [{ cluster, objects }] : [],
    )
    .toSorted((a, b) => compareTexts(a.cluster, b.cluster))
}

function allIn({ manifests }: Snapshot): readonly Resource[] {
  return [...modelledIn(manifests), ...manifests.unmodelled]
}

/** What is there on the other side as well, but not in the same cluster. */
function movedFrom(
  side: readonly Resource[],
  other: readonly Resource[],
  clusterOf: ClusterOf,
): readonly Resource[] {
  const [names, places] = [new Set(other.map(kindAndName)), new Set(other.map(placeOf(clusterOf)))]
  return side.filter((each) => names.has(kindAndName(each)) && !places.has(placeOf(clusterOf)(each)))
}

function placeOf(clusterOf: ClusterOf): (each: Resource) => string {
  return (each) => `${clusterOf(each) ?? ''} ${kindAndName(each)}`
}

function nameOf(each: Resource) {
  return say`${each.kind} ${quoted(identityOf(each))}`
}
