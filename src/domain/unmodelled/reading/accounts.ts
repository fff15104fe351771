import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, picked, textOf } from '../../manifest/json-fields.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { memoized } from '../../source/memoized.ts'
import { type Roles, rightsBound } from './rights.ts'

/** Somebody who is given rights to write objects of the mesh: everywhere, or in one namespace. */
export interface Grant {
  readonly subjects: readonly JsonObject[]
  /** Where the binding stands; of one for all of the cluster, nothing. */
  readonly namespace: string | undefined
  readonly isOfAll: boolean
  /** What is bound here allows to write objects of the mesh. */
  readonly isWriting: boolean
}

/** An account under which something is run, and what is. */
export interface Running {
  readonly account: string
  readonly runs: JsonValue
}

/** What all bindings of both sides give. */
export function grantsAmong(bindings: readonly UnmodelledResource[], roles: Roles): readonly Grant[] {
  return bindings.map((binding) => {
    const isOfAll = binding.kind.startsWith('Cluster')
    const rights = rightsBound(binding, roles)
    return {
      subjects: objectsOf(binding.body['subjects']),
      namespace: isOfAll ? undefined : binding.namespace,
      isOfAll,
      isWriting: rights === 'anywhere' || (rights === 'there' && !isOfAll),
    }
  })
}

/** Whether rights are given to an account, by its name or to all of its namespace; a namespace that nothing says may be any. */
export function isGivenTo(
  grant: Grant,
  account: { readonly name: string; readonly namespace: string | undefined },
): boolean {
  return grant.subjects.some((subject) => {
    const name = textOf(subject['name']) ?? ''
    if (subject['kind'] === 'ServiceAccount') {
      const namespace = textOf(subject['namespace']) ?? grant.namespace
      const isThere = [namespace, account.namespace].includes(undefined) || namespace === account.namespace
      return name === account.name && isThere
    }
    const place = account.namespace ?? ''
    return [
      'system:authenticated',
      'system:serviceaccounts',
      `system:serviceaccounts:${place}`,
      `system:serviceaccount:${place}:${account.name}`,
    ].includes(name)
  })
}

/** A Secret with the token of an account: whoever reads it is that account. */
export interface Token {
  readonly name: string
  readonly namespace: string | undefined
  readonly account: string
}

/** What a Secret gives away, if it holds a token. */
export function tokenIn({
  kind,
  name,
  namespace,
  annotations,
  body,
}: Pick<UnmodelledResource, 'kind' | 'name' | 'namespace' | 'annotations' | 'body'>): readonly Token[] {
  const account = annotations['kubernetes.io/service-account.name']
  const isToken = kind === 'Secret' && body['type'] === 'kubernetes.io/service-account-token'
  return isToken && account !== undefined ? [{ name, namespace, account }] : []
}

/** All that an object has run, each under its account; pods that name none are `default`. */
export const runningIn = memoized((body: JsonObject): readonly Running[] => {
  const { metadata: _, status: __, ...rest } = body
  return runningBelow(rest)
})

function runningBelow(value: JsonValue | undefined): readonly Running[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => runningBelow(each))
  if (!isObject(value)) return []
  const named = textOf(value['serviceAccountName']) ?? textOf(value['serviceAccount'])
  const isPod = Array.isArray(value['containers'])
  if (named === undefined && !isPod) return Object.values(value).flatMap((each) => runningBelow(each))
  if (value['automountServiceAccountToken'] === false && value['volumes'] === undefined) return []
  return [{ account: named ?? 'default', runs: isPod ? startsOf(value) : value }]
}

/**
 * Whether something runs under an account of its own of which no binding here tells the rights. Whoever names none has none; what bindings
 * here give is looked at by itself.
 */
export function runsWithUnknownRights(
  { body, namespace }: Pick<UnmodelledResource, 'body' | 'namespace'>,
  grants: readonly Grant[],
): boolean {
  return runningIn(body).some(
    ({ account: name }) => name !== 'default' && !grants.some((each) => isGivenTo(each, { name, namespace })),
  )
}

/** Images of whatever version, and what they are started with. */
function startsOf(pod: JsonObject): JsonValue {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) =>
    objectsOf(pod[field]),
  )
  const started = containers.map((each) => ({
    image: (textOf(each['image']) ?? '').replace(/(?:@.*|:[^/:]*)$/, ''),
    ...picked(each, ['command', 'args', 'env', 'envFrom', 'lifecycle', 'volumeMounts']),
  }))
  return { started, volumes: pod['volumes'] ?? null }
}

/** ConfigMaps and Secrets that something which is run reads, by name. */
export function readBy({ runs }: Running): ReadonlySet<string> {
  return new Set(namesBelow(runs))
}

const sources = ['configMap', 'secret', 'configMapRef', 'secretRef', 'configMapKeyRef', 'secretKeyRef']

function namesBelow(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => namesBelow(each))
  if (!isObject(value)) return []
  const own = sources.flatMap(
    (field) => textOf(at(value, field, 'name')) ?? textOf(at(value, field, 'secretName')) ?? [],
  )
  return [...own, ...Object.values(value).flatMap((each) => namesBelow(each))]
}
