import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DoorEnd, Observe } from '../app/observer.ts'
import type { Log } from '../app/ports.ts'
import { budgets } from '../domain/budgets.ts'

/** GitHub sends no event larger than 25 MB. */
const sizeLimit = budgets.webhook.size

const minute = 60_000

export interface WebhookDoorOptions {
  readonly path: string
  readonly verify: (body: string, signature: string) => Promise<boolean>
  /** Answers a request whose body has been read and whose signature is right. */
  readonly admit: (request: IncomingMessage & { body?: string }, response: ServerResponse) => unknown
  readonly observe: Observe
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Answers what is meant for the webhooks; false where the request is for somebody else. */
export type WebhookDoor = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const refusals = {
  unsigned: { status: 400, error: 'the request is not signed' },
  'wrong-signature': { status: 400, error: 'the signature does not fit' },
  'too-large': { status: 413, error: 'the body is larger than any event' },
} as const satisfies Partial<Record<DoorEnd, object>>

function refuse<T extends keyof typeof refusals>(response: ServerResponse, end: T): T {
  const { status, error } = refusals[end]
  // Whatever is left of the body is not wanted.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  response.end(`${JSON.stringify({ error })}\n`)
  return end
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > sizeLimit) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > sizeLimit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/**
 * Stands before Probot's webhook handler, which would read a body of any size into memory before it looks at the
 * signature, and log all of it where the signature is wrong.
 */
export function createWebhookDoor(options: WebhookDoorOptions): WebhookDoor {
  const { path, verify, admit, observe } = options
  const tellWrongSignature = wrongSignatures(options)

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<DoorEnd> {
    const signature = request.headers['x-hub-signature-256']
    if (typeof signature !== 'string') return refuse(response, 'unsigned')
    const body = await readBody(request)
    if (body === undefined) return refuse(response, 'too-large')
    if (!(await verify(body, signature).catch(() => false))) {
      tellWrongSignature()
      return refuse(response, 'wrong-signature')
    }
    await admit(Object.assign(request, { body }), response)
    return response.statusCode < 300 ? 'accepted' : 'failed'
  }

  return async (request, response) => {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path) return false
    const end = await enter(request, response)
    observe({ kind: 'webhook', end, event: request.headers['x-github-event']?.toString() })
    return true
  }
}

/** Anybody can send them, so that a line is written a minute and not for each. */
function wrongSignatures({ log, now }: WebhookDoorOptions): () => void {
  let count = 0
  let said = Number.NEGATIVE_INFINITY
  return () => {
    count++
    if (now() - said < minute) return
    log.warn({ count }, 'a webhook is signed with another secret than WEBHOOK_SECRET; it is refused')
    said = now()
    count = 0
  }
}
