import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Both } from '../both.ts'
import { type Deployer, nameOfDeployer } from '../deployer.ts'
import { isDelivered } from '../units/build-unit.ts'
import type { BuiltUnit } from '../units/built-unit.ts'
import type { BuiltSide } from '../units/built-units.ts'

/**
 * The paths of a file that gives something to generators, by the identity that it has as a layer, and of all that is delivered by it;
 * none where not all of that is known.
 */
export type ByInput = (resource: string) => readonly string[]

/**
 * All of an Application that a file takes part in is known where nothing of any ApplicationSet is not, a unit is built of it, and it says
 * nothing otherwise than before but what is delivered, and where to.
 */
export function followedInputs({ base, merged }: Both<BuiltSide>): ByInput {
  const unknown = [...base.unknown, ...merged.unknown]
  if (unknown.some(({ kind }) => kind === 'ApplicationSet')) return () => []
  return (resource) => {
    const [before, after] = [madeWith(resource, base), madeWith(resource, merged)]
    const all = [...before.values(), ...after.values()]
    const isKnown = all.every(({ isBuilt }) => isBuilt)
    const isSame = [...after].every(([name, { says }]) => (before.get(name)?.says ?? says) === says)
    return isKnown && isSame ? all.flatMap(({ paths }) => paths) : []
  }
}

interface Made {
  readonly isBuilt: boolean
  /** All but what is delivered, and where to. */
  readonly says: string
  /** Those of the file itself and of what is delivered. */
  readonly paths: readonly string[]
}

function madeWith(resource: string, { deployers, units }: BuiltSide): ReadonlyMap<string, Made> {
  const isMeant = (path: string) => identityOf({ name: path }) === resource
  const made = deployers.filter(({ kind, by }) => kind === 'Application' && by.slice(1).some(isMeant))
  return new Map(
    made.map((each) => {
      const name = nameOfDeployer(each)
      const built = units.filter(({ unit }) => unit.deployer?.name === name)
      const paths = [...each.by.slice(1).filter(isMeant), ...built.flatMap(filesOf)]
      return [name, { isBuilt: isName(each.name) && built.length > 0, says: restOf(each), paths }]
    }),
  )
}

function filesOf({ built }: BuiltUnit): readonly string[] {
  return isDelivered(built) ? built.objects.map(({ from }) => from.path) : []
}

/** What Kubernetes takes for the name of an object: under another one Argo CD makes none, and the one that was there goes. */
function isName(text: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(text)
}

function restOf({ spec, annotations }: Deployer): string {
  const { source: _, sources: __, destination: ___, ...rest } = spec
  return canonicalJson([rest, annotations])
}
