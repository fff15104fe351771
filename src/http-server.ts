import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from './app/log.ts'
import { budgets } from './domain/budgets.ts'

/** Answers a request; false where it is for somebody else. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** Whoever sends nothing for as long is cut off; `bodies.ts` does so sooner where it is a body. */
const timeouts = {
  headersTimeout: budgets.webhookSeconds.size * 1000,
  requestTimeout: 2 * budgets.webhookSeconds.size * 1000,
  connectionsCheckingInterval: 1000,
}

/** The first handler that takes a request answers it; `onDrop` is told of each connection that is one too many. */
export function createHttpServer(handlers: readonly Handler[], log: Log, onDrop: () => void): Server {
  const handle = handling(handlers, log)
  const server = createServer(timeouts, (request, response) => void handle(request, response))
  server.maxConnections = budgets.connections.size
  return server.on('drop', onDrop)
}

function handling(handlers: readonly Handler[], log: Log) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      for (const handler of handlers) if (await handler(request, response)) return
      answer(response, 404, 'not found')
    } catch (error) {
      log.error({ err: error }, 'request failed')
      if (!response.headersSent) answer(response, 500, 'internal error')
      else response.destroy()
    }
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

/** Resolves with the URL under which it listens. */
export function listen(
  server: Server,
  at: { readonly host: string; readonly port: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      const { port, address } = server.address() as AddressInfo
      const host = ['0.0.0.0', '::'].includes(address) ? 'localhost' : at.host
      resolve(`http://${host}:${port}`)
    })
  })
}

/** Takes no more connections, and resolves when none is left. */
export function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive becomes idle when its answer is out.
    const closing = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearInterval(closing)
      resolve()
    })
  })
}
