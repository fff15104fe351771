import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { unmetered } from '../../language/string-set.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../../manifest/virtual-service.ts'
import type { Box } from '../../match/box.ts'
import type { ConditionOptions } from '../../match/conditions.ts'
import { requestsText } from '../../reach/agreed-requests.ts'
import { mergedOf } from '../../reach/asked.ts'
import { fatesOf } from '../../reach/fates.ts'
import { unclaimed } from '../../reach/unclaimed.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { MergedVirtualService } from '../../routing/merge-virtual-services.ts'
import { supplierOf } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { nameOf } from '../../terms/code.ts'
import { fateWords } from '../../terms/fate-words.ts'
import { urisWords } from '../../terms/match-words.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** Delegation flattens: what a secondary does not claim of its prefix falls through to the entries behind it. */
export const openPrefix: Rule = {
  id: 'open-prefix',
  severity: 'info',
  effect: 'report',
  configurable: true,
  summary: 'Requests inside a delegated prefix that no entry of the secondary takes fall through.',
  *check(side, { settings }, asked) {
    const options = conditionOptions(settings)
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        const { primary, secondary, state, entry } = edge
        if (secondary === undefined || state !== 'resolved' || !asked.hasEdge(mesh.name, edge)) continue
        const merged = mergedOf(mesh, primary)
        if (merged === undefined || !aliveIn(merged).has(entry)) continue
        const fault = explain({ ...edge, secondary }, mesh, options)
        if (fault !== undefined) yield fault
      }
    }
  },
}

const aliveIn = memoized((merged: MergedVirtualService) => new Set(merged.entries.map(({ entry }) => entry)))

type ResolvedEdge = DelegateEdge & { readonly secondary: VirtualService }

/** What a secondary leaves of what one entry gives it, and the words for it. */
interface Left {
  readonly boxes: readonly Box[]
  readonly said: Phrase
}

/** Both sides, and each edit that is tried, have most objects in common: what those leave is worked out once. */
const leftUnder = memoized((options: ConditionOptions) =>
  memoized((_primary: VirtualService) =>
    memoized((_secondary: VirtualService) =>
      memoized((_route: HTTPRoute, edge: DelegateEdge): Left => {
        const boxes = unclaimed(edge, options)
        return { boxes, said: requestsText(boxes, unmetered) }
      }),
    ),
  ),
)

function explain(edge: ResolvedEdge, mesh: Mesh, options: ConditionOptions): Fault | undefined {
  const { primary, secondary, route } = edge
  const { boxes, said } = leftUnder(options)(primary)(secondary)(route, edge)
  if (boxes.length === 0) return undefined
  const fates = fatesOf(boxes, primary, mesh, options)
  const others = fates
    .flatMap((fate) => (typeof fate === 'string' ? [] : [supplierOf(fate)]))
    .filter((each) => each !== secondary)
  const fate = fateWords(fates, 'these')
  return {
    code: others.length > 0 ? 'open-prefix.to-others' : 'open-prefix',
    clause:
      fate === undefined
        ? say`${nameOf(secondary)} does not match ${said}`
        : say`Requests that ${nameOf(secondary)} does not match (${said}) ${fate}`,
    rest: say`; ${nameOf(primary)} gives ${nameOf(secondary)} ${urisWords(route.match ?? [])}`,
    range: rangeOf(route, 'match') ?? rangeOf(route, 'delegate'),
    because: [
      note(
        words(
          'A delegate does not close its prefix: what the secondary leaves goes on to the entries behind it',
        ),
      ),
    ],
    todo: say`If they are to end here, give ${nameOf(secondary)} a last entry without match`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([identityOf(primary), route.match ?? []]),
    ...(others.length > 0 && { severity: 'warning' }),
  }
}
