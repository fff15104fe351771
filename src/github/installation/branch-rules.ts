import type { BranchFacts, Bypasser, Fact, RequiringRule } from '../../domain/installation/facts.ts'
import { unlessStatus } from '../client.ts'
import type { PersonClient } from '../person-client.ts'
import { type Asked, notShown } from './asked.ts'
import { readQueue } from './merge-queue.ts'

type Rest = PersonClient['rest']['repos']
type BranchRule = Awaited<ReturnType<Rest['getBranchRules']>>['data'][number]
type Protection = Awaited<ReturnType<Rest['getBranchProtection']>>['data']
type Branch = Awaited<ReturnType<Rest['getBranch']>>['data']
type Actor = NonNullable<Awaited<ReturnType<Rest['getRepoRuleset']>>['data']['bypass_actors']>[number]

interface RulesAsked extends Asked {
  readonly branch: string
  readonly check: string
}

/** What a branch demands, by classic protection and by the rulesets of the repository and of those above it. */
export async function readBranchFacts(asked: RulesAsked): Promise<BranchFacts> {
  const { client, owner, repo, branch } = asked
  const at = { owner, repo, branch }
  const [rules, shown, protection, queue] = await Promise.all([
    client.paginate(client.rest.repos.getBranchRules, { ...at, per_page: 100 }),
    client.rest.repos.getBranch(at),
    readProtection(asked),
    readQueue(asked),
  ])
  const classic = requiringProtection(shown.data, asked.check)
  return {
    requiring: [...classic, ...(await requiringRulesets(rules, asked))],
    strict: either(
      rules.some(isStrict),
      mapped(protection, (found) => found?.required_status_checks?.strict === true),
    ),
    queue: either(
      rules.some(({ type }) => type === 'merge_queue'),
      queue,
    ),
    dismissalRestricted: either(
      rules.some(restrictsDismissal),
      mapped(
        protection,
        (found) => found?.required_pull_request_reviews?.dismissal_restrictions !== undefined,
      ),
    ),
  }
}

/** What is known already needs no further answer. */
function either(known: boolean, other: Fact<boolean>): Fact<boolean> {
  return known ? { known } : other
}

function mapped<T, U>(fact: Fact<T>, change: (known: T) => U): Fact<U> {
  return 'known' in fact ? { known: change(fact.known) } : fact
}

/** GitHub says of a branch that is not protected that it is not, to administrators alone. */
async function readProtection({
  client,
  owner,
  repo,
  branch,
}: RulesAsked): Promise<Fact<Protection | undefined>> {
  const at = { owner, repo, branch }
  const found = await unlessStatus(notShown, () => client.rest.repos.getBranchProtection(at))
  if (found !== undefined) return { known: found.data }
  const { data } = await client.rest.repos.getBranch(at)
  return data.protection.enabled === false ? { known: undefined } : { missing: 'administration' }
}

/** Which checks protection requires everybody is told who sees the branch. */
function requiringProtection({ protection }: Branch, check: string): readonly RequiringRule[] {
  const { enforcement_level: level, contexts = [], checks = [] } = protection.required_status_checks ?? {}
  if (!contexts.includes(check)) return []
  const administrators = { kind: 'administrators', onlyInPullRequests: false } as const
  return [
    {
      ...appOf(checks.find(({ context }) => context === check)?.app_id),
      bypassers: { known: level === 'everyone' ? [] : [administrators] },
    },
  ]
}

/** GitHub writes -1 or nothing where any App will do. */
function appOf(app: number | null | undefined): Pick<RequiringRule, 'app'> {
  return typeof app === 'number' && app > 0 ? { app } : {}
}

function checksOf(rule: BranchRule) {
  return rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : []
}

function isStrict(rule: BranchRule): boolean {
  return (
    rule.type === 'required_status_checks' && rule.parameters?.strict_required_status_checks_policy === true
  )
}

/** What may be restricted is newer than the types of the client. */
function restrictsDismissal(rule: BranchRule): boolean {
  const parameters: object = rule.type === 'pull_request' ? (rule.parameters ?? {}) : {}
  const restriction = 'dismissal_restriction' in parameters ? parameters.dismissal_restriction : undefined
  return (
    typeof restriction === 'object' &&
    restriction !== null &&
    'enabled' in restriction &&
    restriction.enabled === true
  )
}

function requiringRulesets(
  rules: readonly BranchRule[],
  asked: RulesAsked,
): Promise<readonly RequiringRule[]> {
  const found = rules.flatMap((rule) =>
    checksOf(rule)
      .filter(({ context }) => context === asked.check)
      .map(({ integration_id }) => ({ id: rule.ruleset_id, app: appOf(integration_id) })),
  )
  return Promise.all(found.map(async ({ id, app }) => ({ ...app, ...(await readRuleset(asked, id)) })))
}

async function readRuleset(
  { client, owner, repo }: RulesAsked,
  ruleset_id: number | undefined,
): Promise<Pick<RequiringRule, 'ruleset' | 'bypassers'>> {
  const hidden = { bypassers: { missing: 'ruleset' } } as const
  if (ruleset_id === undefined) return hidden
  const found = await unlessStatus(notShown, () =>
    client.rest.repos.getRepoRuleset({ owner, repo, ruleset_id, includes_parents: true }),
  )
  if (found === undefined) return hidden
  const { name, bypass_actors } = found.data
  return bypass_actors === undefined
    ? { ...hidden, ruleset: name }
    : { ruleset: name, bypassers: { known: bypass_actors.map(bypasserOf) } }
}

const kinds: Readonly<Record<string, Bypasser['kind']>> = {
  Integration: 'app',
  OrganizationAdmin: 'organization-owners',
  RepositoryRole: 'role',
  Team: 'team',
  DeployKey: 'deploy-keys',
  User: 'user',
}

/** GitHub's number of the role of administrators. */
const administrators = 5

function bypasserOf({ actor_type, actor_id, bypass_mode }: Actor): Bypasser {
  const onlyInPullRequests = bypass_mode === 'pull_request'
  if (actor_type === 'RepositoryRole' && actor_id === administrators)
    return { kind: 'administrators', onlyInPullRequests }
  const isNumbered = !['OrganizationAdmin', 'DeployKey'].includes(actor_type)
  return {
    kind: kinds[actor_type] ?? 'somebody',
    ...(isNumbered && typeof actor_id === 'number' && { id: actor_id }),
    onlyInPullRequests,
  }
}
