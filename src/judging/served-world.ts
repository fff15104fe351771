import type { Judge } from '../app/judge-pull-request.ts'
import type { Observe } from '../app/observer.ts'
import { sendPeople } from '../app/sent-people.ts'
import { type Answer, type Answering, answerOf } from './answer.ts'
import type { WorldCalls } from './calls.ts'

/** Is told when a judgement begins; and of every question, and by what it returns for that, of the answer. */
export interface Timing {
  readonly begun: () => void
  readonly waiting: () => () => void
}

/** The world of one judgement as the thread may ask it. */
export function servedWorld(
  { repository, objects, charts, traffic, log }: Parameters<Judge>[1],
  observe: Observe,
  { begun, waiting }: Timing,
): Answering<WorldCalls> {
  async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
    const ended = waiting()
    try {
      return await answerOf(work)
    } finally {
      ended()
    }
  }
  return {
    begun: async () => ({ value: begun() }),
    listing: (sha, place) => answer(() => objects.listing(sha, place)),
    // A copy of its own: a small buffer is a part of a larger one, and would be sent with all of it.
    blob: (sha, place, size) => answer(async () => new Uint8Array(await objects.blob(sha, place, size))),
    defaultConfiguration: () => answer(() => repository.defaultConfiguration()),
    mergedSide: (pull) => answer(() => repository.mergedSide(pull)),
    codeownersErrors: (sha) => answer(() => repository.codeownersErrors(sha)),
    branchAt: (pull, sha) => answer(() => repository.branchAt(pull, sha)),
    isUnmerged: (pull, name) => answer(() => repository.isUnmerged(pull, name)),
    people: (pull, owners) => answer(async () => sendPeople(await repository.people(pull, owners), owners)),
    members: (pull, owners) => answer(() => repository.members(pull, owners)),
    diffLines: (pull) => answer(() => repository.diffLines(pull)),
    impostors: (pull) => answer(() => repository.impostors(pull)),
    traffic: (ref) => answer(async () => traffic?.of(ref)),
    render: (release, how) => answer(() => charts.render(release, how)),
    log: (level, fields, message) => answer(async () => log[level](fields, message)),
    observe: (fact) => answer(async () => observe(fact)),
  }
}
