import { describe, expect, it } from 'vitest'
import { isJudgedAtGateways } from '../../../../src/domain/rules/unmodelled/judged-policies.ts'
import { unjudgedPairs } from '../../../../src/domain/rules/unmodelled/unjudged-objects.ts'
import { worldOf } from '../../../../src/domain/unmodelled/targets/world.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../../../support/gateway-api.ts'
import { comparedTexts, denying, policy, type Texts } from '../../../support/policy-sides.ts'

/** Whether each policy that differs is judged as a whole, so that nobody has to be asked what it does. */
function judged(base: Texts, merged: Texts, settings = {}): readonly boolean[] {
  const comparison = comparedTexts(base, merged, settings)
  const pairs = unjudgedPairs(comparison, worldOf(comparison).setting)
  return pairs.map((pair) => isJudgedAtGateways(pair, comparison))
}

const deny = (operation: string, more?: Parameters<typeof denying>[1]): Texts => ({
  'p.yaml': denying(operation, more),
})
const some = '{ paths: [/a] }'
const tcp =
  'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: tcp, namespace: istio-system }\nspec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 5432, name: db, protocol: TCP }, hosts: ["*"] }] }\n'
const more = (labels: string) => ({ selector: `selector: { matchLabels: { ${labels} } },` })

/** A Kubernetes Gateway of the pods behind a Service, on which none of Istio's is. */
const byAddress: Texts = { 'gw.yaml': gatewayService, 'k.yaml': kubernetesGateway() }
/** One for which Istio makes the pods. */
const made: Texts = {
  'gw.yaml': '',
  'k.yaml': kubernetesGateway().replace(/ {2}addresses: .*\n/, ''),
  'r.yaml': httpRoute('login/app'),
}
const named = (name: string, target = `kind: Gateway, name: ${name}`) =>
  policy(`action: DENY, rules: [{}], targetRefs: [{ group: gateway.networking.k8s.io, ${target} }]`, {
    selector: '',
  })
const ofPods = more('gateway.networking.k8s.io/gateway-name: k')
const pods = (namespace: string, labels: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: ${namespace} }\nspec: { template: { metadata: { labels: { ${labels} } } } }\n`

describe('a policy for Kubernetes Gateways is judged as a whole', () => {
  it.each<[string, Texts, string]>([
    ['by the labels of the pods behind its Service', byAddress, denying(some)],
    ['by those of pods that Istio makes', made, denying(some, ofPods)],
    ['by its name', made, named('k')],
    [
      'where the pods that have the labels are here',
      { ...byAddress, 'pods.yaml': pods('istio-system', 'istio: ingressgateway') },
      denying(some),
    ],
  ])('%s', (_, around, text) => {
    expect(judged(around, { ...around, 'p.yaml': text })).toEqual([true])
  })
})

describe('somebody is asked besides about a policy for Kubernetes Gateways', () => {
  const tcpRoute = kubernetesGateway().replace(
    'listeners: [',
    'listeners: [{ name: db, port: 5432, protocol: TCP }, ',
  )

  it.each<[string, Texts, string]>([
    ['of pods that somebody deploys, by its name', byAddress, named('k')],
    ['of another name', made, named('other')],
    ['that it names as a class', made, named('istio', 'kind: GatewayClass, name: istio')],
    ['of another kind', made, named('k', 'kind: Service, name: k')],
    ['that is not worked out', { 'gw.yaml': '', 'k.yaml': kubernetesGateway() }, denying(some)],
    ['that takes something else than http', { ...byAddress, 'k.yaml': tcpRoute }, denying(some)],
    ['beside one of Istio’s, with routes that are not worked out', { 'k.yaml': tcpRoute }, denying(some)],
    [
      'where others have the labels',
      { ...byAddress, 'pods.yaml': pods('shop', 'istio: ingressgateway, app: x') },
      denying(some),
    ],
    [
      'where others have the name of the Gateway',
      { ...made, 'pods.yaml': pods('shop', 'gateway.networking.k8s.io/gateway-name: k') },
      denying(some, ofPods),
    ],
  ])('%s', (_, around, text) => {
    expect(judged(around, { ...around, 'p.yaml': text })).toEqual([false])
  })
})

describe('a policy is judged as a whole', () => {
  it.each<[string, Texts, Texts]>([
    ['for the pods of a gateway', {}, deny(some)],
    ['for some of them', {}, deny(some, more('istio: ingressgateway, app: gw'))],
    ['that goes', deny(some), {}],
    ['that changes', deny(some), deny('{ paths: [/b] }')],
    [
      'that is only tried out from now on',
      deny(some),
      deny(some, { annotations: '{ istio.io/dry-run: "true" }' }),
    ],
    ['of another namespace, perhaps', {}, deny(some, { namespace: 'shop' })],
  ])('%s', (_, base, merged) => {
    expect(judged(base, merged)).toEqual([true])
  })
})

describe('somebody is asked besides about a policy', () => {
  it.each<[string, Texts, Texts, object?]>([
    ['for everybody', {}, deny(some, { selector: '' })],
    ['for pods of which not all are of a gateway', {}, deny(some, more('app: gw'))],
    ['for other pods', {}, deny(some, more('app: web'))],
    ['that was for others before', deny(some, { selector: '' }), deny(some)],
    ['that the webhook refuses', {}, { 'p.yaml': policy('action: DENY') }],
    ['that nobody can read', {}, deny('{ pathz: [/a] }')],
    ['for what a gateway takes without http', { 'tcp.yaml': tcp }, { 'tcp.yaml': tcp, ...deny(some) }],
    [
      'that is written twice',
      { 'q.yaml': denying(some) },
      { 'q.yaml': denying(some), ...deny('{ paths: [/b] }') },
    ],
    ['that moves to another file', deny(some), { 'q.yaml': denying(some) }],
    [
      'for a Kubernetes Gateway',
      {},
      {
        'p.yaml': policy(
          'action: DENY, rules: [{}], targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: k }]',
          { selector: '' },
        ),
      },
    ],
    [
      'for gateways of a namespace in which none run',
      {},
      deny(some, { namespace: 'shop' }),
      { gatewayNamespaces: ['istio-system'] },
    ],
  ])('%s', (_, base, merged, settings = {}) => {
    expect(judged(base, merged, settings)).toEqual([false])
  })
})
