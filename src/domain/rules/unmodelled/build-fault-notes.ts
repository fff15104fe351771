import { budgets } from '../../budgets.ts'
import { canonicalJson } from '../../manifest/json.ts'
import type { ChartFaultCode } from '../../manifest/layers/charts/chart-faults.ts'
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
  const faults = after.flatMap(({ what, fault }) =>
    fault === undefined || known.has(canonicalJson(what)) ? [] : [fault],
  )
  return faults.slice(0, budgets.buildNotes.size).map(({ code: fault, of }) => ({
    clause: say`${code(of)} ${faultWords[fault]}: what ends a build ends it for all that is delivered in it`,
  }))
}

const faultWords: Readonly<Record<ChartFaultCode, string>> = {
  library: 'renders nothing',
  'missing-field': 'is missing in Chart.yaml',
  'too-large': 'is too large to look through',
  unparsable: 'does not parse',
  'may-refuse': 'may refuse to render',
  'required-missing': 'is required by a template and not among the values',
  'include-undefined': 'is included and not defined here',
}
