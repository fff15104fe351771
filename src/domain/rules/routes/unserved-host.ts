import { rangeOfElement } from '../../manifest/decoding/written-as.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { hostsForNamespace, hostsMayMeet, identityOf, mayBeIdentity } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { origin, rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { listed, quoted, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A gateway gives a VirtualService those of its hosts that one of its servers has, too; the others are nowhere. */
export const unservedHost: Rule = {
  id: 'unserved-host',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'A host of a VirtualService that no server of its gateways serves.',
  *check(side) {
    const written = new Map(side.manifests.virtualServices.map((each) => [each[origin], each]))
    for (const mesh of side.meshes) {
      for (const virtualService of mesh.virtualServices) {
        const gateways = gatewaysOf(virtualService, mesh)
        const hosts = unservedBy(gateways ?? [], virtualService)
        if (gateways !== undefined && hosts.length > 0)
          yield explain({
            virtualService,
            gateways,
            hosts,
            mesh,
            written: written.get(virtualService[origin]),
          })
      }
    }
  },
}

/** The Gateways that it is bound to; nothing where one of them is not here, is refused, or is the sidecars, who need no server. */
function gatewaysOf({ spec }: VirtualService, { gateways }: Mesh): readonly Gateway[] | undefined {
  const names = spec.gateways ?? []
  const found = names.map((name) => gateways.filter((each) => mayBeIdentity(identityOf(each), name)))
  const isKnown = names.length > 0 && found.every((each) => each.length > 0)
  return isKnown && !found.flat().some(({ refused }) => refused) ? found.flat() : undefined
}

function unservedBy(gateways: readonly Gateway[], { namespace, spec }: VirtualService): readonly string[] {
  const offered = gateways.flatMap((gateway) =>
    serverHosts(gateway).flatMap((hosts) => hostsForNamespace(hosts, gateway.namespace, namespace)),
  )
  const served = offered.map((host) => host.toLowerCase())
  return (spec.hosts ?? []).filter((host) => !served.some((each) => hostsMayMeet(each, host.toLowerCase())))
}

function serverHosts({ spec }: Gateway): readonly (readonly string[])[] {
  return (spec.servers ?? []).map(({ hosts = [] }) => hosts)
}

interface Unserved {
  readonly virtualService: VirtualService
  readonly gateways: readonly Gateway[]
  readonly hosts: readonly string[]
  readonly mesh: Mesh
  /** Its hosts as they stand in the file. */
  readonly written: VirtualService | undefined
}

function explain({ virtualService, gateways, hosts, mesh, written }: Unserved): Fault {
  const [first = ''] = hosts
  const at = (virtualService.spec.hosts ?? []).indexOf(first)
  const names = [...new Set(gateways.map(identityOf))]
  return {
    code: 'unserved-host',
    clause: say`No server of ${listed(names.map(code))} serves ${fewOf(hosts.map(code), 3)}`,
    rest: say`: requests for ${hosts.length === 1 ? 'it' : 'them'} never come to ${nameOf(virtualService)}`,
    range: rangeOfElement(written?.spec.hosts, at) ?? rangeOf(virtualService.spec, 'hosts'),
    because: gateways.slice(0, 3).map((each) => servedNote(each, virtualService)),
    todo: say`Add ${fewOf(hosts.map(code), 3)} to a server, or correct the host`,
    resource: identityOf(virtualService),
    mesh: mesh.name,
    fingerprint: canonicalJson([hosts.toSorted(), names.toSorted()]),
  }
}

/** What it serves, as it is written: the part before a slash says for whose VirtualServices. */
function servedNote(gateway: Gateway, { namespace }: VirtualService): Because {
  const hosts = [...new Set(serverHosts(gateway).flat())]
  const isForOthers = hosts.some(
    (host) => hostsForNamespace([host], gateway.namespace, namespace).length === 0,
  )
  const served = hosts.length === 0 ? words('no host') : fewOf(hosts.map(code), 4)
  const whose = isForOthers ? say`; what stands before ${quoted('/')} says for which namespaces` : []
  return note(say`${nameOf(gateway)} serves ${served}${whose}`, rangeOf(gateway.spec, 'servers'))
}
