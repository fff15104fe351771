import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { serviceName } from '../../terms/action-words.ts'
import { code, nameOf } from '../../terms/code.ts'
import { portsOf } from '../../unmodelled/reading/known-by.ts'
import { type MissingPort, missingPorts } from '../../unmodelled/targets/missing-ports.ts'
import { owned, type World, worldOf } from '../../unmodelled/targets/world.ts'
import { fewOf } from '../../words/few-of.ts'
import { say } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** Envoy has a cluster for each port of a service; a route to another one is answered by 503. */
export const missingPort: Rule = {
  id: 'missing-port',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'A route to a port that no Service or ServiceEntry of its host here has.',
  *check(side, comparison) {
    const world = worldOf(comparison)
    for (const mesh of side.meshes) {
      for (const missing of missingPorts(mesh, side, world)) yield explain(missing, mesh, world)
    }
  },
}

function explain(missing: MissingPort, { name }: Mesh, world: World): Fault {
  const { resource, host, port, providers } = missing
  return {
    code: 'missing-port',
    clause: say`${code(serviceName({ host }, { namespaces: false, ports: false }))} has no port ${port}, to which ${nameOf(resource)} leads`,
    rest: say`: these requests to ${code(host)} get 503`,
    range: rangeOf(missing, 'port') ?? rangeOf(resource, 'name'),
    because: providers.slice(0, 3).map(portsNote),
    todo: say`Lead to a port that is there, or add ${port}`,
    resource: identityOf(resource),
    mesh: name,
    fingerprint: canonicalJson([host, port]),
    teams: owned([world.ownerOf(resource)]),
  }
}

function portsNote(provider: UnmodelledResource): Because {
  const ports = portsOf(provider).map((each) => code(String(each)))
  return note(say`The ${provider.kind} ${nameOf(provider)} has ${fewOf(ports, 6)}`, rangeOf(provider, 'name'))
}
