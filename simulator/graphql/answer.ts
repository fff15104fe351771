import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { buildSchema, GraphQLError, graphqlSync } from 'graphql'
import { ApiError } from '../access/api-error.ts'
import { requirePermission, visibleRepository } from '../access/permissions.ts'
import { identify } from '../access/tokens.ts'
import type { Reply } from '../rest/call.ts'
import type { Token } from '../state/app.ts'
import { type Json, textAt } from '../state/json.ts'
import { fullName } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { type GraphNode, nodeOf } from './nodes.ts'

/** Whether a path is the GraphQL API: beside the REST API, as on a GitHub Enterprise Server. */
export function isGraphqlPath(path: string): boolean {
  return path === '/api/graphql'
}

const schema = buildSchema(readFileSync(new URL('github.graphql', import.meta.url), 'utf8'))

/** Answers a GraphQL query of a token. What is wrong with the query itself is an error of status 200, as GitHub has it. */
export function answerGraphql(world: World, request: IncomingMessage, text: string): Reply {
  try {
    const who = identify(world, request.headers.authorization)
    if (who.kind !== 'token') throw new ApiError(401, 'This endpoint requires you to be authenticated.')
    const body = JSON.parse(text) as Json
    return { status: 200, body: answered(world, who.token, body) }
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: { message: error.message } }
    if (error instanceof SyntaxError) return { status: 400, body: { message: 'Problems parsing JSON' } }
    throw error
  }
}

function answered(world: World, token: Token, body: Json): object {
  const { data, errors = [] } = graphqlSync({
    schema,
    source: textAt(body, 'query') ?? '',
    variableValues: (body['variables'] ?? {}) as Json,
    rootValue: { node: ({ id }: { readonly id: string }) => visibleNode(id, world, token) },
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
