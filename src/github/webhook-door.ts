import type { IncomingMessage, ServerResponse } from 'node:http'
import { budgets } from '../domain/budgets.ts'

/** GitHub sends no event larger than 25 MB. */
const sizeLimit = budgets.webhook.size

export interface WebhookDoorOptions {
  readonly path: string
  readonly verify: (body: string, signature: string) => Promise<boolean>
  /** Answers a request whose body has been read and whose signature is right. */
  readonly admit: (request: IncomingMessage & { body?: string }, response: ServerResponse) => unknown
}

/** Answers what is meant for the webhooks; false where the request is for somebody else. */
export type WebhookDoor = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

function refuse(response: ServerResponse, status: number, error: string): void {
  // Whatever is left of the body is not wanted.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  response.end(`${JSON.stringify({ error })}\n`)
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
export function createWebhookDoor({ path, verify, admit }: WebhookDoorOptions): WebhookDoor {
  return async (request, response) => {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path) return false
    const signature = request.headers['x-hub-signature-256']
    if (typeof signature !== 'string') {
      refuse(response, 400, 'the request is not signed')
      return true
    }
    const body = await readBody(request)
    if (body === undefined) {
      refuse(response, 413, 'the body is larger than any event')
      return true
    }
    if (!(await verify(body, signature).catch(() => false))) {
      refuse(response, 400, 'the signature does not fit')
      return true
    }
    await admit(Object.assign(request, { body }), response)
    return true
  }
}
