import type { KubernetesObject } from './mesh.ts'
import type { Chance } from './random.ts'
import { withoutUndefined } from './random-match.ts'

type Json = Readonly<Record<string, unknown>>

/** The names of policies: in the namespace of the gateways, in the root namespace, and where no gateway runs. */
export const policyNames = ['edge/pa', 'edge/pb', 'istio-system/pc', 'n1/pd'] as const

/** A policy, in the words of the requests that are asked. */
export function randomPolicy(chance: Chance, identity: string): KubernetesObject {
  const [namespace = '', name = ''] = identity.split('/')
  const action = chance.of([undefined, 'ALLOW', 'DENY', 'DENY', 'DENY', 'AUDIT', 'CUSTOM'])
  const count = chance.oneIn(10) ? 0 : 1 + chance.below(2)
  const isOfAll = chance.oneIn(14)
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: {
      name,
      namespace,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(chance.oneIn(16) && { annotations: { 'istio.io/dry-run': 'true' } }),
    },
    spec: withoutUndefined({
      ...randomReach(chance),
      action,
      provider: action === 'CUSTOM' ? { name: 'nobody' } : undefined,
      rules:
        count === 0 ? undefined : Array.from({ length: count }, () => (isOfAll ? {} : randomRule(chance))),
    }),
  }
}

/** Whom it is for: the shared gateway, that with pods of its own, all, or somebody else. */
function randomReach(chance: Chance): Json {
  const labels = chance.of([
    undefined,
    undefined,
    { istio: 'ingressgateway' },
    { istio: 'ingressgateway' },
    { tier: 'front' },
    { tier: 'back' },
    { app: 'web' },
    { 'gateway.networking.k8s.io/gateway-name': 'km' },
  ])
  if (chance.oneIn(8)) return { targetRefs: [{ group, kind: 'Gateway', name: chance.of(['ka', 'km']) }] }
  return labels === undefined ? {} : { selector: { matchLabels: labels } }
}

const group = 'gateway.networking.k8s.io'

function randomRule(chance: Chance): Json {
  return withoutUndefined({
    from: chance.oneIn(7) ? [{ source: randomSource(chance) }] : undefined,
    to: chance.oneIn(8) ? undefined : randomOperations(chance),
    when: chance.oneIn(4) ? [randomCondition(chance)] : undefined,
  })
}

/** No client has a certificate or a token. */
function randomSource(chance: Chance): Json {
  return chance.of<Json>([
    { principals: ['*'] },
    { notPrincipals: ['cluster.local/ns/n1/sa/a'] },
    { namespaces: ['n1'] },
    { notNamespaces: ['n1'] },
    { requestPrincipals: ['*'] },
    { notRequestPrincipals: ['*'] },
  ])
}

function randomOperations(chance: Chance): readonly Json[] {
  return Array.from({ length: 1 + (chance.oneIn(4) ? 1 : 0) }, () => ({ operation: randomOperation(chance) }))
}

const words = {
  hosts: ['a.example', '*.example', 'b.example', 'a.example:80', 'A.Example', '*', 'x.a.*', 'other.test'],
  paths: ['/a', '/a*', '*b', '/b/*', '*', '/a/{*}', '/a/{**}', '/{**}/b', '/a/b', '/', '//a*', '/A'],
  methods: ['GET', 'POST', 'P*', '*'],
  ports: ['80', '8000', '8080', '443', '8443'],
} as const

/** Each field is there in one of three, and some of those as what must not be. */
function randomOperation(chance: Chance): Json {
  const fields = chance.some(Object.entries(words), 2)
  return Object.fromEntries(
    fields.map(([field, values]) => [
      chance.oneIn(4) ? `not${field[0]?.toUpperCase()}${field.slice(1)}` : field,
      chance.some<string>(values, 2),
    ]),
  )
}

function randomCondition(chance: Chance): Json {
  const key = chance.of([
    'request.headers[x]',
    'request.headers[Y]',
    'request.headers[x-long]',
    'destination.port',
    'request.auth.claims[iss]',
    'request.header[x]',
  ])
  const values = key === 'destination.port' ? words.ports : (['1', '1*', '*2', '*', 'A', 'x'] as const)
  const field = chance.oneIn(3) ? 'notValues' : 'values'
  return { key, [field]: chance.some<string>(values, 2) }
}
