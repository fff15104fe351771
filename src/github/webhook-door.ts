import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../app/log.ts'
import type { DoorEnd, Observe } from '../app/observer.ts'
import { within } from '../app/within.ts'
import { MalformedEvent } from '../app/work/malformed-event.ts'
import { budgets } from '../domain/budgets.ts'
import { createBodies } from './bodies.ts'
import { knownEvents } from './events.ts'
import { type Secrets, signedWith } from './signature.ts'

/** A signed event. */
export interface WebhookEvent {
  /** GitHub's id of the delivery. */
  readonly id: string
  readonly name: string
  readonly payload: object
}

export interface WebhookDoorOptions {
  readonly path: string
  readonly secrets: Secrets
  /** Resolves once it is kept. */
  readonly receive: (event: WebhookEvent) => Promise<void>
  readonly observe: Observe
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The way in for GitHub, and nobody else. */
export interface WebhookDoor {
  /** Answers what is meant for the webhooks; false where the request is for somebody else. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>
  /** Refuses from now on, and whatever has not come wholly. */
  stop(): void
}

interface Answer {
  readonly status: number
  readonly says: string
}

/** How a request ends that was let in. */
type End = Exclude<DoorEnd, 'not-let-in'>

const answers: Readonly<Record<Exclude<End, 'aborted'>, Answer>> = {
  accepted: { status: 200, says: 'ok' },
  failed: { status: 503, says: 'the event could not be kept; deliver it again' },
  unsigned: { status: 400, says: 'the request is not signed' },
  'wrong-signature': { status: 400, says: 'the signature does not fit' },
  'no-event': { status: 400, says: 'this is no event as GitHub sends it' },
  'too-large': { status: 413, says: 'the body is larger than any event' },
  'crowded-out': { status: 503, says: 'there is no room for the body now' },
  'too-slow': { status: 408, says: 'the body did not come in time' },
  stopping: { status: 503, says: 'the server is stopping' },
}

/** Stands before everything that GitHub says: limits what is read before it is known to be signed, and never fails at what is. */
export function createWebhookDoor(options: WebhookDoorOptions): WebhookDoor {
  const { path, secrets, observe, log } = options
  const tellWrongSignature = eachMinute(
    options,
    'a webhook is signed with another secret than WEBHOOK_SECRET; it is refused',
  )
  const tellPreviousSecret = eachMinute(options, 'a webhook is signed with WEBHOOK_SECRET_PREVIOUS still')
  const bodies = createBodies({
    largest: budgets.webhook.size,
    together: budgets.webhooks.size,
    seconds: budgets.webhookSeconds.size,
  })

  async function enter(request: IncomingMessage): Promise<End> {
    const heading = headingOf(request)
    if (heading === undefined) return 'unsigned'
    const body = await bodies.read(request)
    if (body.kind === 'none') return body.why
    try {
      const secret = signedWith(body.text, heading.signature, secrets)
      if (secret === undefined) return 'wrong-signature'
      if (secret === 'previous') tellPreviousSecret()
      return await judgeBody(body.text, heading, options)
    } finally {
      body.release()
    }
  }

  return {
    async answer(request, response) {
      if (request.method !== 'POST' || request.url?.split('?')[0] !== path) return false
      const began = performance.now()
      const end = await enter(request)
      if (end === 'wrong-signature') tellWrongSignature()
      if (end === 'aborted') log.debug({}, 'a request was broken off')
      else send(response, end)
      const seconds = (performance.now() - began) / 1000
      observe({ kind: 'webhook', end, event: headerOf(request, 'x-github-event'), seconds })
      return true
    },
    stop: bodies.stop,
  }
}

function send(response: ServerResponse, end: keyof typeof answers): void {
  const { status, says } = answers[end]
  // Whatever is left of a body is not wanted.
  const closing = end === 'accepted' ? {} : { connection: 'close' }
  response.writeHead(status, { 'content-type': 'application/json', ...closing })
  response.end(`${JSON.stringify(end === 'accepted' ? { ok: true } : { error: says })}\n`)
}

/** What stands above a body; undefined where it is not signed. */
interface Heading {
  readonly signature: string
  readonly type: string
  readonly name: string | undefined
  readonly id: string | undefined
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function headingOf(request: IncomingMessage): Heading | undefined {
  const signature = headerOf(request, 'x-hub-signature-256')
  if (signature === undefined) return undefined
  return {
    signature,
    type: headerOf(request, 'content-type') ?? '',
    name: headerOf(request, 'x-github-event'),
    id: headerOf(request, 'x-github-delivery')?.slice(0, budgets.delivery.size),
  }
}

async function judgeBody(
  text: string,
  { type, name, id }: Heading,
  { receive, log }: Pick<WebhookDoorOptions, 'receive' | 'log'>,
): Promise<End> {
  const payload = /^application\/json\s*(?:;|$)/i.test(type) ? payloadOf(text) : undefined
  if (payload === undefined || name === undefined || id === undefined) return 'no-event'
  if (!knownEvents.includes(name)) return 'accepted'
  try {
    await within(budgets.webhookSeconds.size * 1000, receive({ id, name, payload }))
    return 'accepted'
  } catch (error) {
    const isMalformed = isOnly(error, MalformedEvent)
    log.error({ err: error, delivery: id, event: name }, isMalformed ? malformed : 'an event was not kept')
    return isMalformed ? 'no-event' : 'failed'
  }
}

const malformed = 'a signed event is not as GitHub sends it; nothing is done for it'

function isOnly(error: unknown, kind: typeof MalformedEvent): boolean {
  return error instanceof AggregateError && error.errors.every((each) => each instanceof kind)
}

/** An object that speaks of no installation, or of one. */
function payloadOf(text: string): object | undefined {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const installation = 'installation' in value ? value.installation : undefined
  return installation === undefined || installation === null || hasId(installation) ? value : undefined
}

function hasId(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && Number.isInteger(value.id)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const minute = 60_000

/** There may be many, so that a line is written a minute and not for each. */
function eachMinute({ log, now }: WebhookDoorOptions, message: string): () => void {
  let count = 0
  let said = Number.NEGATIVE_INFINITY
  return () => {
    count++
    if (now() - said < minute) return
    log.warn({ count }, message)
    said = now()
    count = 0
  }
}
