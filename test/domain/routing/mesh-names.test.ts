import { expect, it } from 'vitest'
import { namesInMesh } from '../../../src/domain/routing/mesh-names.ts'

it.each([
  ['svc', 'ns', ['svc', 'svc.ns.svc.cluster.local']],
  ['svc', undefined, ['svc']],
  ['svc.other', 'ns', ['svc.other', 'svc.other.svc.cluster.local']],
  ['svc.other.svc', 'ns', ['svc.other.svc', 'svc.other.svc.cluster.local']],
  ['a.b.example', 'ns', ['a.b.example']],
  ['svc.ns.svc.cluster.local', 'ns', ['svc.ns.svc.cluster.local']],
  ['', 'ns', ['']],
] as const)('%j from %j may be %j', (name, namespace, expected) => {
  expect(namesInMesh(name, namespace, 'cluster.local')).toEqual(expected)
})
