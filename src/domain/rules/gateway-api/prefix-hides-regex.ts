import type { List } from '../../gateway-api/lists.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { gatewayApiGroup } from '../../manifest/kinds/gateway-api-names.ts'
import { shownName } from '../../manifest/names.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { distinctTeams } from '../../ownership/team.ts'
import { isCatchAll } from '../../routing/route-table.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { quoted, say } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A prefix stands before every regular expression, and one for everything ends the list: whoever owns what is behind it. */
export const prefixHidesRegex: Rule = {
  id: 'prefix-hides-regex',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'A `PathPrefix: /` removes every RegularExpression rule of its list, whoever owns it.',
  *check(side, { ownership }) {
    for (const { name, gatewayApi } of side.meshes)
      for (const list of gatewayApi?.lists ?? []) yield* hiddenIn(list, name, ownership)
  },
}

function hiddenIn(list: List, mesh: string, ownership: Ownership): readonly Fault[] {
  const { entries, virtualService } = list
  const end = entries.findIndex(({ http: { match = [] } }) => match.some((each) => isCatchAll(each)))
  const closing = entries[end]
  if (closing === undefined) return []
  const hidden = entries
    .slice(end + 1)
    .filter(({ http: { match = [] } }) => match.some(({ uri }) => uri?.regex !== undefined))
  const bySupplier = Map.groupBy(hidden, ({ secondary }) => secondary)
  return [...bySupplier].map(([supplier, own]) => {
    const [first] = own
    const patterns = own.flatMap(({ http: { match = [] } }) => match.flatMap(({ uri }) => uri?.regex ?? []))
    return {
      code: 'prefix-hides-regex',
      clause: say`${quoted('PathPrefix: /')} of ${nameOf(closing.secondary)} hides ${fewOf(patterns.map(code), 3)} of ${nameOf(supplier)}`,
      rest: say`: prefixes stand before expressions, whoever is older, and what stands behind one for everything is not sent`,
      range: first && (rangeOf(first.http) ?? rangeOf(supplier)),
      because: [note(say`It stands here`, rangeOf(closing.http))],
      todo: say`Write the paths as prefixes, or give the prefix a condition`,
      resource: `${supplier.namespace ?? '?'}/${supplier.name}`,
      ...(supplier.madeOf && { kind: `${gatewayApiGroup}/${supplier.madeOf.kind}` }),
      mesh,
      fingerprint: canonicalJson([shownName(virtualService), shownName(closing.secondary), patterns]),
      teams: distinctTeams([closing.secondary, supplier].map((each) => ownership.teamOf(each))),
    }
  })
}
