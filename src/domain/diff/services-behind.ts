import type { Manifests } from '../manifest/manifests.ts'
import { serviceNames } from '../manifest/service-names.ts'
import { createHostOwners, type HostOwners } from '../ownership/host-owners.ts'
import type { Ownership } from '../ownership/ownership.ts'
import { distinctTeams, type Team, unowned } from '../ownership/team.ts'
import type { Placed } from '../routing/mesh-division.ts'
import type { SourceFile } from '../source/source-file.ts'

/** The services that answer in the mesh where no VirtualService does, and whose they are on the base side. */
export interface ServicesBehind {
  /** Whether there surely is a service of that host: one of the cluster, or one that is declared here. */
  isService(mesh: string, host: string): boolean
  /** Whoever has the service, or alone lives in its namespace. */
  ownersOf(mesh: string, host: string): readonly Team[]
}

/** What it takes to look for them. */
export interface ServicesInput {
  readonly manifests: Manifests
  readonly ownership: Ownership
  readonly clusterDomain: string
  readonly namespaceOf: (path: string) => string | undefined
  readonly meshOf: (placed: Placed) => string | undefined
}

/** Each mesh is looked through when it is first asked about. */
export function servicesBehind({ meshOf, ...input }: ServicesInput): ServicesBehind {
  const known = new Map<string, HostOwners>()
  const meshes = new Map(input.manifests.files.map((file) => [file.path, meshesOf(file, meshOf)]))
  const heldIn = (mesh: string, host: string) => {
    const owners =
      known.get(mesh) ??
      createHostOwners({ ...input, isInMesh: (path) => meshes.get(path)?.has(mesh) ?? true })
    known.set(mesh, owners)
    return owners.ofHost(host)
  }
  return {
    isService: (mesh, host) =>
      serviceNames(host, input.clusterDomain)?.sure === true ||
      heldIn(mesh, host).some(({ kind }) => kind === 'service' || kind === 'service-entry'),
    ownersOf: (mesh, host) => {
      const teams = heldIn(mesh, host).flatMap(({ kind, holders }) => {
        const own = distinctTeams(holders.map(({ team }) => team))
        // Several who live in one namespace cannot all be asked about a service that none of them is known to have.
        return kind === 'namespace' && own.length > 1 ? [] : own
      })
      return distinctTeams(teams.filter(({ key }) => key !== unowned.key))
    },
  }
}

/** Each unit may deliver a file to another mesh; one of no mesh may be of any. */
function meshesOf(file: SourceFile, meshOf: ServicesInput['meshOf']): ReadonlySet<string> | undefined {
  const units = file.delivered ?? [{}]
  const names = units.map(({ unit }: Pick<Placed, 'unit'>) => meshOf({ file, ...(unit && { unit }) }))
  return names.includes(undefined) ? undefined : new Set(names.flatMap((name) => name ?? []))
}
