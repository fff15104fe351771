import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { buildSchema, type DocumentNode, execute, GraphQLError, parse, validate } from 'graphql'
import { ApiError } from '../access/api-error.ts'
import { requirePermission, visibleRepository } from '../access/permissions.ts'
import { identify } from '../access/tokens.ts'
import { type Outcome, underFault } from '../rest/answer.ts'
import type { Reply } from '../rest/call.ts'
import type { Token } from '../state/app.ts'
import { takeFault } from '../state/faults.ts'
import { type Json, textAt } from '../state/json.ts'
import { fullName, type Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { exceedsNodeLimit } from './node-limit.ts'
import { type GraphNode, type GraphObject, nodeOf } from './nodes.ts'
import { organizationObject } from './organizations.ts'
import { repositoryObject } from './repositories.ts'

/** Whether a path is the GraphQL API: beside the REST API, as on a GitHub Enterprise Server. */
export function isGraphqlPath(path: string): boolean {
  return path === '/api/graphql'
}

const schema = buildSchema(readFileSync(new URL('github.graphql', import.meta.url), 'utf8'))

/** Answers a GraphQL query of a token. What is wrong with the query itself is an error of status 200, as GitHub has it. */
export async function answerGraphql(world: World, request: IncomingMessage, text: string): Promise<Outcome> {
  const proper = () => replyTo(world, request, text)
  const fault = takeFault(world.faults, 'POST', '/graphql')
  const outcome: Outcome = fault ? await underFault(fault, proper) : { kind: 'reply', reply: await proper() }
  const status = outcome.kind === 'cut' ? 0 : outcome.reply.status
  world.requests.push({ method: 'POST', path: '/graphql', status })
  return outcome
}

async function replyTo(world: World, request: IncomingMessage, text: string): Promise<Reply> {
  try {
    const who = identify(world, request.headers.authorization)
    if (who.kind !== 'token') throw new ApiError(401, 'This endpoint requires you to be authenticated.')
    const body = JSON.parse(text) as Json
    return { status: 200, body: await answered(world, who.token, body) }
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: { message: error.message } }
    if (error instanceof SyntaxError) return { status: 400, body: { message: 'Problems parsing JSON' } }
    throw error
  }
}

/** A query as it is read, and what is wrong with it whatever its variables are. */
type Read =
  | { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }
  | { readonly document?: undefined; readonly errors: readonly GraphQLError[] }

/** The same few queries are sent again and again. */
const mostRead = 200
const known = new Map<string, Read>()

function readQuery(source: string): Read {
  const read = known.get(source) ?? readAnew(source)
  known.delete(source)
  known.set(source, read)
  const [oldest] = known.keys()
  if (known.size > mostRead && oldest !== undefined) known.delete(oldest)
  return read
}

function readAnew(source: string): Read {
  try {
    const document = parse(source)
    return { document, errors: validate(schema, document) }
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
}

async function answered(world: World, token: Token, body: Json): Promise<object> {
  const source = textAt(body, 'query') ?? ''
  const variableValues = (body['variables'] ?? {}) as Json
  const { document, errors: faults } = readQuery(source)
  if (document !== undefined && exceedsNodeLimit(document, variableValues))
    return { errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message: 'This query asks for too many nodes.' }] }
  if (document === undefined || faults.length > 0) return { errors: faults.map(presentError) }
  const { data, errors = [] } = await execute({
    schema,
    document,
    variableValues,
    rootValue: {
      node: ({ id }: { readonly id: string }) => visibleNode(id, world, token),
      organization: ({ login }: { readonly login: string }) => organizationObject(world, token, login),
      repository: (named: Named) => namedRepository(named, world, token),
    },
  })
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors.length === 0 ? {} : { errors: errors.map(presentError) }),
  }
}

/** GitHub gives an error its type beside the message. */
function presentError({ message, path, locations, extensions }: GraphQLError): object {
  return { ...extensions, message, ...(path && { path }), ...(locations && { locations }) }
}

interface Named {
  readonly owner: string
  readonly name: string
}

function namedRepository({ owner, name }: Named, world: World, token: Token): GraphObject {
  const repository = visible(`${owner}/${name}`, world, token)
  const permitted = (permission: string) => permit(world, token, { permission, repository })
  return repositoryObject(world, repository, permitted)
}

function visible(name: string, world: World, token: Token): Repository {
  try {
    return visibleRepository(world, token, name)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new GraphQLError(`Could not resolve to a Repository with the name '${name}'.`, {
      extensions: { type: 'NOT_FOUND' },
    })
  }
}

function permit(
  world: World,
  token: Token,
  needed: { readonly permission: string; readonly repository: Repository },
): void {
  try {
    requirePermission(world, token, { ...needed, level: 'read' })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new GraphQLError(error.message, { extensions: { type: 'FORBIDDEN' } })
  }
}

function visibleNode(id: string, world: World, token: Token): GraphNode['object'] {
  const node = nodeOf(world, id)
  try {
    if (node === undefined) throw new ApiError(404, 'Not Found')
    const repository = visibleRepository(world, token, fullName(node.repository))
    requirePermission(world, token, { permission: node.permission, level: 'read', repository })
    return node.object
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const refused = error.status === 403
    throw new GraphQLError(
      refused ? error.message : `Could not resolve to a node with the global id of '${id}'`,
      { extensions: { type: refused ? 'FORBIDDEN' : 'NOT_FOUND' } },
    )
  }
}
