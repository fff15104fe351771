import type { Comparison } from '../../diff/comparison.ts'
import type { NotDeployed } from '../../manifest/not-deployed.ts'
import { sortedTeams } from '../../ownership/team.ts'
import { buildFaultClause } from '../../terms/build-fault-words.ts'
import { code, pathOf } from '../../terms/code.ts'
import { owned } from '../../unmodelled/targets/world.ts'
import { briefly } from '../../words/few-of.ts'
import { say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { meshOfPath } from './mesh-of-path.ts'

/** A build that fails delivers nothing, neither what is wrong nor what is right; a cluster keeps what it has. */
export const notDeployed: Rule = {
  id: 'not-deployed',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A unit that does not build any more: nothing of it is applied.',
  *check(side, comparison) {
    for (const unit of side.manifests.notDeployed ?? []) yield explain(unit, comparison, side)
  },
}

function explain(
  { unit, folder, fault, reaches }: NotDeployed,
  comparison: Comparison,
  side: Comparison['base'],
): Fault {
  const { ownership } = comparison
  const [first = fault.path] = reaches
  return {
    code: 'not-deployed',
    clause: say`${pathOf(folder === '' ? '.' : folder)} does not build`,
    rest: say`, so that nothing of it is applied: ${buildFaultClause(fault)}`,
    ...(fault.range && { range: fault.range }),
    because: [
      ...(fault.code === 'helm' ? [note(say`It is released as ${code(unit)}`)] : []),
      ...(fault.range ? [] : [note(say`It fails at ${pathOf(fault.path === '' ? '.' : fault.path)}`)]),
      note(say`It delivers ${briefly(reaches.map(pathOf))}: a cluster keeps what it has of that`),
    ],
    todo: words('Repair the build; whatever else is changed in it cannot arrive before'),
    resource: '',
    mesh: meshOfPath(first, side, comparison),
    fingerprint: unit,
    teams: sortedTeams(owned(reaches.map((path) => ownership.ownersOf(path)))),
  }
}
