import { serviceNames } from '../../manifest/service-names.ts'
import type { HostOwners } from '../../ownership/host-owners.ts'
import { distinctTeams, type Team, unowned } from '../../ownership/team.ts'

/** The services that answer in the mesh where no VirtualService does, and whose they are on the base side. */
export interface ServicesBehind {
  /** Whether there surely is a service of that host: one of the cluster, or one that is declared here. */
  isService(mesh: string, host: string): boolean
  /** Whoever has the service, or alone lives in its namespace. */
  ownersOf(mesh: string, host: string): readonly Team[]
}

/** What is known of them by who has which hosts. */
export function servicesBehind(
  hostOwners: (mesh: string) => HostOwners,
  clusterDomain: string,
): ServicesBehind {
  return {
    isService: (mesh, host) =>
      serviceNames(host, clusterDomain)?.sure === true ||
      hostOwners(mesh)
        .ofHost(host)
        .some(({ kind }) => kind === 'service' || kind === 'service-entry'),
    ownersOf: (mesh, host) => {
      const teams = hostOwners(mesh)
        .ofHost(host)
        .flatMap(({ kind, holders }) => {
          const own = distinctTeams(holders.map(({ team }) => team))
          // Several who live in one namespace cannot all be asked about a service that none of them is known to have.
          return kind === 'namespace' && own.length > 1 ? [] : own
        })
      return distinctTeams(teams.filter(({ key }) => key !== unowned.key))
    },
  }
}
