import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import { nearestName } from '../../manifest/validation/values/nearest-name.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { serviceName } from '../../terms/action-words.ts'
import { code, nameOf, pathOf } from '../../terms/code.ts'
import type { DestinationRule } from '../../unmodelled/reading/destination-rule.ts'
import { type MissingSubset, missingSubsets } from '../../unmodelled/targets/missing-subsets.ts'
import { owned, type World, worldOf } from '../../unmodelled/targets/world.ts'
import { fewOf } from '../../words/few-of.ts'
import { listed, type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** Envoy has a cluster for each subset that a DestinationRule defines; a route to another one is answered by 503. */
export const missingSubset: Rule = {
  id: 'missing-subset',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A route to a subset that the DestinationRules of its host do not define.',
  *check(side, comparison) {
    const world = worldOf(comparison)
    for (const mesh of side.meshes) {
      for (const missing of missingSubsets(mesh, side, world)) yield explain(missing, mesh, world)
    }
  },
}

function explain(missing: MissingSubset, { name }: Mesh, world: World): Fault {
  const { use, found, taken, clients } = missing
  const { resource, host, subset } = use
  const since = taken.length > 0 ? words(' any more') : words('')
  return {
    code: codeOf(missing),
    clause: say`${code(serviceName({ host }, { namespaces: false, ports: false }))} has no subset ${code(subset)}${since}`,
    rest: say`, to which ${nameOf(resource)} leads: these requests to ${code(host)} get 503${forWhom(missing)}`,
    range: rangeOf(use, 'subset') ?? rangeOf(resource, 'name'),
    because: [...found.slice(0, 3).map(foundNote), ...taken.slice(0, 3).map(takenNote(subset))],
    todo: adviceFor(missing),
    resource: identityOf(resource),
    mesh: name,
    fingerprint: canonicalJson([host, subset]),
    teams: owned([world.ownerOf(resource)]),
    ...(clients && { effect: 'report', severity: 'warning' }),
  }
}

function codeOf({ taken, clients }: MissingSubset): Fault['code'] {
  if (clients !== undefined) return 'missing-subset.for-some'
  return taken.length > 0 ? 'missing-subset.taken' : 'missing-subset'
}

/** Clients are told apart by their namespaces: those of any other than the rules name, or of these. */
function forWhom({ clients }: MissingSubset): Phrase {
  if (clients === undefined) return words('')
  const named = clients.filter((each) => each !== '*')
  const others = clients.length > named.length ? [words('most namespaces')] : []
  return say` for clients in ${listed([...others, ...named.map(code)])}`
}

function foundNote({ resource, subsets }: DestinationRule): Because {
  const names = [...subsets.keys()].toSorted().map(code)
  const defined = names.length === 0 ? words('no subset') : fewOf(names, 4)
  return note(say`The DestinationRule ${nameOf(resource)} defines ${defined}`, rangeOf(resource, 'name'))
}

function takenNote(subset: string): (rule: DestinationRule) => Because {
  return ({ resource }) =>
    note(
      say`Before, the DestinationRule ${nameOf(resource)} in ${pathOf(resource.file.path)} defined ${code(subset)}`,
    )
}

function adviceFor({ use, found, taken }: MissingSubset): Phrase {
  const { resource, subset } = use
  if (taken.length > 0)
    return say`Keep ${code(subset)} until no route leads there, or have ${nameOf(resource)} lead elsewhere first`
  const near = nearestName(
    subset,
    found.flatMap(({ subsets }) => [...subsets.keys()]),
  )
  const [rule] = found
  const added =
    rule === undefined ? words('Define the subset') : say`Add ${code(subset)} to ${nameOf(rule.resource)}`
  return near === undefined
    ? say`${added}, or lead to one that is there`
    : say`Write ${code(near)} if that is meant, or add ${code(subset)}`
}
