import type { Gateway } from '../../manifest/gateway.ts'
import type { ManifestDiagnostic } from '../../manifest/manifests.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { admitted, diagnosticOf, type Problem } from '../../manifest/validation/problem.ts'
import {
  canShareAPod,
  type HttpServer,
  httpServersOf,
  isOnPodsWith,
  labelsOfPods,
} from '../../routing/listeners/gateways.ts'
import { hostsAsIstioHas } from '../../routing/listeners/server-duplicates.ts'
import { serverNames } from '../../routing/listeners/tls-listeners.ts'
import { rangeOf } from '../../source/located.ts'
import { say } from '../../words/phrase.ts'
import { note } from '../note.ts'

/** One name of TLS that two servers have, as what is wrong with the second of them. */
export interface TwiceNamed {
  readonly diagnostic: ManifestDiagnostic
  readonly servers: readonly [HttpServer, HttpServer]
}

/**
 * TLS servers on one port of the same pods with the same name. Istio compares hosts as they are written, with the namespace of
 * those who may bind to them, and drops the later server of two that are written alike; those that are not become two filter
 * chains with the same names. Where it is not known that both are on one pod, or that neither is dropped for a third, it is told only.
 */
export function twiceNamedServers(gateways: readonly Gateway[]): readonly TwiceNamed[] {
  const living = [...new Map(gateways.map((each) => [identityOf(each), each])).values()]
  const servers = living.flatMap(httpServersOf).filter(({ plain, port }) => !plain && port !== undefined)
  const perhapsDropped = new Set(
    servers.filter((each) => servers.some((other) => areWrittenAlike(each, other))),
  )
  return servers.flatMap((second, at) =>
    servers
      .slice(0, at)
      .filter((first) => mayListenTogether(first, second) && !areWrittenAlike(first, second))
      .flatMap((first) => {
        const isSure =
          !perhapsDropped.has(first) && !perhapsDropped.has(second) && shareEachPod(first, second)
        return namesOfBoth(first, second).map((name) => twiceNamed(first, second, { name, isSure }))
      }),
  )
}

/** The later one is dropped; which that is depends on their age. */
function areWrittenAlike(a: HttpServer, b: HttpServer): boolean {
  if (a === b || !mayListenTogether(a, b)) return false
  const written = new Set(hostsAsIstioHas(b))
  return hostsAsIstioHas(a).some((host) => written.has(host))
}

function namesOfBoth(first: HttpServer, second: HttpServer): readonly string[] {
  const names = new Set(serverNames(first))
  return [...new Set(serverNames(second))].filter((name) => !isUnknown(name) && names.has(name))
}

function twiceNamed(
  first: HttpServer,
  second: HttpServer,
  { name, isSure }: { readonly name: string; readonly isSure: boolean },
): TwiceNamed {
  const [range, other] = [rangeOf(second.server, 'hosts'), identityOf(first.gateway)]
  const problem: Problem = isSure
    ? admitted('envoy-server-name', range, name, other)
    : { ...admitted('envoy-server-name-perhaps', range, name, other), severity: 'warning' }
  const because = [note(say`The other server names it here`, rangeOf(first.server, 'hosts'))]
  const diagnostic = diagnosticOf({ ...problem, because }, identityOf(second.gateway))
  return { diagnostic, servers: [first, second] }
}

function mayListenTogether(a: HttpServer, b: HttpServer): boolean {
  return (
    a.port === b.port && (a.server.bind ?? '') === (b.server.bind ?? '') && canShareAPod(a.gateway, b.gateway)
  )
}

/** One of them is on every pod of the other. */
function shareEachPod(a: HttpServer, b: HttpServer): boolean {
  return isOnPodsWith(labelsOfPods(b.gateway), a.gateway) || isOnPodsWith(labelsOfPods(a.gateway), b.gateway)
}
