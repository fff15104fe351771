import type { Comparison } from '../../../diff/comparison.ts'
import { identityOf } from '../../../manifest/names.ts'
import type { VirtualService } from '../../../manifest/virtual-service.ts'
import { isSecondary } from '../../../routing/delegation-graph.ts'
import { compareTexts } from '../../../source/compare-texts.ts'
import { fewOf } from '../../../words/few-of.ts'
import { quoted, say } from '../../../words/phrase.ts'
import { configurationPath } from '../../configuration/policy.ts'
import type { Ask, Questioned, Restated } from '../ask.ts'
import { baseMesh, primariesOfResource } from '../concerned-primaries.ts'
import { claimsOf, contested, gatewaysTogether, newClaims } from '../host-claim.ts'

/**
 * The configuration says which units and meshes there are, so that whoever changes it moves what others have without touching a file of
 * theirs. Asks the administrators of every primary that is moved or meets there what enters its mesh.
 */
export function askAboutRestated(questioned: Questioned): readonly Ask[] {
  const { restated } = questioned
  const primaries = [...new Set(restated.flatMap((each) => concernedBy(each, questioned)))]
  if (primaries.length === 0 && !restated.some((each) => wasThere(each, questioned))) return []
  const moved = [...new Set(restated.map(({ object }) => identityOf(object)))].sort(compareTexts)
  const clause = say`${quoted(configurationPath)} would put ${fewOf(moved.map(quoted), 1)} into another mesh than today, or deliver them otherwise`
  const values = {
    moved: restated
      .map(({ how, mesh, object }) =>
        [mesh, how, object.kind, identityOf(object), object.file.path].join(' '),
      )
      .sort(compareTexts),
  }
  return [
    {
      team: 'administrators',
      reason: { kind: 'judge', code: 'meshes-restated', values, clause, path: configurationPath },
      primaries,
    },
  ]
}

/** What a pull request writes for the first time is asked about as such. */
function wasThere({ how, mesh, object }: Restated, { comparison }: Questioned): boolean {
  const there = baseMesh(comparison, mesh)
  return (
    how === 'left' &&
    [...(there?.virtualServices ?? []), ...(there?.gateways ?? [])].some(
      (each) => each.kind === object.kind && identityOf(each) === identityOf(object),
    )
  )
}

/** Itself, whatever mesh it is in; what leads to it; and of the mesh that it enters whatever serves the hosts that are new to it. */
function concernedBy(moved: Restated, questioned: Questioned): readonly VirtualService[] {
  const { how, mesh, object } = moved
  const { comparison } = questioned
  const linked = primariesOfResource(comparison, mesh, { kind: object.kind, name: identityOf(object) })
  return [...writtenThere(object, comparison), ...linked, ...(how === 'left' ? [] : metBy(moved, questioned))]
}

function writtenThere(object: Restated['object'], { base }: Comparison): readonly VirtualService[] {
  if (object.kind !== 'VirtualService') return []
  return base.meshes
    .flatMap(({ virtualServices }) => virtualServices)
    .filter((each) => each.file.path === object.file.path && each.name === object.name && !isSecondary(each))
}

function metBy({ mesh, object }: Restated, { comparison, restated }: Questioned): readonly VirtualService[] {
  const there = baseMesh(comparison, mesh)
  if (there === undefined) return []
  const claims = (each: Restated['object']) => claimsOf(each, comparison.settings)
  const held = restated.filter((each) => each.mesh === mesh && each.how === 'left').map((each) => each.object)
  const anew = newClaims(held.flatMap(claims), claims(object))
  const sameGateway = gatewaysTogether(there.gateways)
  return there.virtualServices.filter((each) => contested(anew, claims(each), sameGateway) !== undefined)
}
