import type { BudgetName } from '../domain/budgets.ts'
import type { Conclusion } from '../domain/policy/decision.ts'

/** How a request to the door of the webhooks ended. */
export const doorEnds = [
  'accepted',
  'failed',
  'unsigned',
  'wrong-signature',
  'no-event',
  'too-large',
  'crowded-out',
  'not-let-in',
  'too-slow',
  'aborted',
  'stopping',
] as const

/** One of them. */
export type DoorEnd = (typeof doorEnds)[number]

/** A store of Git objects, in the server or in a thread that judges. */
export interface Lookups {
  readonly at: 'server' | 'thread'
  readonly of: 'listings' | 'blobs'
  readonly hits: number
  readonly misses: number
}

/** One question to a store. */
export function lookup(
  at: Lookups['at'],
  of: Lookups['of'],
  found: 'hit' | 'miss',
): Lookups & { readonly kind: 'lookups' } {
  const isHit = found === 'hit'
  return { kind: 'lookups', at, of, hits: isHit ? 1 : 0, misses: isHit ? 0 : 1 }
}

/** What one installation may still ask of GitHub before `resets`, in milliseconds since 1970. */
export interface Allowance {
  readonly installation: number
  readonly resource: string
  readonly left: number
  readonly resets: number
}

/**
 * A fact that whoever runs Firebreak counts. Apart from an installation, none names anything of which there may be many, or that
 * others may choose.
 */
export type Observed =
  | { readonly kind: 'verdict'; readonly conclusion: Conclusion }
  /** From the event that it was given for to the verdict; an evaluation without one was asked for by the server itself. */
  | { readonly kind: 'answered'; readonly seconds: number }
  | { readonly kind: 'evaluated'; readonly seconds: number }
  | { readonly kind: 'abandoned'; readonly why: 'fault' | 'closed' | 'moved-on' }
  | { readonly kind: 'override' }
  /** A decision was added to those that are kept, or could not be. */
  | { readonly kind: 'decision'; readonly end: 'kept' | 'lost' }
  | { readonly kind: 'budget'; readonly budget: BudgetName }
  /** A branch has come to hold what was not agreed to. */
  | { readonly kind: 'unagreed-push' }
  /** What a sweep found: events that did not arrive, pull requests without a verdict, or with one that rested on something else. */
  | { readonly kind: 'found'; readonly what: 'event' | 'unjudged' | 'stale'; readonly count: number }
  | { readonly kind: 'call'; readonly api: 'rest' | 'graphql'; readonly status: number | undefined }
  | ({ readonly kind: 'allowance' } & Allowance)
  | ({ readonly kind: 'lookups' } & Lookups)
  /** `event` as its header says, whoever sent it; `seconds` from its head to its answer, where it was let in. */
  | {
      readonly kind: 'webhook'
      readonly end: DoorEnd
      readonly event: string | undefined
      readonly seconds?: number
    }
  | { readonly kind: 'logged'; readonly level: 'warn' | 'error' }

/** Takes note of a fact; never fails, and keeps nobody waiting. */
export type Observe = (fact: Observed) => void
