import { groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { isKustomizationFile } from '../../manifest/layers/layer-files.ts'
import { mayBeSame } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { unowned } from '../../ownership/team.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Ask, Questioned } from './ask.ts'
import { behind } from './behind.ts'
import { baseMesh, primariesOfResourceChange } from './concerned-primaries.ts'
import { nearestMesh } from './meshes/nearest-mesh.ts'
import { reasonAbout } from './reason-about.ts'
import type { ModelledChange, ResourceChange, UnmodelledChange } from './resource-change.ts'
import { writtenForm } from './what-counts.ts'

type Newcomer = ModelledChange | UnmodelledChange
type Written = NonNullable<Newcomer['after']>

/**
 * Of question 2: whoever has the same object, by kind and `ns/name`, in another file. The file that it is moved out of is
 * judged as a resource.
 */
export function askAboutNamesakes(questioned: Questioned): readonly Ask[] {
  return questioned.delivered.flatMap((change) => (isNewcomer(change) ? asksFor(change, questioned) : []))
}

/**
 * A kustomization is named after its folder, and has no namesakes; an object of Flux of that kind has. Of an unknown name
 * nobody knows whose it will be.
 */
function isNewcomer(change: ResourceChange): change is Newcomer {
  if (change.subject === 'document' || change.how === 'changed') return false
  const isOfFolder = isKustomizationFile(change.after?.file.path ?? '')
  return !isOfFolder && !isUnknown(change.name)
}

function asksFor(change: Newcomer, questioned: Questioned): readonly Ask[] {
  const { comparison, policy } = questioned
  const { after } = change
  if (after === undefined) return []
  const teams = behind(after, comparison)
  return namesakesOf(change, after, questioned).flatMap((other) => {
    const owners = comparison.ownership.teamOf(other)
    if (teams.every(({ key }) => key === owners.key) && owners.key !== unowned.key) return []
    const at = comparison.ownership.owningPath(other)
    const reason = reasonAbout(
      { ...change, after },
      {
        code: 'name-taken',
        values: { at, said: writtenForm(after, policy.consent.ignore) },
        predicate: say`is already written in ${quoted(at)}`,
      },
    )
    return [{ team: owners, reason, primaries: primariesOfResourceChange(comparison, change) }]
  })
}

function namesakesOf(change: Newcomer, after: Written, questioned: Questioned): readonly Written[] {
  const { owningPath } = questioned.comparison.ownership
  return othersOf(change, questioned).filter(
    (other) =>
      other.kind === after.kind &&
      groupOf(other.apiVersion) === groupOf(after.apiVersion) &&
      owningPath(other) !== owningPath(after) &&
      owningPath(other) !== (change.before && owningPath(change.before)) &&
      mayBeSame(other, after),
  )
}

/** Everything of the base side that the newcomer stands beside, in its mesh. */
function othersOf(change: Newcomer, { comparison }: Questioned): readonly Written[] {
  const { base } = comparison
  if (change.subject === 'modelled') {
    const mesh = baseMesh(comparison, change.mesh)
    return [...(mesh?.virtualServices ?? []), ...(mesh?.gateways ?? [])]
  }
  return base.manifests.unmodelled.filter(
    ({ kind, file }) => kind === change.kind && nearestMesh(base, file.path)?.name === change.mesh,
  )
}
