import type { Probot } from 'probot'
import type { RepositoryRef } from './app/ports.ts'
import type { Scope } from './app/scope.ts'
import { budgets } from './domain/budgets.ts'
import { isCheckName } from './github/checks/check-name.ts'
import { pushOf, subjectOf } from './github/checks/external-id.ts'
import { queuedOn } from './github/checks/queue-branch.ts'
import { personOf } from './github/people/person.ts'

export interface BotOptions {
  readonly appId: number
  /** Resolves once the request is kept: GitHub waits ten seconds for an answer. */
  readonly request: (scope: Scope) => Promise<void>
}

interface Payload {
  readonly installation?: { readonly id: number } | null | undefined
  readonly repository: { readonly name: string; readonly owner: { readonly login: string } | null }
}

/** Commits of a push that GitHub lists in its event; a longer list may be cut off. */
const listedCommits = budgets.listedCommits.size

const nobody = '0'.repeat(40)

function repositoryOf({ installation, repository }: Payload): RepositoryRef | undefined {
  // Without an installation nothing could be read or written.
  if (installation === null || installation === undefined || repository.owner === null) return undefined
  return { installation: installation.id, owner: repository.owner.login, repo: repository.name }
}

interface Push {
  readonly before: string
  readonly forced: boolean
  readonly commits: readonly {
    readonly added?: readonly string[] | undefined
    readonly modified?: readonly string[] | undefined
    readonly removed?: readonly string[] | undefined
  }[]
}

/** Every path that a push changed, or undefined where its event may not list them all. */
function pathsOf({ before, forced, commits }: Push): readonly string[] | undefined {
  if (forced || before === nobody || commits.length === 0 || commits.length >= listedCommits) return undefined
  const paths = commits.map(({ added, modified, removed }) =>
    [added, modified, removed].flatMap((each) => each ?? []),
  )
  // A commit without any may be a merge that keeps the files of one side: what is merged next has another merge base then.
  return paths.some((each) => each.length === 0) ? undefined : paths.flat()
}

function onPullRequests(app: Probot, { request }: BotOptions): void {
  async function add(payload: Payload, number: number): Promise<void> {
    const repository = repositoryOf(payload)
    if (repository !== undefined) await request({ kind: 'pull-request', ref: { ...repository, number } })
  }
  app.on(
    [
      'pull_request.opened',
      'pull_request.reopened',
      'pull_request.ready_for_review',
      'pull_request.converted_to_draft',
    ],
    async ({ payload }) => add(payload, payload.pull_request.number),
  )
  app.on(
    ['pull_request_review.submitted', 'pull_request_review.edited', 'pull_request_review.dismissed'],
    async ({ payload }) => {
      // A mere comment is no opinion; and GitHub wraps each review comment of ours in one, which would never end.
      if (payload.review.state !== 'commented') await add(payload, payload.pull_request.number)
    },
  )
}

/** Whoever leaves a head, or a base, leaves others there that shared a check run: it may hold the verdict of the one that left. */
function onPullRequestsLeaving(app: Probot, { request }: BotOptions): void {
  app.on('pull_request.synchronize', async ({ payload }) => {
    const repository = repositoryOf(payload)
    if (repository === undefined) return
    const { number, head } = payload.pull_request
    const ref = { ...repository, number }
    // GitHub keeps who pushed to a branch of the repository itself; of a fork only this event says so.
    const isFork = (head.repo?.id ?? payload.repository.id) !== payload.repository.id
    if (isFork) await request({ kind: 'pushed-fork', ref, head: head.sha, by: payload.sender.login })
    else await request({ kind: 'pull-request', ref })
    await request({ kind: 'head', repository, sha: payload.before })
  })
  app.on('pull_request.edited', async ({ payload }) => {
    const repository = repositoryOf(payload)
    // A new title changes nothing; a new base leaves the old verdict on the same head, which it has still itself.
    if (repository === undefined || payload.changes.base === undefined) return
    await request({ kind: 'head', repository, sha: payload.pull_request.head.sha })
  })
  app.on('pull_request.closed', async ({ payload }) => {
    const repository = repositoryOf(payload)
    if (repository === undefined) return
    const { number, merged, head } = payload.pull_request
    if (merged !== true) await request({ kind: 'pull-request', ref: { ...repository, number } })
    // Another one with the same head shares its check run.
    await request({ kind: 'head', repository, sha: head.sha })
  })
}

