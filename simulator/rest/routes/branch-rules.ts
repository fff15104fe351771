import { ApiError, notFound } from '../../access/api-error.ts'
import { rulesOf } from '../../access/branch-rules.ts'
import { roleOf } from '../../access/permissions.ts'
import { presentProtection, presentRule, presentRuleset } from '../../present/branch-rules.ts'
import { nameKey } from '../../state/names.ts'
import type { Ruleset } from '../../state/repository.ts'
import {
  numberParameter,
  ok,
  paginated,
  parameter,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'

/** GitHub hides from whoever does not administer a repository that there is such a thing. */
function readProtection(call: RepositoryCall): Reply {
  const { world, repository, token } = call
  const branch = parameter(call, 'branch')
  const isApp = token.kind === 'installation'
  if (!isApp && roleOf(world, repository, token.account) !== 'admin') throw notFound()
  const protection = repository.protections.get(branch)
  if (protection === undefined) throw new ApiError(404, 'Branch not protected')
  return ok(presentProtection(world, repository, { branch, protection }))
}

/** Those of an organization are changed by its owners alone. */
function mayChange({ world, repository, token }: RepositoryCall, { of }: Ruleset): boolean {
  if (token.kind === 'installation') return token.permissions['administration'] === 'write'
  const { account } = token
  if (of === 'Repository') return roleOf(world, repository, account) === 'admin'
  const organization = world.organizations.get(nameKey(repository.owner.login))
  return organization?.members.get(nameKey(account.login)) === 'owner'
}

function readRuleset(call: RepositoryCall): Reply {
  const { world, repository } = call
  const id = numberParameter(call, 'ruleset_id')
  const ruleset = repository.rulesets.find((each) => each.id === id)
  if (ruleset === undefined) throw notFound()
  return ok(presentRuleset(world, repository, { ruleset, mayChange: mayChange(call, ruleset) }))
}

/** What is demanded of branches. */
export const branchRuleRoutes: readonly Route[] = [
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/branches/{branch}/protection',
    permission: 'administration',
    level: 'read',
    run: readProtection,
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
    permission: 'metadata',
    level: 'read',
    run: (call) =>
      paginated(call, rulesOf(call.repository, parameter(call, 'branch')), {
        each: (rule) => presentRule(call.repository, rule),
      }),
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}',
    permission: 'metadata',
    level: 'read',
    run: readRuleset,
  },
]
