import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Contribution } from '../../routing/route-table.ts'
import { audienceOf, isEverybody } from '../../routing/turns.ts'
import type { TableSide } from './table-difference.ts'

/**
 * In the mesh the oldest VirtualService serves a host alone. Where all are for everybody and none comes or goes, those that
 * are the same on both sides hold no difference; one of them stays, since it may be the oldest.
 */
export function withoutBystanders(
  base: TableSide,
  merged: TableSide,
): readonly [base: TableSide, merged: TableSide] {
  const [before, after] = [base, merged].map(({ table }) => byName(table?.contributions ?? []))
  if (before === undefined || after === undefined || !haveSameNames(before, after)) return [base, merged]
  const same = [...before.keys()].filter((name) => textOf(before.get(name)) === textOf(after.get(name)))
  const left = new Set(same.slice(1))
  const without = ({ table, scope }: TableSide): TableSide => ({
    table: table && {
      ...table,
      contributions: table.contributions.filter((each) => !left.has(identityOf(each.virtualService))),
    },
    scope,
  })
  return [without(base), without(merged)]
}

/** Undefined where some are not for everybody, or one name stands for two. */
function byName(contributions: readonly Contribution[]): ReadonlyMap<string, Contribution> | undefined {
  const names = new Map(contributions.map((each) => [identityOf(each.virtualService) as string, each]))
  const alike = names.size === contributions.length
  return alike && contributions.every((each) => isEverybody(audienceOf(each))) ? names : undefined
}

function haveSameNames(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((name) => b.has(name))
}

function textOf(contribution: Contribution | undefined): string {
  return canonicalJson(contribution?.routes.map(({ match, outcome }) => [match, outcome.key]))
}
