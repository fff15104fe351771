import type { Context, Probot } from 'probot'
import type { RepositoryRef } from './app/ports.ts'
import { MalformedEvent } from './app/work/malformed-event.ts'
import type { Scope } from './app/work/scope.ts'
import { budgets } from './domain/budgets.ts'
import { configurationPath } from './domain/policy/configuration/policy.ts'
import { isCheckName } from './github/checks/check-name.ts'
import { pushOf, subjectOf } from './github/checks/external-id.ts'
import { queuedOn } from './github/checks/queue-branch.ts'
import { personOf } from './github/people/person.ts'
import { defaultsRepository } from './github/trees/default-configuration.ts'

export interface BotOptions {
  readonly appId: number
  /** Resolves once the request is kept: GitHub waits ten seconds for an answer. */
  readonly request: (scope: Scope) => Promise<void>
}

interface Payload {
  readonly installation?: { readonly id: number } | null | undefined
  readonly repository: { readonly name: string; readonly owner: { readonly login: string } | null }
}

type EventName = Context['name']
type Ask = (scope: Scope) => void

/** Has events of these names decoded; what each asks for is asked once all of it is known. */
type Register = <E extends EventName>(names: E[], decode: (event: Context<E>, ask: Ask) => void) => void

function registerOn(app: Probot, { request }: BotOptions): Register {
  return (names, decode) => {
    app.on(names, async (event) => {
      const scopes: Scope[] = []
      try {
        decode(event, (scope) => scopes.push(whole(scope)))
      } catch (error) {
        throw new MalformedEvent(`${event.name} is not as GitHub sends it`, { cause: error })
      }
      for (const scope of scopes) await request(scope)
    })
  }
}

