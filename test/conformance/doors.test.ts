import { expect, it } from 'vitest'
import { portOnPod } from '../../conformance/doors.ts'
import type { KubernetesObject, Pod } from '../../conformance/mesh.ts'

const gateway: Pod = { type: 'router', namespace: 'edge', labels: { istio: 'gateway', tier: 'front' } }
const service = (namespace: string, spec: KubernetesObject['spec']): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's', namespace, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { selector: { istio: 'gateway' }, ...spec },
})
const leading = service('edge', { ports: [{ port: 80, targetPort: 8000 }, { port: 443 }] })

it.each<[string, number, number]>([
  ['the one that a Service leads to', portOnPod([leading], gateway, 80), 8000],
  ['the same one where the Service says no other', portOnPod([leading], gateway, 443), 443],
  ['the same one where the Service lacks it', portOnPod([leading], gateway, 8080), 8080],
  ['the same one of a sidecar', portOnPod([leading], { ...gateway, type: 'sidecar' }, 80), 80],
  ['not of a Service of another namespace', portOnPod([service('n1', leading.spec)], gateway, 80), 80],
  [
    'not of a Service of other pods',
    portOnPod([service('edge', { ...leading.spec, selector: { tier: 'back' } })], gateway, 80),
    80,
  ],
])('the port of a pod is %s', (_, port, expected) => {
  expect(port).toBe(expected)
})
