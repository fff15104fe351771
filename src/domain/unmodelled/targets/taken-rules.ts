import { budgets } from '../../budgets.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { isKnownBefore } from '../../routing/assumed-order.ts'
import type { DestinationRule } from '../reading/destination-rule.ts'

/** Rules that Istio takes as one; whom they are for is what the first of them says. */
interface TakenTogether {
  readonly first: DestinationRule
  readonly rules: readonly DestinationRule[]
}

/** The rules of one host that some clients see, as they are taken together in one order of creation. */
export type TakenRules = readonly TakenTogether[]

/**
 * What Istio makes of the rules of one host in one namespace, in every order of creation that may be (`mergeDestinationRule`): those
 * with a selector come first, and rules whose `exportTo` is not written alike stay apart.
 */
export function takenInEachOrder(rules: readonly DestinationRule[]): readonly TakenRules[] {
  const byPods = rules.toSorted((a, b) => Number(b.selector !== undefined) - Number(a.selector !== undefined))
  const isAlike = new Set(rules.map(termsOf)).size < 2
  const orders = isAlike ? [byPods] : ordersOf(byPods)
  return orders.map((order) => order.reduce<TakenRules>(withRule, []))
}

function termsOf({ written, selector }: DestinationRule): string {
  return canonicalJson([[...new Set(written)].toSorted(), selector ?? null])
}

/** Too many to try are taken all apart and all together, so that whatever may be is among it. */
function ordersOf(rules: readonly DestinationRule[]): readonly (readonly DestinationRule[])[] {
  const found = ordersUpTo(budgets.orders.size, rules)
  return found.length > 0 ? found : rules.map((rule) => [rule]).concat([[...rules]])
}

function ordersUpTo(
  most: number,
  rules: readonly DestinationRule[],
): readonly (readonly DestinationRule[])[] {
  let orders: readonly (readonly DestinationRule[])[] = [[]]
  for (const rule of rules) {
    orders = orders.flatMap((order) =>
      Array.from({ length: order.length + 1 }, (_, at) => order.toSpliced(at, 0, rule)).filter(mayBeOrder),
    )
    if (orders.length > most) return []
  }
  return orders
}

function mayBeOrder(order: readonly DestinationRule[]): boolean {
  return order.every((later, at) => order.slice(0, at).every((earlier) => !mustFollow(earlier, later)))
}

/** Whether one rule is surely read behind another. */
function mustFollow(one: DestinationRule, other: DestinationRule): boolean {
  if ((one.selector === undefined) !== (other.selector === undefined)) return one.selector === undefined
  return isKnownBefore(other.resource, one.resource)
}

/** One rule more, as Istio adds it to those before it. */
function withRule(taken: TakenRules, rule: DestinationRule): TakenRules {
  let isApart = true
  const all = taken.map((each): TakenTogether => {
    const relation = relationOf(each.first, rule)
    if (relation !== 'joins' && relation !== 'joins and stands') {
      isApart = true
      return each
    }
    isApart = relation !== 'joins'
    return { first: each.first, rules: [...each.rules, rule] }
  })
  return isApart ? [...all, { first: rule, rules: [rule] }] : all
}

/** A rule for everybody that is exported as one for some pods is goes into that one alone. */
function relationOf(first: DestinationRule, rule: DestinationRule): 'apart' | 'joins' | 'joins and stands' {
  const [before, now] = [new Set(first.written), new Set(rule.written)]
  const isEqual = before.size === now.size && before.isSubsetOf(now)
  if (!isEqual && (before.size === 0 || !before.isSubsetOf(now))) return 'apart'
  const [own, other] = [first.selector, rule.selector]
  if (own === undefined && other === undefined) return 'joins'
  if (own !== undefined && other !== undefined)
    return canonicalJson(own) === canonicalJson(other) ? 'joins' : 'apart'
  return isEqual ? 'joins' : 'joins and stands'
}
