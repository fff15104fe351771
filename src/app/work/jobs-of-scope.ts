import { isJudgeFile } from '../../domain/policy/touched.ts'
import { assertNever } from '../../domain/source/assert-never.ts'
import type { Forge, Job, PullRequestRef, Repository } from '../ports.ts'
import { mattersTo } from '../reading/matters-to.ts'
import { type Persisting, persist } from './patience.ts'
import type { Scope } from './scope.ts'

/** Whom to ask what a scope concerns. */
interface Asking extends Persisting {
  readonly forge: Forge
}

/** What a scope stands for now; what is asked of the forge on the way is asked again for a while. */
export async function jobsIn(scope: Scope, options: Asking): Promise<readonly Job[]> {
  const { forge } = options
  switch (scope.kind) {
    case 'pull-request':
      return [scope.ref]
    case 'pushed-fork':
      await persist(() => noteFork(scope, options), options).catch((error: unknown) =>
        options.log.error({ err: error, ...scope.ref }, 'who pushed to the fork is not noted'),
      )
      return [scope.ref]
    case 'head': {
      const { repository, publisher } = await forge.connect(scope.repository)
      const pulls = await repository.openPullRequests({ headSha: scope.sha })
      if (pulls.length === 0) await publisher.endAllOn(scope.sha)
      return pulls
    }
    case 'base': {
      const { repository } = await forge.connect(scope.repository)
      const into = await repository.openPullRequests({ base: scope.branch })
      return into.length > 0 && (await mattersTo(scope, repository)) ? into : []
    }
    case 'push': {
      const { push, isDefault, paths } = scope
      const { repository, history } = await forge.connect(scope.repository)
      const isGuarded = isDefault === 'yes' || (await history.isProtected(push.branch))
      return isGuarded && (await mattersTo({ tip: push.after, paths }, repository))
        ? [{ ...scope.repository, push }]
        : []
    }
    case 'repository': {
      const { repository } = await forge.connect(scope.repository)
      return repository.openPullRequests()
    }
    case 'defaults':
      return inEachOf(scope.owner, scope.installation, options, (repository) => judgedByDefaults(repository))
    case 'teams':
      return inEachOf(scope.organization, scope.installation, options, (repository) =>
        dependentsIn(repository, scope, options),
      )
    default:
      return assertNever(scope)
  }
}

/** Of an older head nobody asks who pushed it. */
async function noteFork(
  { ref, head, by }: Scope & { kind: 'pushed-fork' },
  { forge }: Asking,
): Promise<void> {
  const { repository, publisher } = await forge.connect(ref)
  const pull = await repository.pullRequestAlone(ref.number)
  if (pull.state === 'open' && pull.head.sha === head) await publisher.notePusher(pull, by)
}

type Find = (repository: Repository) => Promise<readonly PullRequestRef[]>

/** In all repositories of an owner; one that cannot be read does not keep the event from the others. */
async function inEachOf(
  owner: string,
  installation: number,
  options: Asking,
  find: Find,
): Promise<readonly PullRequestRef[]> {
  const { forge, log } = options
  const found: PullRequestRef[] = []
  for (const at of await forge.repositories(installation)) {
    if (at.owner.toLowerCase() !== owner.toLowerCase()) continue
    try {
      found.push(...(await persist(async () => find((await forge.connect(at)).repository), options)))
    } catch (error) {
      log.error({ err: error, ...at }, 'what an event concerns there is not known')
    }
  }
  return found
}

/** All but those whose verdict says that it rests on a configuration of their own. */
async function judgedByDefaults(repository: Repository): Promise<readonly PullRequestRef[]> {
  const standing = await repository.standing()
  const rests = standing.filter(({ run }) => run?.grounds === undefined || run.grounds.defaults !== undefined)
  return rests.map(({ ref }) => ref)
}

async function dependentsIn(
  repository: Repository,
  scope: Scope & { kind: 'teams' },
  { log }: Asking,
): Promise<readonly PullRequestRef[]> {
  const found: PullRequestRef[] = []
  for (const ref of await repository.openPullRequests()) {
    const depends = await namesThem(ref, scope, repository).catch((error: unknown) => {
      log.warn({ err: error, ...ref }, 'whether it depends on teams is not known; it is evaluated')
      return true
    })
    if (depends) found.push(ref)
  }
  return found
}

/** Whether a team of the organisation, or the person, decides anything here; most repositories of an installation hold no mesh. */
async function namesThem(
  ref: PullRequestRef,
  { organization, login }: Scope & { kind: 'teams' },
  repository: Repository,
): Promise<boolean> {
  const { base } = await repository.pullRequest(ref.number)
  const { files } = await repository.files({ kind: 'tip', sha: base.tip }, isJudgeFile)
  const defaults = await repository.defaultConfiguration()
  const texts = [...files, ...(defaults.kind === 'file' ? [defaults.file] : [])].map(({ text }) => text)
  const names = [`@${organization}/`, ...(login === undefined ? [] : [`@${login}`])]
  return texts.some((text) => names.some((name) => text.toLowerCase().includes(name.toLowerCase())))
}
