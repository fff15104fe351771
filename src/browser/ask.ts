import { askedRequests } from '../commands/requests/asked-requests.ts'
import { fewHosts } from '../commands/requests/few-hosts.ts'
import { readRequestArgument } from '../commands/requests/request-argument.ts'
import { keyOfAnswers } from '../domain/routing/explain/answers-key.ts'
import { createExplainer } from '../domain/routing/explain/explain-request.ts'
import type { Explanation } from '../domain/routing/explain/explanation.ts'
import type { Mesh } from '../domain/routing/snapshot.ts'
import { skippedWords } from '../domain/terms/dropped-words.ts'
import { plainOf } from '../domain/words/phrase.ts'
import { visible } from '../domain/words/visible.ts'
import { type AnswerWords, type PlacedAnswer, placedAnswers } from '../report/page/explain-words.ts'
import { readSides } from '../report/page/sides/read-sides.ts'
import type { WrittenSides } from '../report/page/sides/written-sides.ts'
import { placeText } from '../report/sentences/place.ts'
import type { TeamNames } from '../report/sentences/requests/team-names.ts'

/** What is typed into the box. */
export interface Question {
  /** Method and URL, or a path. */
  readonly request: string
  /** A header a line. */
  readonly headers: string
  /** `ns/name` or `mesh`; empty for whichever serves the host. */
  readonly gateway: string
}

/** What one gateway answers: where, who, and why not the others. */
export interface Said extends AnswerWords {
  readonly place: string
  readonly notes: readonly string[]
}

/** What one request gets on each side; without a base there is one side only. */
export interface Answered {
  readonly request: string
  readonly today?: Today
  readonly after: readonly Said[]
}

/** What a request gets today, and whether it gets the same after the merge. */
interface Today {
  readonly said: readonly Said[]
  readonly isSame: boolean
}

/** All that the box says. */
interface Answers {
  readonly answered: readonly Answered[]
  /** Hosts that were not asked, as there are too many. */
  readonly more: number
}

/** Answers questions as `explain` does, of both sides. */
export type Ask = (question: Question) => Answers

/** The engine over what a page carries. It is put together when the first question is asked. */
export function asking(written: WrittenSides): Ask {
  const { base, merged, teams } = readSides(written)
  const { settings } = written
  const explainerOf = (meshes: readonly Mesh[]) => createExplainer(meshes, settings)
  const before = base && explainerOf(base)
  const after = explainerOf(merged)
  const meshes = [...merged, ...(base ?? [])]
  return (question) => {
    const { shown, more } = fewHosts(askedRequests(requestIn(question), { meshes }))
    const answered = shown.map((asked): Answered => {
      const [old, now] = [before?.explain(asked), after.explain(asked)]
      return {
        request: visible(`${asked.method} ${asked.scheme}://${asked.authority}${asked.path}`),
        ...(old && { today: { said: saidBy(old, teams), isSame: keyOfAnswers(old) === keyOfAnswers(now) } }),
        after: saidBy(now, teams),
      }
    })
    return { answered, more }
  }
}

/** A mistake in it is thrown as a `UserError`. */
function requestIn({ request, headers, gateway }: Question) {
  const lines = headers.split('\n').filter((line) => line.trim() !== '')
  return { ...readRequestArgument(request, lines), ...(gateway !== '' && { gateway }) }
}

function saidBy(all: readonly Explanation[], teams: TeamNames): readonly Said[] {
  return placedAnswers(all, teams).map(({ skipped, perhaps, ...answer }) => ({
    ...answer,
    notes: [...(perhaps === undefined ? [] : [perhaps]), ...notesOf(skipped)],
  }))
}

function notesOf(skipped: PlacedAnswer['skipped']): readonly string[] {
  return skipped.map((each) => {
    const place = visible(placeText(each.range))
    return `${place === '' ? '' : `${place}: `}${plainOf(skippedWords(each))}`
  })
}
