import { ApiError, notFound } from '../../access/api-error.ts'
import { roleOf } from '../../access/permissions.ts'
import { readCommit } from '../../git/objects.ts'
import { branchTip, listReferences } from '../../git/references.ts'
import { presentUser } from '../../present/accounts.ts'
import { presentCommit } from '../../present/git.ts'
import { branchUrl, presentFullRepository, repositoryPage, repositoryUrl } from '../../present/repository.ts'
import { type Json, numberAt, textAt } from '../../state/json.ts'
import { nodeId } from '../../state/names.ts'
import type { Activity, Protection } from '../../state/repository.ts'
import type { World } from '../../state/world.ts'
import { caller, ok, paginated, parameter, type Reply, type RepositoryCall, type Route } from '../call.ts'
import { hourlyAllowance } from '../rate-limit.ts'

function enforcementOf(rule: Protection | undefined): string {
  if (rule === undefined || rule.requiredChecks.length === 0) return 'off'
  return rule.enforceAdmins === false ? 'non_admins' : 'everyone'
}

/** Of classic protection; rulesets are listed elsewhere. */
function protection(call: RepositoryCall, branch: string): Json {
  const { world, repository } = call
  const rule = repository.protections.get(branch)
  const url = branchUrl(world, repository, branch)
  const contexts = rule?.requiredChecks ?? []
  return {
    protected: rule !== undefined,
    protection: {
      enabled: rule !== undefined,
      required_status_checks: {
        enforcement_level: enforcementOf(rule),
        contexts,
        checks: contexts.map((context) => ({ context, app_id: rule?.checksBy ?? null })),
      },
    },
    protection_url: `${url}/protection`,
  }
}

async function readBranch(call: RepositoryCall): Promise<Json> {
  const { world, repository } = call
  const name = parameter(call, 'branch')
  const tip = await branchTip(repository.directory, name)
  const commit = tip && (await readCommit(repository.directory, tip))
  if (!commit) throw new ApiError(404, 'Branch not found')
  const path = name.split('/').map(encodeURIComponent).join('/')
  return {
    name,
    commit: presentCommit(world, repository, commit),
    _links: {
      self: `${repositoryUrl(world, repository)}/branches/${path}`,
      html: `${repositoryPage(world, repository)}/tree/${path}`,
    },
    ...protection(call, name),
  }
}

async function listBranches(call: RepositoryCall): Promise<Reply> {
  const { world, repository } = call
  const heads = 'refs/heads/'
  return paginated(call, listReferences(repository.directory, heads), {
    each: (reference) => {
      const name = reference.name.slice(heads.length)
      const { sha } = reference
      const url = `${repositoryUrl(world, repository)}/commits/${sha}`
      return { name, commit: { sha, url }, ...protection(call, name) }
    },
  })
}

function presentActivity(world: World, activity: Activity): Json {
  return {
    id: activity.id,
    node_id: nodeId('PushLog', activity.id),
    before: activity.before,
    after: activity.after,
    ref: activity.ref,
    timestamp: activity.at,
    activity_type: activity.type,
    actor: presentUser(world, activity.actor),
  }
}

/** Newest first; pages follow a cursor, here the id of the last entry shown. */
function listActivity(call: RepositoryCall): Reply {
  const { world, repository, query } = call
  const ref = textAt(query, 'ref')
  const actor = textAt(query, 'actor')?.toLowerCase()
  const type = textAt(query, 'activity_type')
  const size = Math.min(100, numberAt(query, 'per_page') ?? 30)
  const after = Number(textAt(query, 'after') ?? 0)
  const matching = repository.activity
    .filter(
      (entry) =>
        (ref === undefined || entry.ref === ref || entry.ref === `refs/heads/${ref}`) &&
        (actor === undefined || entry.actor.login.toLowerCase() === actor) &&
        (type === undefined || entry.type === type),
    )
    .toSorted((a, b) => (textAt(query, 'direction') === 'asc' ? a.id - b.id : b.id - a.id))
  const start = matching.findIndex(({ id }) => id === after) + 1
  const shown = matching.slice(start, start + size)
  const url = new URL(call.url)
  url.searchParams.set('after', String(shown.at(-1)?.id ?? 0))
  const more = start + size < matching.length
  return {
    status: 200,
    body: shown.map((entry) => presentActivity(world, entry)),
    headers: more ? { link: `<${url.href}>; rel="next"` } : {},
  }
}

function rateLimit(world: World): Json {
  const used = Math.min(hourlyAllowance, world.requests.length)
  const reset = Math.ceil(Date.now() / 3_600_000) * 3600
  const core = { limit: hourlyAllowance, used, remaining: hourlyAllowance - used, reset }
  return { resources: { core, search: { limit: 30, used: 0, remaining: 30, reset } }, rate: core }
}

/** A repository, its branches, and who moved them. */
export const repositoryRoutes: readonly Route[] = [
  { kind: 'token', operation: 'GET /rate_limit', run: (call) => ok(rateLimit(call.world)) },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}',
    permission: 'metadata',
    level: 'read',
    run: (call) => {
      if (call.repository.deleted) throw notFound()
      const role = roleOf(call.world, call.repository, caller(call))
      return ok(presentFullRepository(call.world, call.repository, role))
    },
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/branches',
    permission: 'contents',
    level: 'read',
    run: listBranches,
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/branches/{branch}',
    permission: 'contents',
    level: 'read',
    run: async (call) => ok(await readBranch(call)),
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/activity',
    permission: 'contents',
    level: 'read',
    run: (call) => listActivity(call),
  },
]
