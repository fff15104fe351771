import type { Abandonment } from '../app/abandonment.ts'
import type { Observe } from '../app/observer.ts'
import type { Forge, Publication, Publisher } from '../app/ports.ts'
import type { Tracing } from './tracing.ts'

/** What it takes to tell of what is done. */
export interface Watching {
  readonly observe: Observe
  readonly tracing: Tracing
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The same forge; what is written to it, and what was found to be missing there, is told. */
export function observedForge(forge: Forge, watching: Watching): Forge {
  const { observe } = watching
  return {
    ...forge,
    async connect(at) {
      const connection = await forge.connect(at)
      return {
        ...connection,
        publisher: observedPublisher(connection.publisher, watching),
      }
    },
    async redeliver(since) {
      const count = await forge.redeliver(since)
      observe({ kind: 'found', what: 'event', count })
      return count
    },
  }
}

function observedPublisher(publisher: Publisher, watching: Watching): Publisher {
  const { observe, tracing } = watching
  return {
    ...publisher,
    begin(pull, begun) {
      tracing.noteHead(pull.group?.sha ?? pull.head.sha)
      return publisher.begin(pull, begun)
    },
    async publish(pull, run, publication) {
      const published = await publisher.publish(pull, run, publication)
      tellVerdict(publication, watching)
      return published
    },
    async abandon(run, why) {
      await publisher.abandon(run, why)
      observe({ kind: 'abandoned', why: reasonOf(why) })
    },
    async tellOfPush(push, told) {
      await publisher.tellOfPush(push, told)
      observe('report' in told ? { kind: 'unagreed-push' } : { kind: 'abandoned', why: reasonOf(told) })
    },
  }
}

function reasonOf(why: Abandonment): 'fault' | 'closed' | 'moved-on' {
  if (why.kind === 'fault') return 'fault'
  // A newer run counts in its place: it has moved on.
  return why.by === 'newer' ? 'moved-on' : why.by
}

function tellVerdict(
  { report, usedUp = [], overridden }: Publication,
  { observe, tracing, now }: Watching,
): void {
  observe({ kind: 'verdict', conclusion: report.conclusion })
  for (const budget of usedUp) observe({ kind: 'budget', budget })
  if (overridden) observe({ kind: 'override' })
  const event = tracing.event()
  if (event !== undefined) observe({ kind: 'answered', seconds: (now() - event.at) / 1000 })
  const duration = tracing.duration()
  if (duration !== undefined) observe({ kind: 'evaluated', seconds: duration / 1000 })
}
