import type { BranchPush, PullRequest, PushOrigin, RepositoryRef } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { checkNameFor } from '../checks/check-name.ts'
import { subjectOf } from '../checks/external-id.ts'
import { readGreenBase } from '../checks/verdict-base.ts'
import { type AppClient, unlessStatus } from '../client.ts'
import { personOf } from '../people/person.ts'

/** What it takes to find out where a push came from. */
export interface PushOriginOptions extends AppClient {
  readonly at: RepositoryRef
  readonly pullRequest: (number: number) => Promise<PullRequest>
  readonly pause: (milliseconds: number) => Promise<void>
}

/** How long GitHub is given to record a push, and to mark what it merged. */
const patience = [1000, 4000]

/** Commits of a merge queue in one push. */
const mostQueued = budgets.queuedCommits.size

/** What GitHub records of merges that it makes itself; anything else was pushed by somebody. */
const merges: readonly string[] = ['pr_merge', 'merge_queue_merge']

async function readActivity({ client, at }: PushOriginOptions, { branch, before, after }: BranchPush) {
  const listed = await unlessStatus([403, 404], () =>
    client.rest.repos.listActivities({
      owner: at.owner,
      repo: at.repo,
      ref: `refs/heads/${branch}`,
      direction: 'desc',
      per_page: 100,
    }),
  )
  return listed?.data.find((entry) => entry.before === before && entry.after === after)
}

/** The pull request that GitHub says a commit of this branch merged, or whose head it is. */
async function readMerged(
  { client, at, pullRequest }: PushOriginOptions,
  { branch, after }: BranchPush,
): Promise<PullRequest | undefined> {
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    owner: at.owner,
    repo: at.repo,
    commit_sha: after,
  })
  const found = data.find(({ merged_at, base }) => merged_at !== null && base.ref === branch)
  return found === undefined ? undefined : pullRequest(found.number)
}

/** Whether a chain of successful verdicts on commits of the queue leads from the new tip back to the old one. */
async function isJudged(
  { client, at, appId }: PushOriginOptions,
  { branch, before, after }: BranchPush,
  defaultBranch: string,
): Promise<boolean> {
  let sha = after
  for (let steps = 0; sha !== before; steps++) {
    const { data } = await client.rest.checks.listForRef({
      owner: at.owner,
      repo: at.repo,
      ref: sha,
      check_name: checkNameFor(branch, defaultBranch),
      app_id: appId,
      filter: 'latest',
    })
    const run = data.check_runs.find(({ app }) => app?.id === appId)
    const group = run?.conclusion === 'success' ? subjectOf(run.external_id, sha)?.group : undefined
    if (group === undefined || steps === mostQueued) return false
    sha = group.parent
  }
  return true
}

/** The two commits of the push as the two sides of a pull request. */
function sidesOf({ branch, before, after }: BranchPush): Pick<PullRequest, 'base' | 'group'> {
  return { base: { branch, tip: before }, group: { sha: after, parent: before } }
}

/** Reads until the forge has what is asked for, or for as long as it is given. */
async function patiently<T>(
  { pause }: PushOriginOptions,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const milliseconds of patience) {
    const found = await read()
    if (found !== undefined) return found
    await pause(milliseconds)
  }
  return read()
}

/**
 * How a push came about: by what GitHub has recorded of the branch, never by what the commits say of themselves. A commit that
 * somebody pushed counts as the merge of a pull request only if it is its very head, on top of what was there: a merge made
 * elsewhere may hold more, and a forced push takes away what nobody has looked at.
 */
export async function readPushOrigin(options: PushOriginOptions, push: BranchPush): Promise<PushOrigin> {
  const { client, at } = options
  const [entry, repository] = await Promise.all([
    patiently(options, () => readActivity(options, push)),
    client.rest.repos.get({ owner: at.owner, repo: at.repo }),
  ])
  const { default_branch: defaultBranch, owner } = repository.data
  const actor = entry?.actor === undefined || entry.actor === null ? push.by : personOf(entry.actor)
  const by = actor === undefined ? {} : { by: actor }
  const type = entry?.activity_type
  if (type === 'merge_queue_merge' && (await isJudged(options, push, defaultBranch)))
    return { kind: 'judged' }
  const isMerge = type === undefined || merges.includes(type)
  const merged = isMerge
    ? await patiently(options, () => readMerged(options, push))
    : await readMerged(options, push)
  const isItsHead = type === 'push' && merged?.head.sha === push.after
  if (merged !== undefined && (isMerge || isItsHead)) {
    const greenAt = await readGreenBase(options, merged)
    const pull = { ...merged, ...sidesOf(push) }
    return { kind: 'merged', pull, ...by, ...(greenAt === undefined ? {} : { greenAt }) }
  }
  if (isMerge && type !== undefined) throw new Error('GitHub does not say what it has merged')
  return {
    kind: 'direct',
    ...by,
    pull: {
      ref: { ...at, number: 0 },
      state: 'merged',
      draft: false,
      author: actor ?? personOf(null),
      head: { sha: push.after, branch: push.branch, repository: `${at.owner}/${at.repo}` },
      ...sidesOf(push),
      defaultBranch,
      ...(owner.type === 'Organization' ? { organization: owner.login } : {}),
      mergeable: 'unknown',
      requestedReviewers: [],
    },
  }
}