function onChecks(app: Probot, { appId, request }: BotOptions): void {
  async function again(
    payload: Payload,
    run: { readonly external_id: string | null; readonly head_sha: string },
  ): Promise<void> {
    const repository = repositoryOf(payload)
    const subject = subjectOf(run.external_id, run.head_sha)
    const push = pushOf(run.external_id, run.head_sha)
    if (repository === undefined) return
    if (push !== undefined) await request({ kind: 'push', repository, push, isDefault: 'yes' })
    else if (subject === undefined) await request({ kind: 'head', repository, sha: run.head_sha })
    else await request({ kind: 'pull-request', ref: { ...repository, ...subject } })
  }
  app.on(['check_run.rerequested', 'check_run.requested_action'], async ({ payload }) =>
    again(payload, payload.check_run),
  )
  app.on('check_suite.rerequested', async ({ payload }) => {
    const { head_branch, head_sha } = payload.check_suite
    const repository = repositoryOf(payload)
    const number = queuedOn(head_branch ?? '')
    if (repository === undefined) return
    // No open pull request has the commit of a queue for its head; whatever evaluates one evaluates its turns, too.
    if (number === undefined) await request({ kind: 'head', repository, sha: head_sha })
    else await request({ kind: 'pull-request', ref: { ...repository, number } })
  })
  app.on(['check_run.created', 'check_run.completed'], async ({ payload }) => {
    const { name, app: author, head_sha } = payload.check_run
    const repository = repositoryOf(payload)
    // Somebody else's run under our name has to be answered by a failure of ours.
    if (repository !== undefined && isCheckName(name) && author?.id !== appId) {
      await request({ kind: 'head', repository, sha: head_sha })
    }
  })
}

function onBranches(app: Probot, { request }: BotOptions): void {
  app.on('push', async ({ payload }) => {
    const repository = repositoryOf(payload)
    const branch = /^refs\/heads\/(?<branch>.+)$/.exec(payload.ref)?.groups?.['branch']
    if (repository === undefined || branch === undefined || payload.deleted) return
    // The queue's own branches are nobody's base.
    if (branch.startsWith('gh-readonly-queue/')) return
    const { before, after, sender } = payload
    const paths = pathsOf(payload)
    const changed = paths === undefined ? {} : { paths }
    await request({ kind: 'base', repository, branch, tip: after, ...changed })
    // A new branch says nothing that is not said elsewhere already.
    if (before === nobody) return
    const isDefault = payload.repository.default_branch === branch ? 'yes' : 'no'
    const by = sender === undefined ? {} : { by: personOf(sender) }
    await request({ kind: 'push', repository, push: { branch, before, after, ...by }, isDefault, ...changed })
  })
}

function onRepository(app: Probot, { request }: BotOptions): void {
  app.on('repository.edited', async ({ payload }) => {
    const repository = repositoryOf(payload)
    // The names of all checks depend on which branch is the default one: an old verdict would pass for another base's.
    if (repository !== undefined && payload.changes.default_branch !== undefined) {
      await request({ kind: 'repository', repository })
    }
  })
}

function onMergeQueue(app: Probot, { request }: BotOptions): void {
  app.on('merge_group.checks_requested', async ({ payload, log }) => {
    const { head_ref, head_sha, base_sha } = payload.merge_group
    const repository = payload.repository && repositoryOf({ ...payload, repository: payload.repository })
    const number = queuedOn(head_ref)
    if (repository === undefined || number === undefined) {
      // Without a verdict the queue gives the group up by itself, so the gate stays shut.
      log.error({ head_ref }, 'the pull request of a merge group is not known')
      return
    }
    const group = { sha: head_sha, parent: base_sha }
    await request({ kind: 'pull-request', ref: { ...repository, number, group } })
  })
}

function onTeams(app: Probot, { request }: BotOptions): void {
  app.on(
    [
      'membership.added',
      'membership.removed',
      'team.edited',
      'team.deleted',
      'team.added_to_repository',
      'team.removed_from_repository',
    ],
    async ({ payload }) => {
      const installation = payload.installation?.id
      const organization = payload.organization?.login
      if (installation === undefined || organization === undefined) return
      await request({ kind: 'teams', installation, organization })
    },
  )
}

/** Whoever leaves an organisation or a repository may write there no more, and what they approved counts no more. */
function onMembers(app: Probot, { request }: BotOptions): void {
  app.on(['organization.member_added', 'organization.member_removed'], async ({ payload }) => {
    const installation = payload.installation?.id
    const login = payload.membership.user?.login
    if (installation === undefined) return
    const organization = payload.organization.login
    await request({ kind: 'teams', installation, organization, ...(login === undefined ? {} : { login }) })
  })
  app.on(['member.added', 'member.edited', 'member.removed'], async ({ payload }) => {
    const repository = repositoryOf(payload)
    if (repository !== undefined) await request({ kind: 'repository', repository })
  })
  app.on('installation_repositories.added', async ({ payload }) => {
    const { id, account } = payload.installation
    if (account === null || !('login' in account)) return
    for (const { name } of payload.repositories_added) {
      await request({
        kind: 'repository',
        repository: { installation: id, owner: account.login, repo: name },
      })
    }
  })
}

/** The Probot app: decodes each event into the pull requests that it concerns, asks for them, and answers. */
export function createBot(options: BotOptions): (app: Probot) => void {
  return (app) => {
    onPullRequests(app, options)
    onPullRequestsLeaving(app, options)
    onChecks(app, options)
    onBranches(app, options)
    onRepository(app, options)
    onMergeQueue(app, options)
    onTeams(app, options)
    onMembers(app, options)
  }
}
