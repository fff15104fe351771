import { budgets } from '../../budgets.ts'
import type { JsonObject } from '../../manifest/json.ts'
import { foreignSources } from '../../manifest/layers/delivery/foreign-sources.ts'
import { ownCluster } from '../../routing/meshes/cluster-names.ts'
import { type Applications, applicationsOf } from '../argo-cd/application-sets.ts'
import { type UnitsOf, unitsOfApplication } from '../argo-cd/argo-units.ts'
import { type Deployer, nameOfDeployer, unknownOf } from '../deployer.ts'
import { madeByInstance } from '../flux/flux-instances.ts'
import { fluxSources } from '../flux/flux-sources.ts'
import { unitsOfFlux } from '../flux/flux-units.ts'
import { leftOpenBy } from '../flux/resource-sets.ts'
import type { Folders } from '../folders.ts'
import type { Unit } from './unit.ts'

/** What deployers are read with. */
export interface Surroundings {
  readonly folders: Folders
  /** The `owner/repo` of the files, where that is known. */
  readonly own?: string
}

/** What deployers deliver, as far as it is known. */
export interface UnitsFrom extends UnitsOf {
  /** The deployers with the Applications that ApplicationSets make; a HelmRelease is one of them, and no unit here. */
  readonly deployers: readonly Deployer[]
}

/** The units of objects of Argo CD and Flux, and what of them is not known. */
export function unitsFrom(deployers: readonly Deployer[], { folders, own }: Surroundings): UnitsFrom {
  const isElsewhere = foreignSources(deployers, folders, own)
  const from = { folders, isElsewhere, work: { left: budgets.generation.size } }
  const made = deployers.map((each) => madeBy(each, from))
  const all = made.flatMap(({ applications }) => applications)
  const sourceOf = fluxSources(all, own)
  const found = all.map((each) => unitsOfDeployer(each, { folders, isElsewhere, sourceOf, own }))
  return {
    units: placed(
      found.flatMap(({ units }) => units),
      all,
    ),
    deployers: all,
    unknown: [...made, ...found].flatMap(({ unknown }) => unknown),
  }
}

function madeBy(deployer: Deployer, from: Parameters<typeof applicationsOf>[1]): Applications {
  if (deployer.kind === 'ApplicationSet') return applicationsOf(deployer, from)
  if (deployer.kind !== 'FluxInstance') return { applications: [deployer], unknown: [] }
  const { applications, unknown } = madeByInstance(deployer)
  return { applications: [deployer, ...applications], unknown }
}

interface Reading {
  readonly folders: Folders
  readonly isElsewhere: (source: JsonObject) => boolean
  readonly sourceOf: ReturnType<typeof fluxSources>
  readonly own: string | undefined
}

/** Those that deliver, and are not followed. */
const notFollowed: ReadonlySet<string> = new Set(['GitRepo', 'RootSync', 'RepoSync', 'App', 'ResourceSet'])

function unitsOfDeployer(deployer: Deployer, reading: Reading): UnitsOf {
  if (deployer.kind === 'Application') return unitsOfApplication(deployer, reading)
  if (deployer.kind === 'Kustomization') return unitsOfFlux(deployer, reading)
  if (!notFollowed.has(deployer.kind)) return { units: [], unknown: [] }
  const open = deployer.kind === 'ResourceSet' ? leftOpenBy(deployer) : []
  return {
    units: [],
    unknown: [unknownOf(deployer, { code: 'deployer', detail: deployer.kind, isHiding: false }), ...open],
  }
}

/**
 * Where two Applications of one name say something else, they stand in two clusters, each with an Argo CD of its own: then nothing
 * says which of them `in-cluster` is.
 */
export function placed<Placed extends Pick<Unit, 'destination'>>(
  units: readonly Placed[],
  deployers: readonly Deployer[],
): readonly (Placed | Omit<Placed, 'destination'>)[] {
  const local = deployers.filter(
    ({ kind, home }) => kind === 'Application' && (home === undefined || home === ownCluster),
  )
  const named = Map.groupBy(local, nameOfDeployer)
  const isOne = [...named.values()].every(([first, ...others]) =>
    others.every(({ file }) => file.path === first?.file.path),
  )
  if (isOne) return units
  return units.map((each) => {
    const { destination, ...unit } = each
    return destination === ownCluster ? unit : each
  })
}
