import { checkPullRequest } from './check-pull-request.ts'
import { configurationPath } from './domain/policy/policy.ts'
import { isJudgeFile } from './domain/policy/touched.ts'
import { assertNever } from './domain/source/assert-never.ts'
import type {
  CheckQueue,
  CheckRequest,
  Forge,
  Log,
  PullRequestRef,
  QueueOptions,
  Repository,
  RepositoryRef,
  Scope,
} from './ports.ts'
import { wantedBy } from './read-proposal.ts'
import { areNamed } from './read-sides.ts'

export interface WorkerOptions {
  readonly forge: Forge
  readonly createQueue: (options: QueueOptions) => CheckQueue
  /** Pull requests that are evaluated at the same time. */
  readonly concurrency: number
  readonly log: Log
  readonly pause: (milliseconds: number) => Promise<void>
  readonly today: () => string
}

/** Evaluates what is asked for. */
export interface Worker {
  /** Returns at once. */
  request(scope: Scope): void
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>
  /** Takes nothing more, and resolves when everything that was asked for is done. */
  close(): Promise<void>
}

/** Between one failed attempt to reach the forge and the next. */
const patience = [2_000, 10_000]

/** Evaluates pull requests from a queue; a scope is first resolved to the pull requests that are open now. */
export function createWorker(options: WorkerOptions): Worker {
  const { forge, createQueue, concurrency, log } = options
  const queue = createQueue({ concurrency, log, run: (ref) => evaluate(ref, options) })
  const resolving = new Set<Promise<void>>()

  async function settle(): Promise<void> {
    while (resolving.size > 0) await Promise.all(resolving)
  }

  return {
    request(scope) {
      if (scope.kind === 'pull-request') {
        queue.add(scope.ref)
        return
      }
      const task = resolve(scope, queue, options).finally(() => resolving.delete(task))
      resolving.add(task)
    },
    async idle() {
      await settle()
      await queue.idle()
    },
    async close() {
      await settle()
      await queue.close()
    },
  }

  async function evaluate(ref: CheckRequest, { pause, today }: WorkerOptions): Promise<void> {
    const connection = await persist(() => forge.connect(ref), options)
    const world = { ...connection, log, pause, today }
    await checkPullRequest(ref, world)
    if (ref.group !== undefined) return
    // What was said of it meanwhile concerns its turn in a merge queue, too, on whose commit an older verdict stands.
    const groups = await persist(() => connection.repository.mergeGroups(ref.number), options)
    for (const group of groups) await checkPullRequest({ ...ref, group }, world)
  }
}

/** Tries again what failed, for a while. */
async function persist<T>(work: () => Promise<T>, { log, pause }: WorkerOptions): Promise<T> {
  for (const wait of patience) {
    try {
      return await work()
    } catch (error) {
      log.warn({ err: error }, 'the forge could not be reached; it is tried again')
      await pause(wait)
    }
  }
  return work()
}

async function resolve(scope: Scope, queue: CheckQueue, options: WorkerOptions): Promise<void> {
  try {
    for (const ref of await persist(() => pullRequestsIn(scope, options), options)) queue.add(ref)
  } catch (error) {
    options.log.error({ err: error, scope }, 'pull requests could not be listed')
  }
}

async function pullRequestsIn(scope: Scope, options: WorkerOptions): Promise<readonly PullRequestRef[]> {
  const { forge } = options
  switch (scope.kind) {
    case 'pull-request':
      return [scope.ref]
    case 'head': {
      const { repository } = await forge.connect(scope.repository)
      return repository.openPullRequests({ headSha: scope.sha })
    }
    case 'base': {
      const { repository } = await forge.connect(scope.repository)
      const into = await repository.openPullRequests({ base: scope.branch })
      return into.length > 0 && (await mattersTo(scope, repository)) ? into : []
    }
    case 'repository': {
      const { repository } = await forge.connect(scope.repository)
      return repository.openPullRequests()
    }
    case 'teams':
      return dependents(scope, options)
    default:
      return assertNever(scope)
  }
}

/** A push that changes no manifest, no layer with what it names, no CODEOWNERS and no configuration leaves every verdict as it was. */
async function mattersTo({ tip, paths }: Scope & { kind: 'base' }, repository: Repository): Promise<boolean> {
  if (paths === undefined || paths.some(isJudgeFile)) return true
  const side = { kind: 'tip', sha: tip } as const
  const { files } = await repository.files(side, (path) => path === configurationPath)
  const wanted = wantedBy(files[0])
  return paths.some(wanted) || areNamed(paths, { tip: side, wanted, repository })
}

/** A repository that cannot be read does not keep the event from the others. */
async function dependents(
  scope: Scope & { kind: 'teams' },
  options: WorkerOptions,
): Promise<readonly PullRequestRef[]> {
  const { forge, log } = options
  const found: PullRequestRef[] = []
  for (const at of await forge.repositories(scope.installation)) {
    if (at.owner.toLowerCase() !== scope.organization.toLowerCase()) continue
    try {
      found.push(...(await persist(() => dependentsIn(at, scope, options), options)))
    } catch (error) {
      log.error({ err: error, ...at }, 'what depends on teams there is not known')
    }
  }
  return found
}

async function dependentsIn(
  at: RepositoryRef,
  { organization }: Scope & { kind: 'teams' },
  { forge, log }: WorkerOptions,
): Promise<readonly PullRequestRef[]> {
  const { repository } = await forge.connect(at)
  const found: PullRequestRef[] = []
  for (const ref of await repository.openPullRequests()) {
    const depends = await namesTeams(ref, organization, repository).catch((error: unknown) => {
      log.warn({ err: error, ...ref }, 'whether it depends on teams is not known; it is evaluated')
      return true
    })
    if (depends) found.push(ref)
  }
  return found
}

/** Whether a team of the organisation decides anything here; most repositories of an installation hold no mesh. */
async function namesTeams(
  ref: PullRequestRef,
  organization: string,
  repository: Repository,
): Promise<boolean> {
  const { base } = await repository.pullRequest(ref.number)
  const { files } = await repository.files({ kind: 'tip', sha: base.tip }, isJudgeFile)
  const prefix = `@${organization}/`.toLowerCase()
  return files.some(({ text }) => text.toLowerCase().includes(prefix))
}
