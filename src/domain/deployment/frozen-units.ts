import { canonicalJson } from '../manifest/json.ts'
import type { NotDeployed } from '../manifest/not-deployed.ts'
import type { Ownership } from '../ownership/ownership.ts'
import { sortedTeams } from '../ownership/team.ts'
import type { Effect, Finding, Rule } from '../rules/rule.ts'
import { buildFaultClause } from '../terms/build-fault-words.ts'
import { pathOf } from '../terms/code.ts'
import { owned } from '../unmodelled/targets/world.ts'
import { briefly } from '../words/few-of.ts'
import { say, words } from '../words/phrase.ts'
import { isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-unit.ts'

/** The units that newly fail and have nothing of the mesh itself, each with the files of all objects that it delivered. */
export function frozenOf(
  failing: readonly BuiltUnit[],
  told: ReadonlySet<string>,
  oldOf: (unit: BuiltUnit) => BuiltUnit | undefined,
): readonly NotDeployed[] {
  return failing.flatMap((each): readonly NotDeployed[] => {
    const { unit, built } = each
    const old = oldOf(each)?.built
    if (told.has(unit.key) || built === 'not known' || isDelivered(built)) return []
    if (old === undefined || !isDelivered(old)) return []
    const reaches = [...new Set(old.objects.map(({ from }) => from.path))].toSorted()
    return [{ unit: unit.key, folder: unit.folder, fault: built.failed, reaches }]
  })
}

/** What has to be known to tell of them. */
interface Telling {
  readonly ownership: Ownership
  /** The files with Services to which something of the mesh leads, with the workloads behind those, and with its Namespaces. */
  readonly partly: ReadonlySet<string>
  readonly rule: Rule
  readonly effect: Effect
}

/** A cluster keeps the Services and workloads of a build that newly ends as they are: whoever has them is asked. */
export function frozenFindings(
  frozen: readonly NotDeployed[],
  { ownership, partly, rule, effect }: Telling,
): readonly Finding[] {
  if (effect === 'off') return []
  return frozen.flatMap(({ unit, folder, fault, reaches }): readonly Finding[] => {
    const paths = reaches.filter((path) => partly.has(path))
    const teams = sortedTeams(owned(paths.map((path) => ownership.ownersOf(path))))
    if (teams.length === 0) return []
    return [
      {
        rule: rule.id,
        code: 'unmodelled-change.frozen',
        severity: rule.severity,
        effect,
        status: 'introduced',
        clause: say`${pathOf(folder === '' ? '.' : folder)} does not build any more, so that nothing of it is applied`,
        rest: say`: ${buildFaultClause(fault)}`,
        ...(fault.range && { range: fault.range }),
        because: [
          { clause: say`It delivers ${briefly(paths.map(pathOf))}, to which routes of the mesh lead` },
        ],
        todo: words('Repair the build; whatever else is changed in it cannot arrive before'),
        resource: '',
        mesh: '',
        fingerprint: canonicalJson(['frozen', unit, fault.code, fault.path, fault.detail]),
        teams,
      },
    ]
  })
}
