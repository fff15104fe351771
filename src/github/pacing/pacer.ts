import { budgets } from '../../domain/budgets.ts'
import { type Answer, readAnswer } from '../answer.ts'
import { type Cost, costOf } from './cost.ts'
import { createLane, type Lane } from './lane.ts'
import type { Ledger } from './ledger.ts'

/** As `fetch`, but for what it gives. */
export type Send = (...request: Parameters<typeof fetch>) => Promise<Answer>

/** Sends requests as fast as GitHub's limits allow, the most urgent first. */
export interface Pacer {
  /** For one installation; 0 is the App itself. What is not answered wholly in time fails. */
  fetchAs(installation: number): Send
}

const atOnce = { reads: budgets.reads.size, writes: 1 } as const

const longestHold = budgets.longestWait.size * 1000

/** Every request goes through it, those that are tried again, too; `patience` in milliseconds. */
export function createPacer(ledger: Ledger, patience = budgets.callSeconds.size * 1000): Pacer {
  const lanes = new Map<string, Lane>()

  function laneOf(installation: number, name: keyof typeof atOnce): Lane {
    const key = `${installation} ${name}`
    const known = lanes.get(key)
    if (known !== undefined) return known
    const reserve = ({ windows }: Cost) => ledger.reserve(installation, windows)
    const lane = createLane({ atOnce: atOnce[name], reserve })
    lanes.set(key, lane)
    return lane
  }

  return {
    fetchAs: (installation) => (input, init) => {
      const url = new URL(input instanceof Request ? input.url : String(input))
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
      const cost = costOf(method, url.pathname)
      return laneOf(installation, cost.lane).pass(cost, async () => {
        const response = await fetch(input, { ...init, signal: AbortSignal.timeout(patience) })
        const hold = holdIn(response)
        if (hold > 0) await ledger.hold(installation, hold)
        return readAnswer(response)
      })
    },
  }
}

/** For how long GitHub wants no more, whoever asks. */
function holdIn({ status, headers }: Response): number {
  if (status !== 403 && status !== 429) return 0
  const seconds = Number(headers.get('retry-after') ?? 0)
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, longestHold) : 0
}
