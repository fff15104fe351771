import type { CheckRun } from '../state/checks.ts'
import { textAt } from '../state/json.ts'
import type { BranchRule, Repository, Ruleset } from '../state/repository.ts'

/** A check that a branch demands, and the App that alone may give it. */
export interface RequiredCheck {
  readonly name: string
  readonly app?: number
}

/** A rule in force, with the ruleset that has it. */
export interface RuleInForce extends BranchRule {
  readonly ruleset: Ruleset
}

/** The rules of all active rulesets that apply to a branch. */
export function rulesOf(repository: Repository, branch: string): readonly RuleInForce[] {
  return repository.rulesets
    .filter(({ enforcement, branches }) => enforcement === 'active' && branches.includes(branch))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ...rule, ruleset })))
}

function checksIn({ type, parameters = {} }: BranchRule): readonly RequiredCheck[] {
  const listed = type === 'required_status_checks' ? parameters['required_status_checks'] : []
  return (Array.isArray(listed) ? listed : []).map((check) => ({
    name: textAt(check, 'context') ?? '',
    ...(typeof check.integration_id === 'number' && { app: check.integration_id }),
  }))
}

/** All checks that a branch demands, by protection and by rulesets. */
export function requiredChecksOf(repository: Repository, branch: string): readonly RequiredCheck[] {
  const { requiredChecks = [], checksBy } = repository.protections.get(branch) ?? {}
  return [
    ...requiredChecks.map((name) => ({ name, ...(checksBy !== undefined && { app: checksBy }) })),
    ...rulesOf(repository, branch).flatMap(checksIn),
  ]
}

/** Whether pull requests into a branch are merged by a queue. */
export function hasMergeQueue(repository: Repository, branch: string): boolean {
  const byRule = rulesOf(repository, branch).some(({ type }) => type === 'merge_queue')
  return byRule || repository.protections.get(branch)?.mergeQueue === true
}

/** The run that decides about a required check: the newest of its name, by its App alone where the rule says which. */
export function decidingRun(
  { checkRuns }: Repository,
  sha: string,
  { name, app }: RequiredCheck,
): CheckRun | undefined {
  return checkRuns.findLast(
    (run) => run.headSha === sha && run.name === name && (app ?? run.suite.app.id) === run.suite.app.id,
  )
}
