import { describe, expect, it } from 'vitest'
import { type GatewayPods, podsOfGateway, socketsOf } from '../../../src/domain/access/gateway-pods.ts'
import { reachOfPolicy } from '../../../src/domain/access/reach-of-policy.ts'
import { accessPolicy } from '../../support/access-policies.ts'

const gw = { istio: 'ingressgateway' }
const all = { app: 'gw', istio: 'ingressgateway' }
const k = { 'gateway.networking.k8s.io/gateway-name': 'k' }
const whole = (namespace: string, labels: Readonly<Record<string, string>> = all): GatewayPods => ({
  labels,
  areLabelsWhole: true,
  namespaces: [namespace],
})
const somewhere: GatewayPods = { labels: gw, areLabelsWhole: false }
const beside: GatewayPods = { ...somewhere, besides: 'edge' }
const toGateway = (name: string, more: object = {}) => [
  { group: 'gateway.networking.k8s.io', kind: 'Gateway', name, ...more },
]

/** Whether a policy of a namespace is for pods, in a mesh whose root is `root`. */
function reach(
  namespace: string,
  more: Parameters<typeof accessPolicy>[1],
  pods: readonly GatewayPods[],
  known: Partial<Parameters<typeof reachOfPolicy>[2]> = {},
): string {
  return reachOfPolicy(accessPolicy(`${namespace}/p`, more), pods, {
    rootNamespaces: ['root'],
    workloads: [],
    ...known,
  })
}

describe('a policy is for pods', () => {
  it.each<[string, string]>([
    ['of all namespaces in the root', reach('root', {}, [whole('edge')])],
    ['of its own namespace', reach('edge', {}, [whole('edge')])],
    ['by a label that they have', reach('edge', { selector: gw }, [whole('edge')])],
    ['by a label of the selector, wherever they are', reach('root', { selector: gw }, [somewhere])],
    ['of a Gateway that Istio makes', reach('edge', { targets: toGateway('k') }, [whole('edge', k)])],
    [
      'of one that it names with its namespace',
      reach('edge', { targets: toGateway('k', { namespace: 'edge' }) }, [whole('edge', k)]),
    ],
    ['of such a Gateway by their label', reach('edge', { selector: k }, [whole('edge', k)])],
  ])('%s', (_, found) => {
    expect(found).toBe('yes')
  })
})

describe('a policy is not for pods', () => {
  it.each<[string, string]>([
    ['of another namespace', reach('shop', {}, [whole('edge')])],
    ['without the label', reach('root', { selector: { app: 'other' } }, [whole('edge')])],
    ['with another value of the label', reach('root', { selector: { istio: 'other' } }, [somewhere])],
    [
      'that Istio did not make, by the name of a Gateway',
      reach('edge', { targets: toGateway('k') }, [whole('edge')]),
    ],
    ['of another Gateway', reach('edge', { targets: toGateway('other') }, [whole('edge', k)])],
    ['of a Gateway of another namespace', reach('shop', { targets: toGateway('k') }, [whole('edge', k)])],
    [
      'that it names as a Service',
      reach('edge', { targets: [{ kind: 'Service', name: 'k' }] }, [whole('edge', k)]),
    ],
    ['that nobody says are in its namespace', reach('shop', {}, [somewhere])],
    ['by labels of which none is known of them', reach('shop', { selector: { app: 'web' } }, [somewhere])],
    [
      'where something else has the labels',
      reach('edge', { selector: { app: 'web' } }, [beside], { workloads: [{ labels: { app: 'web' } }] }),
    ],
    ['where none run', reach('edge', {}, [])],
  ])('%s', (_, found) => {
    expect(found).toBe('no')
  })
})

describe('a policy is perhaps for pods', () => {
  it.each<[string, string]>([
    ['beside the Gateway', reach('edge', {}, [beside])],
    [
      'beside the Gateway, by labels that nothing here has',
      reach('edge', { selector: { app: 'gw' } }, [beside]),
    ],
    ['in another namespace, by their labels', reach('shop', { selector: gw }, [somewhere])],
    ['of which some are in its namespace', reach('edge', {}, [whole('edge'), whole('other')])],
    ['in one of several namespaces', reach('edge', {}, [{ ...somewhere, namespaces: ['edge', 'other'] }])],
    [
      'where there are several roots',
      reach('root', {}, [somewhere], { rootNamespaces: ['root', 'istio-system'] }),
    ],
    ['by a label that is filled in', reach('root', { selector: { istio: `$\{NAME}` } }, [somewhere])],
    [
      'by a label that they are given as they start',
      reach('root', { selector: { istio: 'ingressgateway', 'istio.io/rev': 'a' } }, [whole('edge')]),
    ],
  ])('%s', (_, found) => {
    expect(found).toBe('perhaps')
  })
})

describe('the pods of a gateway', () => {
  const nothing = { workloads: [], services: [] }
  const service = { namespace: 'edge', selector: all, ports: [{ port: 80, target: 8080 }] }

  it.each<[string, unknown, readonly GatewayPods[]]>([
    [
      'are those that are made here',
      podsOfGateway(
        { selector: gw },
        { ...nothing, workloads: [{ labels: all, namespace: 'edge' }, { labels: { app: 'web' } }] },
        [],
      ),
      [whole('edge')],
    ],
    [
      'else those of a Service',
      podsOfGateway({ selector: gw }, { ...nothing, services: [service] }, []),
      [{ labels: all, areLabelsWhole: false, namespaces: ['edge'] }],
    ],
    ['else any with its labels', podsOfGateway({ selector: gw, namespace: 'edge' }, nothing, []), [beside]],
    [
      'in the namespaces that somebody says',
      podsOfGateway({ selector: gw }, nothing, ['edge']),
      [{ ...somewhere, namespaces: ['edge'] }],
    ],
    [
      'and not those made elsewhere than somebody says',
      podsOfGateway({ selector: gw }, { ...nothing, services: [service] }, ['other']),
      [{ ...somewhere, namespaces: ['other'] }],
    ],
    [
      'are any where nothing is selected',
      podsOfGateway({}, nothing, []),
      [{ labels: {}, areLabelsWhole: false }],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })

  it.each<[string, unknown, readonly number[] | undefined]>([
    [
      'the port to which the Service leads',
      socketsOf(80, [whole('edge')], { ...nothing, services: [service] }),
      [8080],
    ],
    [
      'its own where no port of the Service is it',
      socketsOf(443, [whole('edge')], { ...nothing, services: [service] }),
      [443],
    ],
    [
      'its own where the Service says so',
      socketsOf(80, [whole('edge')], { ...nothing, services: [{ ...service, isNotTranslated: true }] }),
      [80],
    ],
    [
      'those of several Services',
      socketsOf(80, [whole('edge')], {
        ...nothing,
        services: [service, { ...service, ports: [{ port: 80, target: 80 }] }],
      }),
      [80, 8080],
    ],
    [
      'not known by a name',
      socketsOf(80, [whole('edge')], {
        ...nothing,
        services: [{ ...service, ports: [{ port: 80, target: 'http' }] }],
      }),
      undefined,
    ],
    ['not known without a Service', socketsOf(80, [whole('edge')], nothing), undefined],
    [
      'not known by a Service for others',
      socketsOf(80, [whole('edge')], { ...nothing, services: [{ ...service, selector: { app: 'web' } }] }),
      undefined,
    ],
    [
      'not known by a Service elsewhere',
      socketsOf(80, [whole('edge')], { ...nothing, services: [{ ...service, namespace: 'other' }] }),
      undefined,
    ],
  ])('a port of it is %s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})
