import { exactly } from '../../language/string-set.ts'
import { present } from '../../language/values.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { type Box, type Space, subtractBox } from '../../match/box.ts'
import { type Action, replacedPrefix } from '../../routing/action.ts'
import type { EffectiveRoute } from '../../routing/route-table.ts'

/** Requests, and the routes that answer them before and after. */
interface Rewritten {
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
}

/**
 * Without those requests that two rewrites treat alike: of the path that is the prefix which one of them replaces, the other replaces
 * nothing less where it replaces the whole path.
 */
export function withoutSameRewrites(
  boxes: readonly Box[],
  { before, after }: Rewritten,
  space: Space,
): readonly Box[] {
  if (before === undefined || after === undefined) return boxes
  if (before.outcome.supplier !== after.outcome.supplier) return boxes
  const [one, other] = [before.outcome.action, after.outcome.action].map(rewriteIn)
  if (one === undefined || other === undefined || one.others !== other.others) return boxes
  const prefixes = [one, other].flatMap(({ prefix }) => prefix ?? [])
  const [prefix, second] = prefixes
  if (prefix === undefined || second !== undefined) return boxes
  const same: Box = new Map([['path', present(exactly(prefix))]])
  return boxes.flatMap((box) => subtractBox(box, same, space))
}

interface Rewrite {
  /** Absent where it replaces the whole path. */
  readonly prefix: string | undefined
  /** Everything else that the action does. */
  readonly others: string
}

function rewriteIn(action: Action): Rewrite | undefined {
  const replacing = action.kind === 'redirect' ? action : action.kind === 'route' ? action.rewrite : undefined
  if (replacing?.replaces === undefined) return undefined
  const { replaces: _, ...others } = replacing
  return {
    prefix: replacedPrefix(replacing),
    others: canonicalJson(action.kind === 'route' ? { ...action, rewrite: others } : others),
  }
}
