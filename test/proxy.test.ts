import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { replaceableServer } from './support/spawned-server.ts'
import { openTheatre, type Theatre } from './support/stage.ts'

const asked: string[] = []
const proxy = createServer().on('connect', (request, socket, head) => {
  asked.push(`${request.url}`)
  const [host, port] = `${request.url}`.split(':')
  const onward = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
})

let theatre: Theatre | undefined
afterAll(async () => {
  await theatre?.close()
  proxy.closeAllConnections()
  proxy.close()
})

it('behind a proxy a server asks GitHub by that, and gives its verdict', async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const server = replaceableServer({ JOURNAL: ':memory:', NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url })
  theatre = await openTheatre({}, {}, server.start)
  const story = await theatre.story()
  const { github } = theatre
  try {
    const { number } = await story.propose('carla', { 'README.md': 'A change' })
    const { sha } = github.pullRequest(story.repo, number).head
    await expect
      .poll(() => github.checkRuns(story.repo, sha).at(-1)?.conclusion, { timeout: 60_000 })
      .toBe('success')
    expect(new Set(asked)).toEqual(new Set([new URL(github.apiUrl).host]))
  } finally {
    await server.kill()
  }
}, 120_000)
