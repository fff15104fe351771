import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { budgets } from '../domain/budgets.ts'
import { appManifest, webhookAddress } from './app-manifest.ts'
import { firstPage, lastPage, manifestPage } from './pages.ts'

/** What the pages are about. */
export interface LoopbackOptions {
  /** Of GitHub: `https://github.com`. */
  readonly web: string
  /** The organization that the App is to belong to; absent: whoever is logged in. */
  readonly organization?: string
  readonly name: string
  readonly webhook: string
  readonly port: number
  /** Takes the code, and says on the last page how it went. */
  readonly onCode: (code: string) => Promise<LastPage>
}

/** How it ended, for whoever looks at the browser. */
export interface LastPage {
  readonly status: number
  readonly title: string
  readonly sentences: readonly string[]
}

/** Pages on this machine alone, for one registration. */
export interface Loopback {
  /** Where they begin; nobody can guess it. */
  readonly url: string
  /** Resolves once the one code was taken and its page is out. */
  readonly done: Promise<void>
  close(): void
}

/** A path that nobody else knows, and a word that GitHub brings back. */
interface Secrets {
  readonly path: string
  readonly state: string
}

/** Listens on 127.0.0.1 until one code was taken. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const secrets = { path: `/${word()}`, state: word() }
  const done = Promise.withResolvers<void>()
  let taken = false
  const takeOnce = () => {
    const isFirst = !taken
    taken = true
    return isFirst
  }
  const server = createServer((request, response) => {
    const visit = { request, response, options, secrets, origin: originOf(server), takeOnce }
    const closed = new Promise<void>((resolve) => response.on('close', resolve))
    answer(visit).then((isLast) => (isLast ? closed.then(done.resolve) : undefined), done.reject)
  })
  await listen(server, options.port)
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `${originOf(server)}${secrets.path}`, done: done.promise, close }
}

function word(): string {
  return randomBytes(32).toString('base64url')
}

function originOf(server: Server): string {
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly options: LoopbackOptions
  readonly secrets: Secrets
  readonly origin: string
  readonly takeOnce: () => boolean
}

/** Whether that was the last page. Another name for this machine is that of a page that would act for its reader. */
async function answer(visit: Visit): Promise<boolean> {
  const { request, secrets, origin } = visit
  const url = URL.parse(request.url ?? '/', origin)
  if (request.headers.host !== new URL(origin).host) return refuse(visit, 403)
  if (url === null) return refuse(visit, 404)
  if (url.pathname === secrets.path) return begin(visit)
  if (url.pathname === '/callback' && request.method === 'GET') return takeCode(visit, url)
  return refuse(visit, 404)
}

function refuse({ response, options }: Visit, status: number): false {
  send(
    response,
    options,
    status,
    lastPage('Nothing is here', ['Open the address that the command has printed.']),
  )
  return false
}

async function begin(visit: Visit): Promise<false> {
  const { request, response, options } = visit
  const { organization, name, webhook } = options
  const account = organization ?? 'your account'
  if (request.method === 'GET') {
    send(response, options, 200, firstPage({ name, webhook, account }))
    return false
  }
  const wishes = request.method === 'POST' ? await formOf(request) : undefined
  if (wishes === undefined) return refuse(visit, 405)
  const asked = { name: wishes.get('name') ?? '', webhook: wishes.get('webhook') ?? '' }
  const address = webhookAddress(asked.webhook)
  if ('wrong' in address) send(response, options, 422, firstPage({ ...asked, account, wrong: address.wrong }))
  else send(response, options, 200, onToGitHub(visit, asked.name, address.url))
  return false
}

function onToGitHub({ options, secrets, origin }: Visit, name: string, webhook: string): string {
  const { web, organization } = options
  const owner = organization === undefined ? '' : `/organizations/${encodeURIComponent(organization)}`
  const action = `${web}${owner}/settings/apps/new?state=${secrets.state}`
  return manifestPage(action, appManifest({ name, webhook, redirect: `${origin}/callback` }))
}

/** Undefined where it is longer than any form of ours, or whoever sends it goes away. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > budgets.setupForm.size) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

async function takeCode(visit: Visit, { searchParams }: URL): Promise<boolean> {
  const { response, options, secrets, takeOnce } = visit
  const code = searchParams.get('code') ?? ''
  if (!isSame(searchParams.get('state') ?? '', secrets.state) || code === '') return refuse(visit, 403)
  if (!takeOnce()) return refuse(visit, 410)
  const { status, title, sentences } = await options.onCode(code)
  send(response, options, status, lastPage(title, sentences))
  return true
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Nothing runs in the pages, and their forms go nowhere but here and to GitHub. */
function send(response: ServerResponse, { web }: LoopbackOptions, status: number, page: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${new URL(web).origin}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    .end(page)
}
