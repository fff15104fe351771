import { notFound } from '../access/api-error.ts'
import { actorOf } from '../access/tokens.ts'
import { pullRequestNumbered } from '../behaviour/pull-requests.ts'
import type { Operation } from '../contract/operations.ts'
import type { Account } from '../state/accounts.ts'
import type { App, Installation, Token } from '../state/app.ts'
import { type Json, numberAt } from '../state/json.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'

/** A request to the REST API after its credentials, query and body were checked. */
export interface Call {
  readonly world: World
  readonly url: URL
  readonly accept: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Json
  readonly body: Json
}

/** A request made with an access token. */
export interface TokenCall extends Call {
  readonly token: Token
}

/** A request about a repository that the token may see. */
export interface RepositoryCall extends TokenCall {
  readonly repository: Repository
}

/** An answer. `raw` is sent as it is; it is the one kind that GitHub's description says nothing about. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly raw?: { readonly type: string; readonly bytes: Buffer }
  readonly headers?: Readonly<Record<string, string>>
}

type Answer = Reply | Promise<Reply>

/** Who may use an operation: anybody, the App by its JWT, any token, or a token with a permission on the repository. */
export type Route =
  | { readonly kind: 'anybody'; readonly operation: Operation; readonly run: (call: Call) => Answer }
  | { readonly kind: 'app'; readonly operation: Operation; readonly run: (call: Call, app: App) => Answer }
  | {
      readonly kind: 'token'
      readonly operation: Operation
      readonly permission?: string
      readonly run: (call: TokenCall) => Answer
    }
  | {
      readonly kind: 'repository'
      readonly operation: Operation
      readonly permission: string
      readonly level: 'read' | 'write'
      readonly run: (call: RepositoryCall) => Answer
    }

/** Makes the routes that need one permission on the repository. */
export function onRepository(
  permission: string,
  level: 'read' | 'write',
): (operation: Operation, run: (call: RepositoryCall) => Answer) => Route {
  return (operation, run) => ({ kind: 'repository', operation, permission, level, run })
}

/** 200 with a body. */
export function ok(body: unknown): Reply {
  return { status: 200, body }
}

/** A part of the path; the router has filled it. */
export function parameter(call: Call, name: string): string {
  return call.path[name] ?? ''
}

/** The same as a number; anything else names nothing. */
export function numberParameter(call: Call, name: string): number {
  const text = parameter(call, name)
  if (!/^\d+$/.test(text)) throw notFound()
  return Number(text)
}

/** The account that the caller acts as. */
export function caller(call: TokenCall): Account {
  return actorOf(call.token)
}

/** The installation behind a call, for what only Apps may do. */
export function callingInstallation(call: TokenCall): Installation | undefined {
  return call.token.kind === 'installation' ? call.token.installation : undefined
}

/** The pull request that the path names by `pull_number` or `issue_number`. */
export function calledPull(call: RepositoryCall): PullRequest {
  const name = 'pull_number' in call.path ? 'pull_number' : 'issue_number'
  return pullRequestNumbered(call.repository, numberParameter(call, name))
}

/** Which part of a list was asked for. */
interface Page {
  readonly number: number
  readonly size: number
}

/** GitHub's paging: 30 unless told, at most 100. */
function requestedPage(call: Call): Page {
  const size = numberAt(call.query, 'per_page') ?? 30
  const number = numberAt(call.query, 'page') ?? 1
  return { number: Math.max(1, number), size: Math.min(100, Math.max(1, size)) }
}

function pageLink(call: Call, number: number): string {
  const url = new URL(call.url)
  url.searchParams.set('page', String(number))
  return url.href
}

function linkHeader(call: Call, page: Page, total: number): Readonly<Record<string, string>> {
  const last = Math.max(1, Math.ceil(total / page.size))
  const links: string[] = []
  const add = (number: number, relation: string) =>
    links.push(`<${pageLink(call, number)}>; rel="${relation}"`)
  if (page.number > 1) add(page.number - 1, 'prev')
  if (page.number < last) add(page.number + 1, 'next')
  if (page.number < last) add(last, 'last')
  if (page.number > 1) add(1, 'first')
  return links.length > 0 ? { link: links.join(', ') } : {}
}

/** A page of a list; only the items of that page are presented. `wrap` puts the list into an object. */
export function paginated<T>(
  call: Call,
  items: readonly T[],
  show: { readonly each: (item: T) => unknown; readonly wrap?: (page: unknown[], total: number) => Json },
): Reply {
  const page = requestedPage(call)
  const shown = items.slice((page.number - 1) * page.size, page.number * page.size).map(show.each)
  return {
    status: 200,
    body: show.wrap ? show.wrap(shown, items.length) : shown,
    headers: linkHeader(call, page, items.length),
  }
}
