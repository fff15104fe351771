import { budgets } from '../domain/budgets.ts'
import type { Policy } from '../domain/policy/configuration/policy.ts'
import { sameLogin } from '../domain/policy/consent/membership.ts'
import type { People, Push, Pusher } from '../domain/policy/consent/people.ts'
import { type BranchState, rewrittenPaths, saysTheSame } from '../domain/policy/questions/contribution.ts'
import { isJudgeFile } from '../domain/policy/touched.ts'
import type { BranchAt, JudgedRepository, PullRequest } from './ports.ts'
import { manifestPaths } from './reading/read-proposal.ts'
import { namesOf } from './reading/read-sides.ts'

/** More pushes by others than this are not looked into, several in a row taken for one: each may cost a dozen requests. */
const mostPushes = budgets.pushes.size

/** What it takes to look into a push. */
interface Weighing {
  readonly pull: PullRequest
  readonly repository: JudgedRepository
  readonly policy: Policy
  /** Whether a file was read on either side: a layer may name it, whatever it is called. */
  readonly wasRead: (path: string) => boolean
}

/**
 * Says of everybody who pushed, but for the author, whether all that they pushed means the same to the mesh as what was
 * there before: then it is nothing that anybody would have to agree to. What cannot be read any more counts.
 */
export async function weighPushes(people: People, weighing: Weighing): Promise<People> {
  const { pushers, author } = people
  if (pushers === 'unknown' || author === undefined) return people
  const others = pushers.filter(({ login }) => !sameLogin(login, author.login))
  const count = others.reduce((sum, { pushes = [] }) => sum + pushes.length, 0)
  if (others.length === 0 || count > mostPushes) return people
  const weighed = pushers.map((pusher) => (others.includes(pusher) ? weigh(pusher, weighing) : pusher))
  return { ...people, pushers: await Promise.all(weighed) }
}

async function weigh(pusher: Pusher, weighing: Weighing): Promise<Pusher> {
  const { pushes = [] } = pusher
  if (pushes.length === 0) return pusher
  for (const push of pushes) if (!(await changesNothing(push, weighing))) return pusher
  return { ...pusher, changed: 'nothing' }
}

/** Whether the branch says the same after the push, and will go on saying so in the merge. */
async function changesNothing({ before, after }: Push, weighing: Weighing): Promise<boolean> {
  const { pull, repository, policy } = weighing
  const [old, now] = await Promise.all([
    before === undefined ? ('none' as const) : repository.branchAt(pull, before),
    repository.branchAt(pull, after),
  ])
  if (old === undefined || now === undefined) return false
  if (!leadsTheSame(old === 'none' ? new Map() : old.links, now.links)) return false
  const places = old === 'none' ? [now] : [old, now]
  const touched = new Set(places.flatMap(({ changed }) => changed.flatMap(namesOf)))
  const states = await Promise.all(places.map((place) => stateAt(place, touched, weighing)))
  const [first, last] = old === 'none' ? [undefined, ...states] : states
  if (last === undefined || (old !== 'none' && first === undefined)) return false
  const push = { ...(first && { before: first }), after: last }
  const missed = new Set(now.missed.flatMap(namesOf))
  return saysTheSame(push, policy.consent.ignore) && !rewrittenPaths(push).some((path) => missed.has(path))
}

/** Whether links and submodules, whatever they are called, lead where they did: what lies behind them is no file of the branch. */
function leadsTheSame(before: BranchAt['links'], after: BranchAt['links']): boolean {
  return before.size === after.size && [...after].every(([path, object]) => before.get(path) === object)
}

/** Undefined where something in the touched files cannot be read. */
async function stateAt(
  { commit, parted }: BranchAt,
  touched: ReadonlySet<string>,
  { repository, policy, wasRead }: Weighing,
): Promise<BranchState | undefined> {
  const isManifest = manifestPaths(policy)
  const wanted = (path: string) =>
    touched.has(path) && (isManifest(path) || isJudgeFile(path) || wasRead(path))
  const [base, head] = await Promise.all([
    repository.files({ kind: 'tip', sha: parted }, wanted),
    repository.files({ kind: 'tip', sha: commit }, wanted),
  ])
  return base.problems.length + head.problems.length > 0 ? undefined : { base: base.files, head: head.files }
}
