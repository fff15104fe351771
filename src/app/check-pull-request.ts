import { budgets } from '../domain/budgets.ts'
import type { Conclusion } from '../domain/policy/decision.ts'
import type { Abandonment } from './abandonment.ts'
import type { Decisions } from './decision.ts'
import type { Judge, World as Judging } from './judge-pull-request.ts'
import { refusalOf } from './missing-fact.ts'
import type {
  CheckRequest,
  CheckRun,
  Judged,
  Publication,
  Publisher,
  PullRequest,
  Repository,
} from './ports.ts'
import type { GitObjects } from './reading/git-objects.ts'
import { patience } from './work/patience.ts'
import {
  isForGitHubToEnd,
  isWorthAnotherTry,
  reasonOfFault,
  type Undone,
  type Unsaid,
} from './work/reason-of-fault.ts'

/** What an evaluation needs of the world. */
export interface World extends Judging {
  readonly repository: Repository
  readonly publisher: Publisher
  readonly objects: GitObjects
  readonly judge: Judge
  readonly decisions: Decisions
  readonly pause: (milliseconds: number) => Promise<void>
}

/** GitHub's limit of a summary, in characters. */
const longestSummary = budgets.checkText.size

const withdrawn: Abandonment = { kind: 'superseded', by: 'closed' }
const movedOn: Abandonment = { kind: 'superseded', by: 'moved-on' }

/** A pull request whose head or base moves more often than this during its evaluation is given up for now. */
const mostMoves = budgets.moves.size

/**
 * The one use case: reads a pull request afresh, judges what its merge would change, and publishes the verdict on a
 * check run of its own, which is in progress from the start so that no older verdict counts. Never publishes what is
 * no longer current; ends every run that it begins, without a verdict only as a failure or superseded. Returns what is
 * left undone and worth another try later.
 */
export async function checkPullRequest(request: CheckRequest, world: World): Promise<Undone | undefined> {
  const evaluation = await begin(request, world)
  return evaluation === undefined ? undefined : evaluate(evaluation, world)
}

/** Begins a run for what has to wait to be judged: whatever is known by now counts from now on. */
export async function beginWaiting(
  request: CheckRequest,
  world: Pick<World, 'repository' | 'publisher'>,
): Promise<CheckRequest> {
  const pull = inQueue(request, await world.repository.pullRequestAlone(request.number))
  return pull.state === 'open' ? { ...request, begun: await world.publisher.begin(pull) } : request
}

/** The pull request as it is now. */
async function read(request: CheckRequest, { repository }: Pick<World, 'repository'>): Promise<PullRequest> {
  return inQueue(request, await repository.pullRequest(request.number))
}

/** In a merge queue its base is what the queue puts before it. */
function inQueue({ group }: CheckRequest, pull: PullRequest): PullRequest {
  return group === undefined ? pull : { ...pull, base: { ...pull.base, tip: group.parent }, group }
}

/** Nothing can be said on a check run that could not be begun, so this is tried again before it is given up. */
async function begin(ref: CheckRequest, world: World, faults = 0): Promise<Evaluation | undefined> {
  try {
    const pull = await read(ref, world)
    const run = pull.state === 'open' ? await world.publisher.begin(pull, ref.begun) : undefined
    if (run?.id !== ref.begun?.id) await giveWay(ref, run ? movedOn : withdrawn, world)
    if (run !== undefined) return { pull, run, moves: 0, faults: 0 }
    if (pull.state === 'closed' && pull.group === undefined) await supersede(pull, world)
    await world.publisher.endOthers(pull, undefined)
    return undefined
  } catch (error) {
    const wait = patience[faults]
    if (wait === undefined) throw error
    world.log.warn({ err: error, ...ref, faults }, 'check run could not be begun')
    await world.pause(wait)
    return begin(ref, world, faults + 1)
  }
}

/** What was begun while it waited has its place taken by a newer run, or is for nothing: that it is ended as well holds up nobody. */
async function giveWay(
  { begun, ...ref }: CheckRequest,
  why: Abandonment,
  { publisher, log }: World,
): Promise<void> {
  if (begun === undefined) return
  await publisher
    .abandon(begun, why)
    .catch((error: unknown) =>
      log.warn({ err: error, ...ref }, 'a check run that gave way could not be ended'),
    )
}

/** A verdict that was given to what was withdrawn would satisfy the rule for another pull request of the same commits. */
async function supersede(pull: PullRequest, { repository, publisher }: World): Promise<void> {
  const same = await repository.openPullRequests({ base: pull.base.branch, headSha: pull.head.sha })
  // Theirs stands where there are others: they are evaluated themselves.
  if (same.some(({ number }) => number !== pull.ref.number)) return
  await publisher.abandon(await publisher.begin(pull), withdrawn)
}

interface Evaluation {
  readonly pull: PullRequest
  readonly run: CheckRun
  readonly moves: number
  readonly faults: number
}

/** What became of an attempt: it is over, or another one follows. */
type Step = { readonly undone?: Undone } | { readonly next: Evaluation }

async function evaluate(evaluation: Evaluation, world: World): Promise<Undone | undefined> {
  let state = evaluation
  for (;;) {
    const step = await attempt(state, world).catch((error: unknown) => afterFault(error, state, world))
    if ('next' in step) {
      state = step.next
      continue
    }
    await endOthers(state, world)
    return step.undone
  }
}

/** That they are ended holds up nobody: the newest one counts. */
async function endOthers({ pull, run }: Evaluation, { publisher, log }: World): Promise<void> {
  await publisher
    .endOthers(pull, run)
    .catch((error: unknown) => log.warn({ err: error, ...pull.ref }, 'older check runs could not be ended'))
}