/** What lacks a value was decoded from something else than it seemed. */
function whole<T extends object>(value: T): T {
  for (const [name, each] of Object.entries(value)) {
    if (each === undefined) throw new TypeError(`there is no ${name}`)
    if (typeof each === 'object' && each !== null) whole(each)
  }
  return value
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

function onPullRequests(on: Register): void {
  function add(payload: Payload, number: number, ask: Ask): void {
    const repository = repositoryOf(payload)
    if (repository !== undefined) ask({ kind: 'pull-request', ref: { ...repository, number } })
  }
  on(
    [
      'pull_request.opened',
      'pull_request.reopened',
      'pull_request.ready_for_review',
      'pull_request.converted_to_draft',
    ],
    ({ payload }, ask) => add(payload, payload.pull_request.number, ask),
  )
  on(
    ['pull_request_review.submitted', 'pull_request_review.edited', 'pull_request_review.dismissed'],
    ({ payload }, ask) => {
      // A mere comment is no opinion; and GitHub wraps each review comment of ours in one, which would never end.
      if (payload.review.state !== 'commented') add(payload, payload.pull_request.number, ask)
    },
  )
}

/** Whoever leaves a head, or a base, leaves others there that shared a check run: it may hold the verdict of the one that left. */
function onPullRequestsLeaving(on: Register): void {
  on(['pull_request.synchronize'], ({ payload }, ask) => {
    const repository = repositoryOf(payload)
    if (repository === undefined) return
    const { number, head } = payload.pull_request
    const ref = { ...repository, number }
    // GitHub keeps who pushed to a branch of the repository itself; of a fork only this event says so.
    const isFork = (head.repo?.id ?? payload.repository.id) !== payload.repository.id
    if (isFork) ask({ kind: 'pushed-fork', ref, head: head.sha, by: payload.sender.login })
    else ask({ kind: 'pull-request', ref })
    ask({ kind: 'head', repository, sha: payload.before })
  })
  on(['pull_request.edited'], ({ payload }, ask) => {
    const repository = repositoryOf(payload)
    // A new title changes nothing; a new base leaves the old verdict on the same head, which it has still itself.
    if (repository === undefined || payload.changes.base === undefined) return
    ask({ kind: 'head', repository, sha: payload.pull_request.head.sha })
  })
  on(['pull_request.closed'], ({ payload }, ask) => {
    const repository = repositoryOf(payload)
    if (repository === undefined) return
    const { number, merged, head } = payload.pull_request
    if (merged !== true) ask({ kind: 'pull-request', ref: { ...repository, number } })
    // Another one with the same head shares its check run.
    ask({ kind: 'head', repository, sha: head.sha })
  })
}

function onChecks(on: Register, { appId }: Pick<BotOptions, 'appId'>): void {
  function again(
    payload: Payload,
    run: { readonly external_id: string | null; readonly head_sha: string },
    ask: Ask,
  ): void {
    const repository = repositoryOf(payload)
    const subject = subjectOf(run.external_id, run.head_sha)
    const push = pushOf(run.external_id, run.head_sha)
    if (repository === undefined) return
    if (push !== undefined) ask({ kind: 'push', repository, push, isDefault: 'yes' })
    else if (subject === undefined) ask({ kind: 'head', repository, sha: run.head_sha })
    else ask({ kind: 'pull-request', ref: { ...repository, ...subject } })
  }
  on(['check_run.rerequested', 'check_run.requested_action'], ({ payload }, ask) =>
    again(payload, payload.check_run, ask),
  )
  on(['check_suite.rerequested'], ({ payload }, ask) => {
    const { head_branch, head_sha } = payload.check_suite
    const repository = repositoryOf(payload)
    const number = queuedOn(head_branch ?? '')
    if (repository === undefined) return
    // No open pull request has the commit of a queue for its head; whatever evaluates one evaluates its turns, too.
    if (number === undefined) ask({ kind: 'head', repository, sha: head_sha })
    else ask({ kind: 'pull-request', ref: { ...repository, number } })
  })
  on(['check_run.created', 'check_run.completed'], ({ payload }, ask) => {
    const { name, app: author, head_sha } = payload.check_run
    const repository = repositoryOf(payload)
    // Somebody else's run under our name has to be answered by a failure of ours.
    if (repository !== undefined && isCheckName(name) && author?.id !== appId) {
      ask({ kind: 'head', repository, sha: head_sha })
    }
  })
}

/** What the repository `.github` says holds for the owner's repositories without a configuration. */
function askAboutDefaults({ installation, owner, repo }: RepositoryRef, ask: Ask): void {
  if (repo.toLowerCase() === defaultsRepository) ask({ kind: 'defaults', installation, owner })
}

function onBranches(on: Register): void {
  on(['push'], ({ payload }, ask) => {
    const repository = repositoryOf(payload)
    const branch = /^refs\/heads\/(?<branch>.+)$/.exec(payload.ref)?.groups?.['branch']
    if (repository === undefined || branch === undefined || payload.deleted) return
    // The queue's own branches are nobody's base.
    if (branch.startsWith('gh-readonly-queue/')) return
    const { before, after, sender } = payload
    const isDefault = payload.repository.default_branch === branch ? 'yes' : 'no'
    const paths = pathsOf(payload)
    if (isDefault === 'yes' && (paths?.includes(configurationPath) ?? true)) askAboutDefaults(repository, ask)
    const changed = paths === undefined ? {} : { paths }
    ask({ kind: 'base', repository, branch, tip: after, ...changed })
    // A new branch says nothing that is not said elsewhere already.
    if (before === nobody) return
    const by = sender === undefined ? {} : { by: personOf(sender) }
    ask({ kind: 'push', repository, push: { branch, before, after, ...by }, isDefault, ...changed })
  })
}

function onRepository(on: Register): void {
  on(['repository.edited'], ({ payload }, ask) => {
    const repository = repositoryOf(payload)
    // The names of all checks depend on which branch is the default one: an old verdict would pass for another base's.
    if (repository !== undefined && payload.changes.default_branch !== undefined) {
      ask({ kind: 'repository', repository })
      askAboutDefaults(repository, ask)
    }
  })
}

function onMergeQueue(on: Register): void {
  on(['merge_group.checks_requested'], ({ payload, log }, ask) => {
    const { head_ref, head_sha, base_sha } = payload.merge_group
    const repository = payload.repository && repositoryOf({ ...payload, repository: payload.repository })
    const number = queuedOn(head_ref)
    if (repository === undefined || number === undefined) {
      // Without a verdict the queue gives the group up by itself, so the gate stays shut.
      log.error({ head_ref }, 'the pull request of a merge group is not known')
      return
    }
    const group = { sha: head_sha, parent: base_sha }
    ask({ kind: 'pull-request', ref: { ...repository, number, group } })
  })
}

function onTeams(on: Register): void {
  on(
    [
      'membership.added',
      'membership.removed',
      'team.edited',
      'team.deleted',
      'team.added_to_repository',
      'team.removed_from_repository',
    ],
    ({ payload }, ask) => {
      const installation = payload.installation?.id
      const organization = payload.organization?.login
      if (installation === undefined || organization === undefined) return
      ask({ kind: 'teams', installation, organization })
    },
  )
}

/** Whoever leaves an organisation or a repository may write there no more, and what they approved counts no more. */
function onMembers(on: Register): void {
  on(['organization.member_added', 'organization.member_removed'], ({ payload }, ask) => {
    const installation = payload.installation?.id
    const login = payload.membership.user?.login
    if (installation === undefined) return
    const organization = payload.organization.login
    ask({ kind: 'teams', installation, organization, ...(login === undefined ? {} : { login }) })
  })
  on(['member.added', 'member.edited', 'member.removed'], ({ payload }, ask) => {
    const repository = repositoryOf(payload)
    if (repository !== undefined) ask({ kind: 'repository', repository })
  })
  on(['installation_repositories.added'], ({ payload }, ask) => {
    const { id, account } = payload.installation
    if (account === null || !('login' in account)) return
    for (const { name } of payload.repositories_added) {
      ask({
        kind: 'repository',
        repository: { installation: id, owner: account.login, repo: name },
      })
    }
  })
}

/** The Probot app: decodes each event into the pull requests that it concerns, asks for them, and answers. */
export function createBot(options: BotOptions): (app: Probot) => void {
  return (app) => {
    const on = registerOn(app, options)
    onPullRequests(on)
    onPullRequestsLeaving(on)
    onChecks(on, options)
    onBranches(on)
    onRepository(on)
    onMergeQueue(on)
    onTeams(on)
    onMembers(on)
  }
}
