import { keyOfAnswers } from '../../domain/routing/explain/answers-key.ts'
import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'
import type { GitClone } from '../../git/clone.ts'
import type { FileStore } from '../../git/file-store.ts'
import type { Blame, BlamedChange } from '../../report/page/blame.ts'
import type { Given } from '../given/read-snapshot.ts'
import type { Terminal } from '../terminal.ts'
import { type AskedSide, readAskedSide } from './asked-side.ts'
import { beginningAt, dayOf, readPastCommit, timeOf } from './past-commit.ts'
import { createTouching } from './touching.ts'
import { type Turn, turnsOf } from './turns-of.ts'

/** Requests, and the newest commit of the branch whose past is asked about them. */
export interface AskedBlame {
  readonly branch: string
  readonly tip: string
  readonly newest: AskedSide
  readonly requests: readonly AskedRequest[]
  /** How far back: to the last change of each request, or to the beginning. */
  readonly changes: 'last' | 'all'
}

/** What following a branch takes. */
export interface BlameWorld {
  readonly clone: Pick<GitClone, 'history'>
  readonly storeOf: (sha: string) => FileStore
  readonly given: Pick<Given, 'defaults'>
  readonly terminal: Terminal
}

interface Followed extends Pick<Blame, 'request' | 'now'> {
  readonly changes: BlamedChange[]
}

/** Who serves each request, and since when: goes back only as far as it takes to know that. */
export async function blameOf(asked: AskedBlame, world: BlameWorld): Promise<readonly Blame[]> {
  const { branch, tip, newest, requests } = asked
  const { clone, storeOf, given, terminal } = world
  const followed = requests.map(
    (request): Followed => ({ request, now: newest.answerTo(request), changes: [] }),
  )
  const isWanted = ({ changes }: Followed) => asked.changes === 'all' || changes.length === 0
  const turns = turnsOf(newest, {
    steps: toldSteps(tip, world),
    touching: createTouching(storeOf, { charts: true, ...given }),
    stateAt: (sha) => readAskedSide(storeOf(sha), terminal, given),
    isSame: (before, after) => requests.every((request) => isSameAnswer(request, before, after)),
  })
  let beginning: Blame['beginning']
  for await (const turn of turns) {
    if (turn.kind === 'turn') await addTurn(turn, followed.filter(isWanted), clone)
    else beginning = { ...(await beginningAt(turn.step, clone.history)), at: timeOf(turn.step) }
    if (!followed.some(isWanted)) break
  }
  return followed.map((each) => ({ ...each, branch, tip, ...(beginning && { beginning }) }))
}

async function* toldSteps(tip: string, { clone, terminal }: BlameWorld) {
  let count = 0
  for await (const step of clone.history.steps({ tip })) {
    terminal.doing(`Looking at ${step.sha.slice(0, 10)} of ${dayOf(step)}, ${count} steps back`)
    yield step
    count += 1
  }
}

function isSameAnswer(request: AskedRequest, before: AskedSide, after: AskedSide): boolean {
  return keyOfAnswers(before.answerTo(request).answers) === keyOfAnswers(after.answerTo(request).answers)
}

async function addTurn(
  { step, base, before, after }: Turn<AskedSide>,
  followed: readonly Followed[],
  { history }: BlameWorld['clone'],
): Promise<void> {
  const commit = await readPastCommit(step, base, history)
  for (const { request, changes } of followed) {
    if (isSameAnswer(request, before, after)) continue
    changes.push({ commit, before: before.answerTo(request), after: after.answerTo(request) })
  }
}
