// Stands between GitHub and a server, in a process that does nothing else, and takes the time of each answer: GitHub's own, which has
// much to do in a burst, would be that of its work, too. `relay.ts URL`; its parent is told the port, and the times on every message.
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

const [target = ''] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true })
const milliseconds: number[] = []

const server = createServer(async (incoming, answer) => {
  const body = Buffer.concat(await incoming.toArray())
  const began = performance.now()
  request(target, { method: 'POST', headers: incoming.headers, agent }, (response) => {
    milliseconds.push(performance.now() - began)
    answer.writeHead(response.statusCode ?? 502)
    response.pipe(answer)
  })
    .on('error', () => answer.writeHead(502).end())
    .end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('message', () => process.send?.(milliseconds))
process.once('disconnect', () => process.exit())
