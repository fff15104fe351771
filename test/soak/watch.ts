import type { Theatre } from '../support/stage.ts'
import { isGreen, isObjectionKnown, type Proposal } from './proposals.ts'

/** Looks all the time whether an objection that a running server knows stands beside a green. */
export interface Watch {
  /** Milliseconds, of the longest time. */
  longest(): number
  stop(): void
}

const lookEvery = 5

export function watchGreens(proposals: readonly Proposal[], theatre: Theatre, isUp: () => boolean): Watch {
  const since = new Map<Proposal, number>()
  let longest = 0
  function look(): void {
    const now = performance.now()
    for (const proposal of proposals) {
      const isWrong = isUp() && isGreen(proposal, theatre) && isObjectionKnown(proposal, theatre)
      const begun = isWrong ? (since.get(proposal) ?? now) : undefined
      if (begun === undefined) since.delete(proposal)
      else since.set(proposal, begun)
      longest = Math.max(longest, now - (begun ?? now))
    }
  }
  const timer = setInterval(look, lookEvery)
  return { longest: () => Math.round(longest), stop: () => clearInterval(timer) }
}
