import type { Comparison } from '../../diff/comparison.ts'
import { currentId } from '../../kustomize/naming/identity.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { sortedTeams, type Team } from '../../ownership/team.ts'
import { effectOf } from '../../policy/configuration/effect.ts'
import type { Policy } from '../../policy/configuration/policy.ts'
import { addresseesOf, asksOf } from '../../policy/requirements.ts'
import { rules } from '../../rules/index.ts'
import type { Finding } from '../../rules/rule.ts'
import { ruleOf } from '../../rules/rule-of.ts'
import { runRules } from '../../rules/run-rules.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import { pathOf } from '../../terms/code.ts'
import { owned } from '../../unmodelled/targets/world.ts'
import { briefly } from '../../words/few-of.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import { questionedIn } from './if-one-cluster.ts'
import { beginningOf } from './left-out.ts'
import type { LetGo } from './let-go.ts'

/** A comparison in which clusters do not have what units let go of. */
export interface WithoutLetGo {
  readonly letGo: readonly LetGo[]
  readonly comparison: Comparison
}

/**
 * What no unit takes may be applied by hand, and so it counts as it is written; or by nobody, and then a cluster loses it or never
 * gets it otherwise. That is a doubt: whoever would be asked about the loss is.
 */
export function letGoFindings(
  { letGo, comparison }: WithoutLetGo,
  { found, policy }: { readonly found: readonly Finding[]; readonly policy: Policy },
): readonly Finding[] {
  const rule = ruleOf('unmodelled-change')
  const effect = effectOf(rule, policy)
  if (effect === 'off') return []
  const known = new Set(found.map(keyOf))
  const lost = runRules(rules, comparison, (each) => effectOf(each, policy)).filter(
    (finding) => finding.status === 'introduced' && !known.has(keyOf(finding)),
  )
  if (lost.length === 0) return []
  const own = new Set(
    owned(letGo.map(({ from }) => comparison.ownership.ownersOf(from))).map(({ key }) => key),
  )
  const teams = losing(lost, { comparison, policy }).filter(({ key }) => !own.has(key))
  return [
    {
      ...toldOf(letGo),
      rule: rule.id,
      code: 'unmodelled-change.let-go',
      severity: rule.severity,
      effect: teams.length === 0 ? 'report' : effect,
      status: 'introduced',
      resource: '',
      mesh: '',
      fingerprint: canonicalJson([
        'let-go',
        letGo.map(({ node, file, unit }) => [unit, currentId(node), file.path]),
        lost.map(keyOf),
      ]),
      teams,
    },
  ]
}

function toldOf(letGo: readonly LetGo[]): Pick<Finding, 'clause' | 'rest' | 'range' | 'because' | 'todo'> {
  const [first] = letGo
  const range = first && beginningOf(first.file)
  return {
    clause: say`No unit delivers ${briefly(letGo.map(({ node }) => nameOf(node)))} any more`,
    rest: words(': whether somebody applies it by hand is not known here, and without it requests change'),
    ...(range && { range }),
    because: letGo.slice(0, 3).map(({ node, from, file, unit }) => ({
      clause: say`${pathOf(unit === '' ? '.' : unit)} delivered ${nameOf(node)} from ${pathOf(from)}`,
      range: beginningOf(file),
    })),
    todo: words('Put it where a unit takes it, or let whoever it serves agree'),
  }
}

function nameOf(node: YamlMap): Phrase {
  const { kind, name } = currentId(node)
  return say`${kind} ${quoted(name)}`
}

/** Whoever is asked where it is lost. */
export function losing(
  findings: readonly Finding[],
  { comparison, policy }: { readonly comparison: Comparison; readonly policy: Policy },
): readonly Team[] {
  const questioned = { ...questionedIn(comparison, policy), findings }
  // What would be blocked is a doubt here, which somebody can agree to.
  const wronged = findings.flatMap(({ effect, teams }) => (effect === 'block' ? teams : []))
  const asked = asksOf(questioned).flatMap((ask) => addresseesOf(ask, questioned))
  return sortedTeams(owned([...wronged, ...asked]))
}

/** What is found in both may concern more teams where it is lost. */
function keyOf({ rule, mesh, resource, fingerprint, effect, teams }: Finding): string {
  return canonicalJson([rule, mesh, resource, fingerprint, effect, teams.map(({ key }) => key)])
}
