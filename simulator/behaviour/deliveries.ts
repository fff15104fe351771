import { createHmac, randomUUID } from 'node:crypto'
import type { Delivery, DeliveryFault } from '../state/deliveries.ts'
import type { Json } from '../state/json.ts'
import type { World } from '../state/world.ts'

/** An event that an App is told about. */
export interface Message {
  readonly event: string
  readonly payload: Json
  readonly installationId: number | null
  readonly repositoryId: number | null
}

/** The value of X-Hub-Signature-256 (GitHub docs, "Validating webhook deliveries"). */
export function sign(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

function takeDeliveryFault(world: World, message: Message): DeliveryFault['effect'] | undefined {
  const { action } = message.payload
  const fault = world.deliveryFaults.find(
    (candidate) =>
      candidate.times > 0 &&
      candidate.event === message.event &&
      (candidate.action === undefined || candidate.action === action),
  )
  if (!fault) return undefined
  fault.times -= 1
  return fault.effect
}

function newDelivery(world: World, message: Message, guid: string): Delivery {
  const { action } = message.payload
  return {
    ...message,
    id: world.nextId(),
    guid,
    action: typeof action === 'string' ? action : null,
    body: JSON.stringify(message.payload),
    deliveredAt: world.now(),
    redelivery: world.deliveries.some((delivery) => delivery.guid === guid),
    status: 'pending',
    statusCode: 0,
    duration: 0,
    response: null,
  }
}

function requestHeaders(world: World, delivery: Delivery): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/simulator',
    'x-github-event': delivery.event,
    'x-github-delivery': delivery.guid,
    'x-github-hook-installation-target-type': 'integration',
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-hub-signature-256': sign(world.webhookSecret, delivery.body),
  }
}

async function attempt(world: World, delivery: Delivery, url: string): Promise<void> {
  const started = performance.now()
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: requestHeaders(world, delivery),
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(world.limits.deliveryTimeout),
    })
    delivery.response = await response.text()
    delivery.statusCode = response.status
    delivery.status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    delivery.status = timedOut ? 'timed out' : 'failed to connect to host'
    delivery.statusCode = timedOut ? 504 : 502
  }
  delivery.duration = (performance.now() - started) / 1000
}

function start(world: World, message: Message, how: { guid: string; delay: number }): Delivery {
  const delivery = newDelivery(world, message, how.guid)
  world.deliveries.push(delivery)
  const url = world.webhookUrl
  if (url === undefined) {
    delivery.status = 'no webhook URL'
    return delivery
  }
  const work = (async () => {
    if (how.delay > 0) await new Promise((resolve) => setTimeout(resolve, how.delay))
    await attempt(world, delivery, url)
  })()
  world.underWay.add(work)
  void work.finally(() => world.underWay.delete(work))
  return delivery
}

/** Sends a message to the App's webhook address in the background. */
export function deliver(world: World, message: Message): void {
  const fault = takeDeliveryFault(world, message)
  const guid = randomUUID()
  if (fault === 'lose') {
    world.deliveries.push({ ...newDelivery(world, message, guid), status: 'lost', statusCode: 502 })
    return
  }
  start(world, message, { guid, delay: typeof fault === 'object' ? fault.delay : 0 })
  if (fault === 'duplicate') start(world, message, { guid, delay: 0 })
}

/** Delivers once more, under the same GUID. */
export function redeliver(world: World, delivery: Delivery): Delivery {
  return start(world, delivery, { guid: delivery.guid, delay: 0 })
}
