import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../../manifest/virtual-service.ts'
import { writtenMatches } from '../../reach/written-match.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** `match.gateways` can only narrow: a gateway that the VirtualService is not bound to is never asked. */
export const unboundMatch: Rule = {
  id: 'unbound-match',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'A match for gateways that the VirtualService, or the primary, is not bound to.',
  *check(side) {
    for (const mesh of side.meshes) {
      for (const found of unbound(mesh)) yield explain(found, mesh)
    }
  },
}

interface Unbound {
  readonly match: HTTPMatchRequest
  readonly author: VirtualService
  readonly host: VirtualService
}

/** Matches that are bound nowhere: one that another delegate makes use of is fine. */
function unbound(mesh: Mesh): readonly Unbound[] {
  const found = new Map<HTTPMatchRequest, Unbound | 'bound'>()
  for (const { virtualService, entries } of mesh.merged) {
    const { gateways = [] } = virtualService.spec
    const bound = gateways.length === 0 ? ['mesh'] : gateways
    for (const from of entries) {
      const written = writtenMatches(from)
      for (const [index, match] of (from.http.match ?? []).entries()) {
        const own = written[index]
        if (own?.gateways === undefined) continue
        const isBound = (match.gateways ?? []).some((gateway) => bound.includes(gateway))
        const author = from.secondary ?? from.primary
        if (isBound) found.set(own, 'bound')
        else if (!found.has(own)) found.set(own, { match: own, author, host: virtualService })
      }
    }
  }
  return [...found.values()].filter((each) => each !== 'bound')
}

function explain({ match, author, host }: Unbound, mesh: Mesh): Fault {
  const { gateways = [] } = host.spec
  const bound = gateways.length === 0 ? ['mesh'] : gateways
  return {
    code: 'unbound-match',
    clause: say`This match is for ${listOf(match.gateways ?? [])}, and ${nameOf(host)} is bound to ${listOf(bound)}: no request comes this way`,
    range: rangeOf(match, 'gateways'),
    because: [
      note(say`${nameOf(host)} is bound here`, rangeOf(host.spec, 'gateways')),
      {
        clause: words('A short gateway name belongs to the namespace of the VirtualService it is written in'),
      },
    ],
    todo: say`Name a gateway that ${nameOf(host)} is bound to, with its namespace, or remove the match`,
    resource: identityOf(author),
    mesh: mesh.name,
    fingerprint: canonicalJson(match),
  }
}

function listOf(gateways: readonly string[]): Phrase {
  return fewOf(gateways.map(code), 3)
}
