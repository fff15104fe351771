import { enumerateWords } from '../language/enumerate-words.ts'
import { type IstioVersion, isSince } from '../manifest/istio-version.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { code, nameOf } from '../wording/code.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault, Rule } from './rule.ts'

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
type Action = (typeof actions)[number]

function explain(
  primary: VirtualService,
  entry: HTTPRoute,
  mesh: string,
  version: IstioVersion,
): Fault | undefined {
  const beside = actions.filter((action) => entry[action] !== undefined)
  const [first] = beside
  if (entry.delegate === undefined || first === undefined) return undefined
  const range = rangeOf(entry, first)
  const delegateRange = rangeOf(entry, 'delegate')
  const refused = beside.some((action) => action !== 'directResponse')
  const written = enumerateWords(beside.map(code), 'and')
  const notes: readonly Because[] = [
    { ...told(`${nameOf(primary)} delegates here.`), ...(delegateRange && { range: delegateRange }) },
    {
      ...told(
        refused ? "Istio's webhook refuses the whole VirtualService." : 'Istio admits this without a word.',
      ),
    },
  ]
  return {
    ...told(
      `${written} stands beside a delegate to ${targetOf(entry)}: ${effectOf(beside, entry, version)}.`,
    ),
    ...(range && { range }),
    because: notes,
    todo: guessed(
      `Keep the delegate and take ${written} out, or move ${written} into an entry without delegate.`,
    ),
    resource: identityOf(primary),
    mesh,
    fingerprint: canonicalJson(entry),
    ...(refused && { admission: 'rejected' }),
  }
}

function targetOf({ delegate }: HTTPRoute): string {
  return code(delegate?.name ?? '')
}

/** What the merge makes of it (Istio `mergeHTTPRoute`): only directResponse is inherited, and it wins over a route. */
function effectOf(beside: readonly Action[], entry: HTTPRoute, version: IstioVersion): string {
  if (!beside.includes('directResponse') || !isSince(version, 15)) return 'Istio takes one or the other'
  const status = entry.directResponse?.['status']
  const answer = typeof status === 'number' ? `with ${status}` : 'itself'
  return `the primary would answer ${answer}, and the routes of ${targetOf(entry)} would never be used`
}
