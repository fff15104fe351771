import { budgets } from '../../budgets.ts'
import { canonicalJson } from '../../manifest/json.ts'
import type { LayerStatement } from '../../manifest/layers/layer-statement.ts'
import type { Because } from '../../source/diagnostic.ts'
import { code } from '../../terms/code.ts'
import { say } from '../../words/phrase.ts'

/** Why nothing of a build may arrive any more, for what ended no build before. */
export function buildFaultNotes(
  before: readonly LayerStatement[],
  after: readonly LayerStatement[],
): readonly Because[] {
  const known = new Set(before.map(({ what }) => canonicalJson(what)))
  const faults = after.filter(({ what, fault }) => fault === true && !known.has(canonicalJson(what)))
  return faults.slice(0, budgets.buildNotes.size).flatMap(({ what }) =>
    Object.entries(what ?? {}).map(([says, of]) => ({
      clause: say`${code(typeof of === 'string' ? of : canonicalJson(of))} ${says}: what ends a build ends it for all that is delivered in it`,
    })),
  )
}
