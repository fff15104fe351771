import { budgets } from '../../domain/budgets.ts'

/** So much of something within so many milliseconds. */
export interface Window {
  readonly of: 'rest' | 'graph' | 'writes' | 'content' | 'content-hourly'
  readonly span: number
  readonly most: number
  readonly weight: number
}

/** What a call is to GitHub, and to us. */
export interface Cost {
  readonly lane: 'reads' | 'writes'
  /** Of two that wait in one lane the lower goes first. */
  readonly rank: number
  readonly windows: readonly Window[]
}

const minute = 60_000

/** GitHub counts reads as one point and writes as five ("Rate limits for the REST API", section "Calculating points for the secondary rate limit"). */
function rest(weight: number): Window {
  return { of: 'rest', span: minute, most: budgets.restPoints.size, weight }
}

const graph: Window = { of: 'graph', span: minute, most: budgets.graphPoints.size, weight: 1 }

const write: Window = { of: 'writes', span: budgets.writeSpacing.size, most: 1, weight: 1 }

const content: readonly Window[] = [
  { of: 'content', span: minute, most: budgets.contentPerMinute.size, weight: 1 },
  { of: 'content-hourly', span: 60 * minute, most: budgets.contentPerHour.size, weight: 1 },
]

/** What GitHub says of each that it triggers notifications, so that too much of it is refused. */
const notifying = /\/(?:issues|pulls)\/(?:comments\/)?\d+\/(?:comments|reviews|requested_reviewers|replies)$/

/** Until a run is begun an older verdict counts; after that its own is waited for; nothing is merged for lack of words. */
const ranks = { begun: 0, verdict: 1, words: 2 } as const

/** What it costs to send a request; a query of the graph reads, whatever its method. */
export function costOf(method: string, path: string): Cost {
  if (path.endsWith('/graphql')) return { lane: 'reads', rank: 0, windows: [graph] }
  // A token is of the App, and nothing of an installation goes without it.
  if (method === 'GET' || method === 'HEAD' || path.endsWith('/access_tokens'))
    return { lane: 'reads', rank: 0, windows: [rest(1)] }
  const windows = [write, rest(5)]
  if (path.endsWith('/check-runs')) return { lane: 'writes', rank: ranks.begun, windows }
  if (/\/check-runs\/\d+$/.test(path)) return { lane: 'writes', rank: ranks.verdict, windows }
  const isContent = method === 'POST' && notifying.test(path)
  return { lane: 'writes', rank: ranks.words, windows: isContent ? [...windows, ...content] : windows }
}