async function attempt({ pull, run, moves, faults }: Evaluation, world: World): Promise<Step> {
  const { publisher, log } = world
  const again = { ...pull.ref, ...(pull.group === undefined ? {} : { group: pull.group }) }
  const own = await world.judge(pull, world)
  const seen = await read(again, world)
  const others = isSame(pull, seen) ? await sharing(pull, world) : []
  const publication = await worstOf(own, others, world)
  // Judging others takes its time.
  const now = others.length === 0 ? seen : await read(again, world)
  if (isSame(pull, now)) {
    const { unsaid } = await publisher.publish(pull, run, publication)
    world.decisions.keep(publication.decision, run.headSha)
    log.info(
      { ...pull.ref, head: pull.head.sha, conclusion: publication.report.conclusion },
      'verdict published',
    )
    const { missing } = publication
    if (missing !== undefined) return { undone: { error: refusalOf(missing), lacks: 'verdict' } }
    return unsaid === undefined ? {} : { undone: lacksWords(unsaid, { pull, run, publication }) }
  }
  if (now.state !== 'open') {
    await publisher.abandon(run, withdrawn)
    return {}
  }
  if (pull.group !== undefined) {
    // The queue makes another commit for it, and asks again.
    await publisher.abandon(run, movedOn)
    return {}
  }
  if (moves === mostMoves) throw new Error('the pull request keeps moving')
  if (now.head.sha === pull.head.sha && now.base.branch === pull.base.branch) {
    return { next: { pull: now, run, moves: moves + 1, faults } }
  }
  await publisher.abandon(run, movedOn)
  return { next: { pull: now, run: await publisher.begin(now), moves: moves + 1, faults } }
}

function lacksWords(error: unknown, unsaid: Unsaid): Undone {
  return { error, lacks: 'words', unsaid: [unsaid] }
}

/**
 * Says what could not be said of a verdict, which stands: nothing is judged anew. Of a pull request that is another one by now it is
 * said by whoever judges it then.
 */
export async function sayAgain(
  unsaid: Unsaid,
  world: Pick<World, 'repository' | 'publisher'>,
): Promise<Undone | undefined> {
  const { pull, run, publication } = unsaid
  const { ref, group } = pull
  const now = await read({ ...ref, ...(group && { group }) }, world)
  if (!isSame(pull, now)) return undefined
  const said = await world.publisher.say(pull, run, publication)
  return said.unsaid === undefined ? undefined : lacksWords(said.unsaid, unsaid)
}

async function afterFault(error: unknown, failed: Evaluation, world: World): Promise<Step> {
  const { pull, run, faults } = failed
  world.log.error({ err: error, ...pull.ref, faults }, 'evaluation failed')
  const passes = isWorthAnotherTry(error)
  const wait = passes ? patience[faults] : undefined
  if (wait === undefined) {
    // Its run stays in progress: a failure, however soon another run followed it, would take it out of the queue.
    if (pull.group !== undefined && passes && isForGitHubToEnd(error))
      return { undone: { error, lacks: 'verdict' } }
    const again = passes ? 'by-itself' : 'by-hand'
    await world.publisher.abandon(run, { kind: 'fault', because: reasonOfFault(error), again })
    return passes ? { undone: { error, lacks: 'verdict' } } : {}
  }
  await world.pause(wait)
  return { next: { ...failed, faults: faults + 1 } }
}

function isSame(before: PullRequest, now: PullRequest): boolean {
  return (
    now.state === 'open' &&
    now.draft === before.draft &&
    now.head.sha === before.head.sha &&
    now.base.branch === before.base.branch &&
    now.base.tip === before.base.tip
  )
}

const worstFirst: readonly Conclusion[] = ['failure', 'action_required', 'success']

function isWorse(a: Publication, b: Publication): boolean {
  return worstFirst.indexOf(a.report.conclusion) < worstFirst.indexOf(b.report.conclusion)
}

/** GitHub knows one check run of a name on a commit, so all open pull requests with the same head and base share it. */
async function sharing(
  pull: PullRequest,
  { repository }: Pick<World, 'repository'>,
): Promise<readonly PullRequest[]> {
  if (pull.group !== undefined) return []
  const same = await repository.openPullRequests({ base: pull.base.branch, headSha: pull.head.sha })
  const others: PullRequest[] = []
  for (const { number } of same) {
    if (number === pull.ref.number) continue
    const other = await repository.pullRequest(number)
    if (other.state === 'open' && other.head.sha === pull.head.sha && other.base.branch === pull.base.branch)
      others.push(other)
  }
  return others
}

/** The worst verdict among those that share a check run stands, or the one could be merged on the verdict of the other. */
async function worstOf(own: Judged, others: readonly PullRequest[], world: World): Promise<Judged> {
  let worst = own
  for (const other of others) {
    const theirs = await world.judge(other, world)
    if (isWorse(theirs, worst))
      worst = {
        ...own,
        report: withVerdictOf(other.ref.number, own, theirs),
        decision: theirs.decision,
      }
  }
  return worst
}

/** Our own comments under the verdict of the other. */
function withVerdictOf(number: number, { report: own }: Publication, { report: theirs }: Publication) {
  const { conclusion, title, summary, annotations } = theirs
  const shared = `Pull request #${number} has the same commits and the same base, so both share this check; its verdict is the worse one.`
  return {
    ...own,
    conclusion,
    title: `#${number}, same commits: ${title}`.slice(0, budgets.title.size),
    summary: `${shared}\n\n${summary}`.slice(0, longestSummary),
    annotations,
  }
}
