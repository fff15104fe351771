import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerGraphql, isGraphqlPath } from './graphql/answer.ts'
import { handlePage } from './pages/index.ts'
import { contentSecurityPolicy } from './pages/layout.ts'
import { isNewAppPath, postNewApp } from './pages/new-app.ts'
import { handleApi, isApiPath } from './rest/answer.ts'
import type { Reply } from './rest/call.ts'
import { handleGit, isGitPath } from './smart-http.ts'
import type { World } from './state/world.ts'

const largestBody = 30 * 1024 * 1024

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw new Error('the request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string> = {
    'x-github-request-id': crypto.randomUUID(),
    ...reply.headers,
  }
  if (reply.raw) {
    response.writeHead(reply.status, { ...headers, 'content-type': reply.raw.type }).end(reply.raw.bytes)
  } else if (reply.body === undefined) response.writeHead(reply.status, headers).end()
  else {
    response
      .writeHead(reply.status, { ...headers, 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(reply.body))
  }
}

async function showPage(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, { status: 405, body: { message: 'Method Not Allowed' } })
  const page = await handlePage(world, new URL(request.url ?? '/', world.origin))
  response
    .writeHead(page.status, {
      'content-type': page.type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(page.body)
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const body = await readBody(request)
  if (isApiPath(path) || isGraphqlPath(path)) {
    const answer = isApiPath(path) ? handleApi : answerGraphql
    const outcome = await answer(world, request, body.toString())
    if (outcome.kind === 'cut') request.socket.destroy()
    else send(response, outcome.reply)
    return
  }
  if (isGitPath(path)) {
    const reply = await handleGit(world, request, body)
    response.writeHead(reply.status, reply.headers).end(reply.body)
    return
  }
  if (request.method === 'POST' && isNewAppPath(path)) return post(world, request, response, body.toString())
  await showPage(world, request, response)
}

/** A form may lead anywhere: to whoever sent its reader here. */
function post(world: World, request: IncomingMessage, response: ServerResponse, body: string): void {
  const posted = postNewApp(world, new URL(request.url ?? '/', world.origin), body)
  if ('redirect' in posted) response.writeHead(302, { location: posted.redirect }).end()
  else {
    const policy = contentSecurityPolicy.replace("; form-action 'none'", '')
    response
      .writeHead(posted.status, { 'content-type': posted.type, 'content-security-policy': policy })
      .end(posted.body)
  }
}

/** A server that listens on loopback, and how to stop it. */
export interface Listening {
  readonly origin: string
  readonly close: () => Promise<void>
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

/** Serves the simulated GitHub on loopback. */
export async function serve(world: World, port: number): Promise<Listening> {
  const server = createServer((request, response) => {
    handle(world, request, response).catch((error: unknown) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      world.contractViolations.push(`${request.method} ${request.url}: ${detail}`)
      if (!response.headersSent) send(response, { status: 500, body: { message: 'Server Error' } })
      else response.destroy()
    })
  })
  await listen(server, port)
  const { port: actual } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
