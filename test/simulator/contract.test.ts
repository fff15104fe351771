import { afterAll, beforeAll, expect, test } from 'vitest'
import { correctedDescription, corrections } from '../../simulator/contract/corrections.ts'
import description from '../../simulator/contract/openapi.json' with { type: 'json' }
import { operations } from '../../simulator/contract/operations.ts'
import { checkBody, responseFault } from '../../simulator/contract/validation.ts'
import type { Simulator } from '../../simulator/index.ts'
import { routes } from '../../simulator/rest/routes/index.ts'
import { at, installationOctokit, linasPull, refusal, smallWorld } from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
beforeAll(async () => {
  simulator = await smallWorld()
  client = await installationOctokit(simulator)
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

test('every operation of the extract has one route, and every route an operation', () => {
  expect(routes.map(({ operation }) => operation).toSorted()).toEqual([...operations].toSorted())
  expect(Object.keys(description.operations).toSorted()).toEqual([...operations].toSorted())
})

test('every correction of the description still changes something, and has its reason', () => {
  expect(correctedDescription(description)).not.toEqual(description)
  for (const { place, reason } of corrections) {
    const found = place.reduce<unknown>(
      (json, step) => (json as Record<string, unknown>)?.[step],
      description,
    )
    expect(found, place.join(' ')).toBeDefined()
    expect(reason.length).toBeGreaterThan(20)
  }
})

test("a body that GitHub's description forbids is refused with the field that is wrong", async () => {
  const refused = await refusal(
    client.request('POST /repos/{owner}/{repo}/check-runs', { ...at, name: 'x' } as never),
  )

  expect(refused).toMatchObject({
    status: 422,
    body: {
      errors: [{ field: 'head_sha', code: 'missing_field' }],
      documentation_url: expect.stringContaining('https://docs.github.com/'),
    },
  })
  expect(() => checkBody('POST /repos/{owner}/{repo}/check-runs', { name: 1, head_sha: 'x' })).toThrow(
    'Invalid request',
  )
})

test('a query that is no number where one is wanted is refused', async () => {
  const refused = await refusal(client.request('GET /repos/{owner}/{repo}/pulls?per_page=many', at))

  expect(refused.status).toBe(422)
})

test("a response that GitHub's description forbids is named", () => {
  const fault = responseFault('GET /repos/{owner}/{repo}/git/ref/{ref}', 200, { ref: 'x' })

  expect(fault).toContain("must have required property 'node_id'")
  expect(responseFault('GET /repos/{owner}/{repo}/git/ref/{ref}', 418, {})).toContain('never answers 418')
})

test('what is unknown answers 404, what is not JSON 400', async () => {
  const auth = (await client.auth()) as { token: string }
  const headers = { authorization: `Bearer ${auth.token}` }
  const unknown = await fetch(`${simulator.apiUrl}/nothing/here`, { headers })
  const broken = await fetch(`${simulator.apiUrl}/repos/acme/mesh/check-runs`, {
    method: 'POST',
    headers,
    body: '{',
  })

  expect(unknown.status).toBe(404)
  expect([broken.status, await broken.json()]).toMatchObject([400, { message: 'Problems parsing JSON' }])
})

test('an answer that has not changed is not sent again', async () => {
  const { headers } = await client.rest.repos.get(at)
  const again = client.rest.repos.get({ ...at, headers: { 'if-none-match': headers.etag ?? '' } })

  await expect(again).rejects.toMatchObject({ status: 304 })
})

test('faults strike as often as told: refusal, delay, lost answer, cut connection', async () => {
  const { number } = await linasPull(simulator)
  const say = (body: string) => client.rest.issues.createComment({ ...at, issue_number: number, body })
  const path = /\/comments$/
  simulator.inject({
    method: 'POST',
    path,
    effect: { kind: 'respond', status: 429, headers: { 'retry-after': '1' } },
  })
  simulator.inject({ method: 'POST', path, effect: { kind: 'commit-then-502' } })
  simulator.inject({ method: 'POST', path, effect: { kind: 'disconnect' } })
  simulator.inject({ method: 'POST', path, effect: { kind: 'delay', milliseconds: 30 } })

  expect((await refusal(say('one'))).status).toBe(429)
  expect((await refusal(say('two'))).status).toBe(502)
  await expect(say('three')).rejects.toThrow()
  expect((await say('four')).status).toBe(201)
  expect(simulator.comments('acme/mesh', number).map(({ body }) => body)).toEqual(['two', 'four'])
  expect(
    simulator
      .requests()
      .slice(-4)
      .map(({ status }) => status),
  ).toEqual([429, 502, 0, 201])
})
