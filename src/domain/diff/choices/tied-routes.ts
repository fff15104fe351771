import { budgets } from '../../budgets.ts'
import { doubt } from '../../doubt.ts'
import type { List } from '../../gateway-api/lists.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { kindAndName } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { rangeOf } from '../../source/located.ts'
import type { Unsettled } from './mesh-choices.ts'

/** Routes of the Gateway API of which only their age, which nobody knows here, says who comes first in a list that differs. */
export interface TiedRoutes {
  /** Those that are neither the first nor the last by name, one by one. */
  readonly between: readonly string[]
  readonly unsettled: readonly Unsettled[]
}

/** The ties in lists that are not the same on both sides. */
export function tiedRoutes([base, merged]: readonly (Mesh | undefined)[]): TiedRoutes {
  const [before, after] = [base, merged].map((mesh) => mesh?.gatewayApi?.lists ?? [])
  if (![...(before ?? []), ...(after ?? [])].some(({ open }) => open.length > 0))
    return { between: [], unsettled: [] }
  const lists = [...differing(before ?? [], after ?? []), ...differing(after ?? [], before ?? [])]
  const routes = new Map(lists.flatMap(({ open }) => open).map((each) => [kindAndName(each), each]))
  const names = [...routes.keys()].toSorted(compareTexts)
  if (names.length < 2) return { between: [], unsettled: [] }
  return {
    between: names.slice(1, -1).slice(0, budgets.orders.size),
    unsettled: [unsettledOrder(names, [...routes.values()])],
  }
}

function differing(lists: readonly List[], others: readonly List[]): readonly List[] {
  const known = new Set(others.map(contentOf))
  return lists.filter((each) => each.open.length > 0 && !known.has(contentOf(each)))
}

function contentOf({ virtualService: { spec }, entries }: List): string {
  return canonicalJson([
    spec.hosts ?? [],
    spec.gateways ?? [],
    entries.map(({ http, secondary }) => [http, secondary.kind, secondary.namespace ?? '', secondary.name]),
  ])
}

function unsettledOrder(of: readonly string[], routes: readonly Resource[]): Unsettled {
  return { objects: [], doubt: doubt({ code: 'creation-order', of }, ...routes.map((each) => rangeOf(each))) }
}
