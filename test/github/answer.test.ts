import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { statusOf } from '../../src/app/status-of.ts'
import { createClientClass } from '../../src/github/client.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** What a client that tries nothing again gets from a server that answers so. */
async function answered(answer: RequestListener): Promise<unknown> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const Client = createClientClass({ pace: 'unlimited' }).defaults({ request: { retries: 0 } })
  const client = new Client({ baseUrl: `http://127.0.0.1:${port}`, auth: { token: 'of a test' }, log })
  return (await client.request('GET /x')).data
}

const log = { debug() {}, info() {}, warn() {}, error() {} }

function says(type: string | undefined, body: string | Buffer, status = 200): RequestListener {
  return (_, response) =>
    response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(body)
}

test('JSON is a value, with numbers as numbers, whatever their size', async () => {
  const body = '{"id":9007199254740993,"list":[1,"é",null]}'

  expect(await answered(says('application/json; charset=utf-8', body))).toEqual({
    id: 9007199254740992,
    list: [1, 'é', null],
  })
})

test.each([
  ['text/plain', 'é', 'é'],
  ['application/vnd.github.raw+json; charset=utf-8', '{}', '{}'],
  [undefined, 'a', 'a'],
  ['application/json', '', ''],
  ['application/octet-stream', 'a', new Uint8Array([97]).buffer],
])('what is %s is not parsed', async (type, body, data) => {
  expect(await answered(says(type, body))).toEqual(data)
})

test('a refusal keeps its status and its words', async () => {
  const refused = answered(says('application/json', '{"message":"Not Found"}', 404))

  await expect(refused).rejects.toMatchObject({ status: 404, message: 'Not Found' })
})

test.each([
  [
    'is cut off',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '20' })
      response.write('{"id":')
      setTimeout(() => response.destroy(), 20)
    },
  ],
  ['is no JSON', says('application/json', '<html>')],
] satisfies [string, RequestListener][])(
  'an answer that %s is a fault, not an answer of less',
  async (_, answer) => {
    const error = await answered(answer).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )

    expect(statusOf(error)).toBe(500)
  },
)
