import { expect, it } from 'vitest'
import { namesInMesh, otherNamesInMesh } from '../../../src/domain/routing/mesh-names.ts'

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

it.each([
  ['svc.ns.svc.cluster.local', ['svc', 'svc.ns', 'svc.ns.svc']],
  ['*.ns.svc.cluster.local', ['*', '*.ns', '*.ns.svc']],
  ['*.svc.cluster.local', ['*']],
  ['a.b.ns.svc.cluster.local', []],
  ['a.example', []],
] as const)('%j is also known as %j', (host, expected) => {
  expect(otherNamesInMesh(host, 'cluster.local')).toEqual(expected)
})

it('every other name of a service leads back to it', () => {
  const host = 'svc.ns.svc.cluster.local'
  for (const name of otherNamesInMesh(host, 'cluster.local')) {
    expect(namesInMesh(name, 'ns', 'cluster.local')).toContain(host)
  }
})
