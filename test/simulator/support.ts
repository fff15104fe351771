import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Octokit } from '@octokit/rest'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.ts'

/** A JWT as an App makes it; `claims` overrides what GitHub asks for. */
export function appToken(simulator: Simulator, claims: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = { iat: now - 30, exp: now + 540, iss: String(simulator.appId), ...claims }
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(payload)}`
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(simulator.privateKey, 'base64url')}`
}

/** Octokit with a token, without retries or log output. */
export function octokit(simulator: Simulator, token: string): Octokit {
  const silent = () => undefined
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  return new Octokit({ baseUrl: simulator.apiUrl, auth: token, log })
}

/** Octokit as the App's installation on an account. */
export async function installationOctokit(simulator: Simulator, owner = 'acme'): Promise<Octokit> {
  const app = octokit(simulator, appToken(simulator))
  const { data: installations } = await app.rest.apps.listInstallations()
  const installation = installations.find(
    ({ account }) => account && 'login' in account && account.login === owner,
  )
  if (!installation) throw new Error(`the App is not installed on ${owner}`)
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: installation.id })
  return octokit(simulator, data.token)
}

/** The status and body of a refusal. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; body: unknown; text: string }> {
  try {
    await request
  } catch (error) {
    const { status, response } = error as { status: number; response?: { data: unknown } }
    return { status, body: response?.data, text: JSON.stringify(response?.data) }
  }
  throw new Error('the request was not refused')
}

/** A webhook as it arrived. */
export interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Milliseconds of the machine's clock. */
  readonly at: number
}

/** A server that takes webhooks and answers with a status. */
export async function receiver(answer: (received: Received) => number | Promise<number> = () => 200) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { headers: request.headers, body, at: Date.now() }
    received.push(one)
    response.writeHead(await answer(one)).end('thanks')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}/hook`, received, close }
}

/** The repository that most tests play in. */
export const repo = 'acme/mesh'

/** Its parts, as Octokit wants them. */
export const at = { owner: 'acme', repo: 'mesh' } as const

const numbered = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n')

// Making a key takes longer than most tests; one serves a whole file.
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

/** An organization with two teams and a repository of two files of forty lines. */
export async function smallWorld(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ webhookSecret: 'secret', privateKey, ...options })
  for (const login of ['maya', 'lina', 'carla', 'oskar']) simulator.createUser(login)
  simulator.createOrganization('acme', ['maya'])
  simulator.createTeam({ organization: 'acme', slug: 'login', members: ['lina'] })
  simulator.createTeam({ organization: 'acme', slug: 'catalog', members: ['carla'] })
  await simulator.createRepository({
    repo,
    files: { 'a.txt': `${numbered}\n`, 'teams/b.txt': `${numbered}\n`, 'README.md': '# Mesh\n' },
    teams: { login: 'write', catalog: 'write' },
  })
  return simulator
}

/** The forty lines with some of them replaced. */
export function withLines(changes: Readonly<Record<number, string>>): string {
  const lines = numbered.split('\n').map((line, index) => changes[index + 1] ?? line)
  return `${lines.join('\n')}\n`
}

/** A pull request of lina's that changes lines 3 and 30 of a.txt; returns its number and head. */
export async function linasPull(simulator: Simulator): Promise<{ number: number; head: string }> {
  const files = { 'a.txt': withLines({ 3: 'three', 30: 'thirty' }) }
  const head = await simulator.push({ repo, branch: 'edit', by: 'lina', files, message: 'Change two lines' })
  const number = await simulator.openPullRequest({ repo, title: 'Two lines', author: 'lina', head: 'edit' })
  return { number, head }
}
