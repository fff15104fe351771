import { canonicalJson } from '../../manifest/json.ts'
import type { NotDeployed } from '../../manifest/not-deployed.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { sortedTeams } from '../../ownership/team.ts'
import type { Effect, Finding, Rule } from '../../rules/rule.ts'
import { buildFaultClause } from '../../terms/build-fault-words.ts'
import { pathOf } from '../../terms/code.ts'
import { owned } from '../../unmodelled/targets/world.ts'
import { briefly } from '../../words/few-of.ts'
import { quoted, say, words } from '../../words/phrase.ts'
import type { Both } from '../both.ts'
import { objectPathsOf } from '../not-deployed.ts'
import type { UnknownDelivery } from '../unknown-delivery.ts'
import { type Delivery, isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-unit.ts'
import type { BuiltSide } from './built-units.ts'

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
    const reaches = filesOf(old)
    return [{ unit: unit.key, folder: unit.folder, fault: built.failed, reaches }]
  })
}

/** The files of all objects that a unit delivers. */
function filesOf({ objects }: Delivery): readonly string[] {
  return [...new Set(objects.map(({ from }) => from.path))].toSorted()
}

/** A unit that an ApplicationSet made and, since it newly gives up, makes no more. */
export interface Abandoned {
  readonly unit: string
  readonly folder: string
  /** What is not known of the ApplicationSet any more. */
  readonly why: UnknownDelivery
  /** The files of all objects that the unit delivered. */
  readonly reaches: readonly string[]
  /** Those of them that are of the mesh themselves. */
  readonly ofMesh: readonly string[]
}

/** The units of the base side that go since Argo CD newly gives up at something in the file that makes them. */
export function abandonedOf({ base, merged }: Both<BuiltSide>): readonly Abandoned[] {
  const saidOf = ({ code, of, detail }: UnknownDelivery) => canonicalJson([code, of, detail])
  const known = new Set(base.unknown.map(saidOf))
  const newly = merged.unknown.filter(
    (each) => each.code === 'fails' && each.kind === 'ApplicationSet' && !known.has(saidOf(each)),
  )
  const standing = new Set(merged.units.map(({ unit }) => unit.key))
  return newly.flatMap((why) =>
    base.units.flatMap((each): readonly Abandoned[] => {
      const { unit, built } = each
      const isMade = unit.by[0] === why.range.file.path && unit.deployer?.kind === 'Application'
      if (!isMade || standing.has(unit.key) || !isDelivered(built)) return []
      return [
        { unit: unit.key, folder: unit.folder, why, reaches: filesOf(built), ofMesh: objectPathsOf(each) },
      ]
    }),
  )
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
export function frozenFindings(frozen: readonly NotDeployed[], telling: Telling): readonly Finding[] {
  return frozen.flatMap(({ unit, folder, fault, reaches }) =>
    findingsOf(
      reaches.filter((path) => telling.partly.has(path)),
      {
        clause: say`${pathOf(folder === '' ? '.' : folder)} does not build any more, so that nothing of it is applied`,
        rest: say`: ${buildFaultClause(fault)}`,
        ...(fault.range && { range: fault.range }),
        todo: words('Repair the build; whatever else is changed in it cannot arrive before'),
        fingerprint: canonicalJson(['frozen', unit, fault.code, fault.path, fault.detail]),
      },
      telling,
    ),
  )
}

/** So are those of whom an ApplicationSet delivered something that decides about requests. */
export function abandonedFindings(abandoned: readonly Abandoned[], telling: Telling): readonly Finding[] {
  return abandoned.flatMap(({ unit, folder, why, reaches, ofMesh }) =>
    findingsOf(
      reaches.filter((path) => telling.partly.has(path) || ofMesh.includes(path)),
      {
        clause: say`${quoted(why.of)} makes no Application of ${pathOf(folder === '' ? '.' : folder)} any more`,
        rest: say`: Argo CD gives up at ${quoted(why.detail)}`,
        range: why.range,
        todo: words('Let it make all of its Applications again'),
        fingerprint: canonicalJson(['abandoned', unit, why.of, why.detail]),
      },
      telling,
    ),
  )
}

type Told = Pick<Finding, 'clause' | 'rest' | 'range' | 'todo' | 'fingerprint'>

function findingsOf(
  paths: readonly string[],
  told: Told,
  { ownership, rule, effect }: Telling,
): readonly Finding[] {
  const teams = sortedTeams(owned(paths.map((path) => ownership.ownersOf(path))))
  if (effect === 'off' || teams.length === 0) return []
  return [
    {
      ...told,
      rule: rule.id,
      code: 'unmodelled-change.frozen',
      severity: rule.severity,
      effect,
      status: 'introduced',
      because: [{ clause: say`It delivers ${briefly(paths.map(pathOf))}, to which routes of the mesh lead` }],
      resource: '',
      mesh: '',
      teams,
    },
  ]
}
