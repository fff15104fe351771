import type { RuleInForce } from '../access/branch-rules.ts'
import { findTeam } from '../access/teams.ts'
import type { Account } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import { fullName, type Protection, type Repository, type Ruleset } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { presentTeam, presentUser } from './accounts.ts'
import { branchUrl, repositoryPage, repositoryUrl } from './repository.ts'

/** Who made a ruleset. */
function sourceOf(repository: Repository, { of }: Ruleset): string {
  return of === 'Organization' ? repository.owner.login : fullName(repository)
}

/** A rule in force on a branch. */
export function presentRule(repository: Repository, { type, parameters, ruleset }: RuleInForce): Json {
  return {
    type,
    ...(parameters && { parameters }),
    ruleset_source_type: ruleset.of,
    ruleset_source: sourceOf(repository, ruleset),
    ruleset_id: ruleset.id,
  }
}

/** A ruleset; who may bypass it only whoever may change it is told. */
export function presentRuleset(
  world: World,
  repository: Repository,
  { ruleset, mayChange }: { readonly ruleset: Ruleset; readonly mayChange: boolean },
): Json {
  const url = `${repositoryUrl(world, repository)}/rulesets/${ruleset.id}`
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: 'branch',
    source_type: ruleset.of,
    source: sourceOf(repository, ruleset),
    enforcement: ruleset.enforcement,
    ...(mayChange && { bypass_actors: ruleset.bypass }),
    node_id: `RRS_${ruleset.id}`,
    _links: {
      self: { href: url },
      html: { href: `${repositoryPage(world, repository)}/rules/${ruleset.id}` },
    },
    conditions: {
      ref_name: { include: ruleset.branches.map((branch) => `refs/heads/${branch}`), exclude: [] },
    },
    rules: ruleset.rules,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  }
}

/** Classic protection of a branch, for whoever administers the repository. */
export function presentProtection(
  world: World,
  repository: Repository,
  { branch, protection }: { readonly branch: string; readonly protection: Protection },
): Json {
  const url = `${branchUrl(world, repository, branch)}/protection`
  const { requiredChecks, checksBy, strict = false, enforceAdmins = true } = protection
  return {
    url,
    ...(requiredChecks.length > 0 && {
      required_status_checks: {
        url: `${url}/required_status_checks`,
        strict,
        contexts: requiredChecks,
        contexts_url: `${url}/required_status_checks/contexts`,
        checks: requiredChecks.map((context) => ({ context, app_id: checksBy ?? null })),
      },
    }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: enforceAdmins },
    ...(protection.mayDismiss && {
      required_pull_request_reviews: {
        url: `${url}/required_pull_request_reviews`,
        dismiss_stale_reviews: false,
        require_code_owner_reviews: false,
        required_approving_review_count: 1,
        dismissal_restrictions: presentDismissers(world, repository, protection.mayDismiss),
      },
    }),
  }
}

function presentDismissers(
  world: World,
  repository: Repository,
  { users = [], teams = [] }: Required<Protection>['mayDismiss'],
): Json {
  const accounts = users.flatMap((login): Account[] => {
    const account = world.accounts.get(login.toLowerCase())
    return account === undefined ? [] : [account]
  })
  const named = teams.flatMap((slug) => findTeam(world, repository.owner.login, slug) ?? [])
  return {
    users: accounts.map((account) => presentUser(world, account)),
    teams: named.map((team) => presentTeam(world, team)),
    apps: [],
  }
}
