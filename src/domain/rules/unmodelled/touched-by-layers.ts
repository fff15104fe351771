import { canonicalJson } from '../../manifest/json.ts'
import type { LayerStatement } from '../../manifest/layers/layer-statement.ts'
import { counted } from '../../source/multiset.ts'

/** The files with mesh manifests that one change of a layer concerns; `mesh` where it may be any of them. */
export type TouchedByLayer = 'mesh' | readonly string[]

/**
 * Whom it concerns that a layer says something else: the reach of what only one side says. Files that one side alone has
 * are judged by themselves, wherever they are listed. What ends a build, or holds it back, counts where it begins to.
 */
export function touchedByLayer(
  before: readonly LayerStatement[],
  after: readonly LayerStatement[],
  onBothSides: ReadonlySet<string>,
): TouchedByLayer {
  const said = (statements: readonly LayerStatement[]) =>
    counted(statements.map(({ what }) => canonicalJson(what)))
  const [old, now] = [said(before), said(after)]
  const changed = [...before, ...after].filter(({ what, fault, isHeld }) => {
    const key = canonicalJson(what)
    return fault !== undefined || isHeld === true ? !old.has(key) : now.get(key) !== old.get(key)
  })
  if (onBothSides.size > 0 && changed.some(({ reach }) => reach === 'mesh')) return 'mesh'
  const lists = new Set(changed.map(({ reach }) => reach))
  const paths = new Set([...lists].flatMap((reach) => (reach === 'mesh' ? [] : reach)))
  return [...paths.intersection(onBothSides)].sort()
}
