import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { scrape } from '../support/exposition.ts'
import { replaceableServer } from '../support/spawned-server.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const changed = { [login]: `${bookinfoFiles()[login]}      timeout: 3s\n` }
const mebi = 1024 * 1024

let theatre: Theatre
const folder = mkdtempSync(join(tmpdir(), 'firebreak-door-'))
const server = replaceableServer({ JOURNAL: join(folder, 'journal') })

beforeAll(async () => {
  theatre = await openTheatre({}, {}, server.start)
})

afterAll(async () => {
  await theatre.close()
  await server.kill()
  rmSync(folder, { recursive: true })
})

function headersOf(event: string, signature: string) {
  return {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': 'd-1',
    'x-hub-signature-256': signature,
  }
}

async function deliver(event: string, payload: unknown): Promise<number> {
  const body = JSON.stringify(payload)
  const signature = `sha256=${createHmac('sha256', theatre.github.webhookSecret).update(body).digest('hex')}`
  const url = `${server.current().url}/api/github/webhooks`
  return (await fetch(url, { method: 'POST', body, headers: headersOf(event, signature) })).status
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same with one field that says something else, or one of a field that says nothing. */
function spoiled(value: Fields): readonly Fields[] {
  return Object.entries(value).flatMap(([name, each]) => {
    const { [name]: _, ...rest } = value
    const others = [null, 5, {}].map((other) => ({ ...value, [name]: other }))
    const within = isFields(each) ? Object.keys(each) : []
    return [
      rest,
      ...others,
      ...within.map((inner) => ({ ...value, [name]: { ...(each as Fields), [inner]: null } })),
    ]
  })
}

it('whatever is signed is an event or none, and never a fault of ours; what comes next is answered', async () => {
  const { github } = theatre
  const story = await theatre.story()
  const pull = await story.propose('carla', changed)
  await pull.approve('lina')
  await github.idle()
  // One of each, with nothing in it that leads anywhere: what is asked for is of no installation here.
  const events = [...Map.groupBy(github.deliveries(), ({ event, action }) => `${event}.${action}`).values()]
  const answers = new Map<number, number>()
  for (const [delivery] of events) {
    const payload = JSON.parse(delivery?.body ?? '') as Fields
    const lost = { ...payload, installation: { id: 999_999 } }
    for (const status of await Promise.all(
      spoiled(lost).map((each) => deliver(delivery?.event ?? '', each)),
    )) {
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
  }

  expect([...answers.keys()].toSorted()).toEqual([200, 400])
  expect(await deliver('ping', { zen: 'Calm.' })).toBe(200)
})

/** Sends so much of a body, and leaves it at that. */
function sendHalf(bytes: number): ClientRequest {
  const sent = httpRequest(`${server.current().url}/api/github/webhooks`, {
    method: 'POST',
    headers: { ...headersOf('push', 'sha256=nothing'), 'content-length': String(25 * mebi) },
  })
  sent.on('error', () => undefined)
  sent.write(Buffer.alloc(bytes, 'x'))
  return sent
}

it('thirty half-sent bodies cost what two do, and keep no event out', async () => {
  const before = (await scrape(server.current().url)).value('process_resident_memory_bytes')
  const half = Array.from({ length: 30 }, () => sendHalf(24 * mebi))
  const crowdedOut = async () =>
    (await scrape(server.current().url)).value('firebreak_webhooks_total', { end: 'crowded-out' })
  await expect.poll(crowdedOut).toBeGreaterThanOrEqual(28)

  const status = await deliver('ping', { zen: 'Calm.' })
  const during = (await scrape(server.current().url)).value('process_resident_memory_bytes')

  expect(status).toBe(200)
  expect((during - before) / mebi).toBeLessThan(300)
  for (const each of half) each.destroy()
})
