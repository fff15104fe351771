import type { World as Evaluating } from './check-pull-request.ts'
import type { BranchPush, Judged, PushHistory, PushOrigin, PushRequest, Repository } from './ports.ts'
import { mattersTo } from './reading/matters-to.ts'
import { namesOf } from './reading/read-sides.ts'
import { patience } from './work/patience.ts'
import { isForGitHubToEnd, isWorthAnotherTry, reasonOfFault, type Undone } from './work/reason-of-fault.ts'

/** What it takes to tell of a push. */
export interface World extends Evaluating {
  readonly history: PushHistory
}

/**
 * What a branch has come to hold is judged like a pull request, with the same people where one was merged; where it would not
 * have been let in, that is told on its commit. What came in rightly is told nowhere. Returns what GitHub
 * keeps from us, for another try: a check that had to be taken back would stand on a commit with which nothing is wrong.
 */
export async function checkPush({ push, ...at }: PushRequest, world: World): Promise<Undone | undefined> {
  const { publisher, log, pause } = world
  for (const wait of [...patience, undefined]) {
    try {
      const publication = await judgePush({ push, ...at }, world)
      if (publication === undefined || publication.report.conclusion === 'success') return undefined
      await publisher.tellOfPush(push, publication)
      world.decisions.keep(publication.decision, push.after)
      log.warn({ ...at, push, title: publication.report.title }, 'a branch holds what was not agreed to')
      return undefined
    } catch (error) {
      log.error({ err: error, ...at, push }, 'what a push has done could not be told')
      if (wait !== undefined && isWorthAnotherTry(error)) await pause(wait)
      else if (isForGitHubToEnd(error)) return { error, lacks: 'verdict' }
      else {
        await publisher.tellOfPush(push, { kind: 'fault', because: reasonOfFault(error), again: 'by-hand' })
        return undefined
      }
    }
  }
  return undefined
}

async function judgePush({ push }: PushRequest, world: World): Promise<Judged | undefined> {
  const origin = await world.history.origin(push)
  if (origin.kind === 'judged' || (await wasGreen(origin, push, world.repository))) return undefined
  const { pull, kind, by } = origin
  return world.judge(
    pull,
    { ...world, repository: afterwards(world, kind) },
    {
      branch: push.branch,
      ...(by === undefined ? {} : { by: by.login }),
      ...(kind === 'merged' ? { number: pull.ref.number } : {}),
    },
  )
}

/**
 * Whether the last verdict on a merged pull request was a success for this very base, or for one that differs from it by nothing
 * that matters. It was given while its branch was there, and everybody could still be asked.
 */
async function wasGreen(
  origin: Exclude<PushOrigin, { readonly kind: 'judged' }>,
  { before }: BranchPush,
  repository: Repository,
): Promise<boolean> {
  if (origin.kind === 'direct' || origin.greenAt === undefined) return false
  const { pull, greenAt } = origin
  if (greenAt === before) return true
  const base = { ...pull.base, tip: greenAt }
  const moved = await repository.mergedSide({ ...pull, base, group: { sha: before, parent: greenAt } })
  if (moved.kind === 'conflict' || moved.kind === 'unknown') return false
  const isLink = moved.changed.some(({ link }) => link !== undefined)
  return !isLink && !(await mattersTo({ tip: before, paths: moved.changed.flatMap(namesOf) }, repository))
}

/** There is no diff to comment on any more, and no check that another's could pass for. */
function afterwards(
  { repository, history }: World,
  kind: Exclude<PushOrigin['kind'], 'judged'>,
): World['repository'] {
  return {
    ...repository,
    impostors: async () => [],
    diffLines: async () => new Map(),
    ...(kind === 'direct' ? { people: history.people } : {}),
  }
}
