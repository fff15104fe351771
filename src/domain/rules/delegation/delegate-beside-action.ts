import { features } from '../../manifest/istio-features.ts'
import type { IstioVersion } from '../../manifest/istio-version.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../../manifest/virtual-service.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { listed, type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A delegate stands alone in its entry (vendor rule 3): a directResponse beside it answers in its stead. */
export const delegateBesideAction: Rule = {
  id: 'delegate-beside-action',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A delegate together with route, redirect or directResponse.',
  *check(side, { settings }) {
    for (const mesh of side.meshes) {
      for (const primary of mesh.graph.primaries) {
        for (const entry of primary.spec.http ?? []) {
          const fault = explain(primary, entry, mesh.name, settings.version)
          if (fault !== undefined) yield fault
        }
      }
    }
  },
}

const actions = ['route', 'redirect', 'directResponse'] as const

function explain(
  primary: VirtualService,
  entry: HTTPRoute,
  mesh: string,
  version: IstioVersion,
): Fault | undefined {
  const beside = actions.filter((action) => entry[action] !== undefined)
  const [first] = beside
  if (entry.delegate === undefined || first === undefined) return undefined
  const refused = beside.some((action) => action !== 'directResponse')
  const written = listed(beside.map(code))
  const answered = beside.includes('directResponse') && features(version).directResponse
  const notes: readonly Because[] = [
    note(say`${nameOf(primary)} delegates here`, rangeOf(entry, 'delegate')),
    {
      clause: refused
        ? words("Istio's webhook refuses the whole VirtualService")
        : words('Istio admits this without a word'),
    },
  ]
  return {
    code: answered ? 'delegate-beside-action.answered' : 'delegate-beside-action',
    clause: say`${written} stands beside a delegate to ${targetOf(entry)}: ${answered ? answerOf(entry) : words('Istio takes one or the other')}`,
    range: rangeOf(entry, first),
    because: notes,
    todo: say`Keep the delegate and take ${written} out, or move ${written} into an entry without delegate`,
    resource: identityOf(primary),
    mesh,
    fingerprint: canonicalJson(entry),
    ...(refused && { admission: 'rejected' }),
  }
}

function targetOf({ delegate }: HTTPRoute): Phrase {
  return code(delegate?.name ?? '')
}

/** What the merge makes of it (Istio `mergeHTTPRoute`): only directResponse is inherited, and it wins over a route. */
function answerOf(entry: HTTPRoute): Phrase {
  const status = entry.directResponse?.status
  const answer = typeof status === 'number' ? say`with ${status}` : words('itself')
  return say`the primary would answer ${answer}, and the routes of ${targetOf(entry)} would never be used`
}
