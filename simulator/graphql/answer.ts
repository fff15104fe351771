import type { IncomingMessage } from 'node:http'
import { requirePermission, visibleRepository } from '../access.ts'
import { ApiError } from '../api-error.ts'
import { identify } from '../auth.ts'
import type { Reply } from '../call.ts'
import { type Json, textAt } from '../json.ts'
import { fullName } from '../repository.ts'
import type { Token, World } from '../world.ts'
import { type Argument, parseQuery, QueryError, type Selection } from './parse-query.ts'
import { type GraphObject, type GraphValue, nodeOf } from './schema.ts'

/** Whether a path is the GraphQL API: beside the REST API, as on a GitHub Enterprise Server. */
export function isGraphqlPath(path: string): boolean {
  return path === '/api/graphql'
}

/** One error of an answer; GitHub sends them with status 200. */
interface GraphError {
  readonly type: string
  readonly message: string
  readonly path?: readonly string[]
}

interface Query {
  readonly world: World
  readonly token: Token
  readonly variables: Json
  readonly errors: GraphError[]
}

type Answered = string | number | null | Answered[] | { [field: string]: Answered }

/** Answers a GraphQL query of a token. What is wrong with the query itself is an error of status 200, as GitHub has it. */
export function answerGraphql(world: World, request: IncomingMessage, text: string): Reply {
  try {
    const who = identify(world, request.headers.authorization)
    if (who.kind !== 'token') throw new ApiError(401, 'This endpoint requires you to be authenticated.')
    const body = JSON.parse(text) as Json
    const variables = (body['variables'] ?? {}) as Json
    const query: Query = { world, token: who.token, variables, errors: [] }
    const data = rootOf(parseQuery(textAt(body, 'query') ?? ''), query)
    return { status: 200, body: query.errors.length > 0 ? { data, errors: query.errors } : { data } }
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: { message: error.message } }
    if (error instanceof QueryError) return { status: 200, body: { errors: [{ message: error.message }] } }
    if (error instanceof SyntaxError) return { status: 400, body: { message: 'Problems parsing JSON' } }
    throw error
  }
}

function rootOf(selections: readonly Selection[], query: Query): Answered {
  const answered: { [field: string]: Answered } = {}
  for (const selection of selections) {
    if (selection.kind !== 'field' || selection.name !== 'node')
      throw new QueryError(
        `Field '${selection.kind === 'field' ? selection.name : selection.on}' doesn't exist on type 'Query'`,
      )
    const id = argumentValue(selection.arguments['id'], query)
    const object = visibleNode(String(id), query)
    answered['node'] = object === undefined ? null : chosen(object, selection.selections)
  }
  return answered
}

function argumentValue(argument: Argument | undefined, { variables }: Query): unknown {
  if (argument === undefined) throw new QueryError("Field 'node' is missing required arguments: id")
  return argument.kind === 'constant' ? argument.value : variables[argument.name]
}

function visibleNode(id: string, { world, token, errors }: Query): GraphObject | undefined {
  const node = nodeOf(world, id)
  try {
    if (node === undefined) throw new ApiError(404, 'Not Found')
    const repository = visibleRepository(world, token, fullName(node.repository))
    requirePermission(world, token, { permission: node.permission, level: 'read', repository })
    return node.object
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const refused = error.status === 403
    errors.push({
      type: refused ? 'FORBIDDEN' : 'NOT_FOUND',
      message: refused ? error.message : `Could not resolve to a node with the global id of '${id}'`,
      path: ['node'],
    })
    return undefined
  }
}

function chosen({ type, fields }: GraphObject, selections: readonly Selection[]): Answered {
  const answered: { [field: string]: Answered } = {}
  for (const selection of selections) {
    if (selection.kind === 'fragment') {
      if (selection.on === type) Object.assign(answered, chosen({ type, fields }, selection.selections))
    } else if (selection.name === '__typename') answered['__typename'] = type
    else {
      const value = fields[selection.name]
      if (value === undefined)
        throw new QueryError(`Field '${selection.name}' doesn't exist on type '${type}'`)
      answered[selection.name] = answeredAs(value, selection.selections)
    }
  }
  return answered
}

function answeredAs(value: GraphValue, selections: readonly Selection[]): Answered {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  return 'type' in value ? chosen(value, selections) : value.map((each) => chosen(each, selections))
}
