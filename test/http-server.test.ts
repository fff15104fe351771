import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { createHttpServer, drain, listen } from '../src/http-server.ts'
import { recordingLog } from './support/github.ts'

it('tells of each connection that is one too many', async () => {
  let dropped = 0
  const server = createHttpServer([], recordingLog(), () => {
    dropped += 1
  })
  server.maxConnections = 1
  const { hostname, port } = new URL(await listen(server, { host: '127.0.0.1', port: 0 }))
  const first = connect(Number(port), hostname)
  await once(first, 'connect')
  const second = connect(Number(port), hostname)
  await once(second, 'close')

  expect(dropped).toBe(1)
  first.destroy()
  await drain(server)
})
