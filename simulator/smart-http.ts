import { spawn } from 'node:child_process'
import type { IncomingMessage } from 'node:http'
import { ApiError } from './access/api-error.ts'
import { requirePermission, visibleRepository } from './access/permissions.ts'
import { identify } from './access/tokens.ts'
import type { World } from './state/world.ts'

/** An answer of Git's own server. */
export interface GitReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const address = /^\/([^/]+)\/([^/]+)\.git\/(info\/refs|git-upload-pack)$/

/** Whether a path belongs to Git's protocol. */
export function isGitPath(path: string): boolean {
  return /^\/[^/]+\/[^/]+\.git(\/|$)/.test(path)
}

function parseReply(output: Buffer): GitReply {
  const end = output.indexOf('\r\n\r\n')
  const lines = output.subarray(0, end).toString().split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const { status = '200', ...rest } = headers
  return { status: Number.parseInt(status, 10), headers: rest, body: output.subarray(end + 4) }
}

function backend(environment: Readonly<Record<string, string>>, input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        ...environment,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks)))
    child.stdin.end(input)
  })
}

/** Fetching over HTTP: the access token is the password of `x-access-token`, and must read contents. */
export async function handleGit(world: World, request: IncomingMessage, input: Buffer): Promise<GitReply> {
  const url = new URL(request.url ?? '/', world.origin)
  const [, owner = '', name = '', service = ''] = address.exec(url.pathname) ?? []
  try {
    const who = identify(world, request.headers.authorization)
    if (who.kind !== 'token') throw new ApiError(401, 'Requires authentication')
    const repository = visibleRepository(world, who.token, `${owner}/${name}`)
    requirePermission(world, who.token, { permission: 'contents', level: 'read', repository })
    if (url.searchParams.get('service') === 'git-receive-pack') throw new ApiError(403, 'Read only')
    const output = await backend(
      {
        GIT_PROJECT_ROOT: repository.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: `/${service}`,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        CONTENT_LENGTH: String(input.length),
        // GitHub serves every commit it has, whether a branch reaches it or not.
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'uploadpack.allowAnySHA1InWant',
        GIT_CONFIG_VALUE_0: 'true',
      },
      input,
    )
    return parseReply(output)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const headers: Record<string, string> =
      error.status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}
    return { status: error.status, headers, body: Buffer.from(error.message) }
  }
}
