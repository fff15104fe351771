import { budgets } from '../../budgets.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { hostMatches } from '../../manifest/names.ts'
import type { DestinationRule } from '../reading/destination-rule.ts'

/**
 * The rules as a cluster may have them: of several with one name and namespace one lives, and nobody knows which. Of names that no copy
 * for the host bears, any may stand for all.
 */
export function livingTogether(
  rules: readonly DestinationRule[],
  host: string,
): readonly (readonly DestinationRule[])[] {
  const copies = [...Map.groupBy(rules, nameOfRule).values()].filter(
    (each) => each.length > 1 && each.some((rule) => hostMatches(rule.host, host)),
  )
  if (copies.length === 0) return [rules]
  const single = rules.filter((rule) => !copies.some((each) => each.includes(rule)))
  return chosenFrom(copies).map((chosen) => [...single, ...chosen])
}

/** One of each; where the ways are too many, only that every copy lives in one of them. */
function chosenFrom(
  copies: readonly (readonly DestinationRule[])[],
): readonly (readonly DestinationRule[])[] {
  const ways = copies.reduce((count, { length }) => count * length, 1)
  if (ways <= budgets.orders.size)
    return copies.reduce<readonly (readonly DestinationRule[])[]>(
      (chosen, group) => chosen.flatMap((some) => group.map((each) => [...some, each])),
      [[]],
    )
  const most = Math.max(...copies.map(({ length }) => length))
  return Array.from({ length: most }, (_, at) =>
    copies.flatMap((group) => group[Math.min(at, group.length - 1)] ?? []),
  )
}

/** Its name and namespace: a cluster has one of each. */
export function nameOfRule({ resource: { name }, namespace }: DestinationRule): string {
  return canonicalJson([namespace ?? null, name])
}
