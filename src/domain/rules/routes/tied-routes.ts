import { canonicalJson } from '../../manifest/json.ts'
import { kindAndName, shownName } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { EntryReach } from '../../reach/entry-reach.ts'
import { type EffectiveRoute, supplierOf } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { nameOf, pathOf } from '../../terms/code.ts'
import { say, words } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import { note } from '../note.ts'

/** A route of the Gateway API that asks for the same as another in its list: the older one answers. */
export interface Tie {
  readonly older: VirtualService
  readonly younger: VirtualService
  /** Nobody knows here which of them is older. */
  readonly isOpen: boolean
}

/** The first of the routes that take everything from an entry of this supplier by nothing but their age. */
export function tieIn(
  cover: readonly EffectiveRoute[],
  loser: Pick<EntryReach, 'supplier' | 'routes'>,
  { gatewayApi }: Mesh,
): Tie | undefined {
  const { supplier, routes } = loser
  if (supplier.madeOf === undefined) return undefined
  const asked = new Set(routes.map(({ route: { match = {} } }) => canonicalJson({ ...match })))
  const winner = cover.find(
    (route) => supplierOf(route) !== supplier && asked.has(canonicalJson({ ...(route.match ?? {}) })),
  )
  if (winner === undefined) return undefined
  const list = gatewayApi?.lists.find(({ virtualService }) => virtualService === winner.from.primary)
  if (list === undefined) return undefined
  const open = new Set(list.open.flat().map(kindAndName))
  const older = supplierOf(winner)
  return { older, younger: supplier, isOpen: [older, supplier].some((each) => open.has(shownName(each))) }
}

/** Where nobody knows who is older, nothing is taken from anybody for sure. */
export function tieWords({ older, younger }: Tie): Sentence {
  return {
    clause: say`Of ${nameOf(older)} and ${nameOf(younger)}, which ask for the same, only the older one ever answers`,
    rest: words('; which that is, is not in Git'),
  }
}

/** Who is older, and by what that is known. */
export function tieNotes({ older, isOpen }: Tie): readonly Because[] {
  const { inCluster } = older
  if (isOpen || inCluster === undefined) return []
  return [note(say`They ask for the same, and ${nameOf(older)} is older, by ${pathOf(inCluster.snapshot)}`)]
}
