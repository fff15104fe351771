import type { IncomingMessage } from 'node:http'

export interface BodiesOptions {
  /** Bytes of one body. */
  readonly largest: number
  /** Bytes of all bodies that are there, or in part. */
  readonly together: number
  /** Within which a body has to be there. */
  readonly seconds: number
}

/** Why a body is not there. */
type Bodiless = 'too-large' | 'crowded-out' | 'too-slow' | 'aborted' | 'stopping'

/** A body, until it is released. */
export type Body =
  | { readonly kind: 'whole'; readonly text: string; release(): void }
  | { readonly kind: 'none'; readonly why: Bodiless }

/** The bodies of all requests. What they hold together is limited: where it is too much, the largest that is not whole yet gives way. */
export interface Bodies {
  read(request: IncomingMessage): Promise<Body>
  /** Gives up on all that are not whole, and on those to come. */
  stop(): void
}

interface Incoming {
  size: number
  readonly chunks: Buffer[]
  readonly giveUp: (why: Bodiless) => void
}

export function createBodies({ largest, together, seconds }: BodiesOptions): Bodies {
  const reading = new Set<Incoming>()
  let held = 0
  let stopped = false

  /** A body that is whole is small or signed, and is there for a moment only. */
  function makeRoom(): void {
    while (held > together) {
      const [widest] = [...reading].toSorted((a, b) => b.size - a.size)
      if (widest === undefined) return
      widest.giveUp('crowded-out')
    }
  }

  function take(incoming: Incoming, chunk: Buffer): void {
    incoming.chunks.push(chunk)
    incoming.size += chunk.length
    held += chunk.length
    if (incoming.size > largest) incoming.giveUp('too-large')
    makeRoom()
  }

  function wholeOf({ chunks, size }: Incoming): Body {
    const text = Buffer.concat(chunks).toString()
    let left = size
    return {
      kind: 'whole',
      text,
      release() {
        held -= left
        left = 0
      },
    }
  }

  return {
    read(request) {
      const { promise, resolve } = Promise.withResolvers<Body>()
      const incoming: Incoming = { size: 0, chunks: [], giveUp }
      const timer = setTimeout(() => giveUp('too-slow'), seconds * 1000)

      function isOver(): boolean {
        clearTimeout(timer)
        request.off('data', onData)
        return !reading.delete(incoming)
      }
      function onData(chunk: Buffer): void {
        take(incoming, chunk)
      }
      function giveUp(why: Bodiless): void {
        if (isOver()) return
        held -= incoming.size
        resolve({ kind: 'none', why })
      }

      reading.add(incoming)
      request.on('data', onData)
      request.once('end', () => {
        if (!isOver()) resolve(wholeOf(incoming))
      })
      request.once('close', () => giveUp('aborted')).on('error', () => giveUp('aborted'))
      if (Number(request.headers['content-length'] ?? 0) > largest) giveUp('too-large')
      if (stopped) giveUp('stopping')
      return promise
    },
    stop() {
      stopped = true
      for (const each of [...reading]) each.giveUp('stopping')
    },
  }
}
