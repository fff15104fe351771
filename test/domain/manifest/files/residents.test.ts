import { describe, expect, it } from 'vitest'
import { dwellingPaths, residentPaths } from '../../../../src/domain/manifest/files/residents.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'

const files = [
  { path: 'a/service.yaml', text: 'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: ns1 }\n' },
  { path: 'b/namespace.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: ns1 }\n' },
  {
    path: 'c/list.yaml',
    text: 'apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  metadata: { name: ns1, namespace: ns1 }\n',
  },
  {
    path: 'd/virtual-service.yaml',
    text: 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: d }\nspec: { hosts: [d] }\n',
  },
  { path: 'e/other.yaml', text: '# ns1\nkind: Service\nmetadata: { name: ns1, namespace: ns10 }\n' },
  { path: 'f/values.yaml', text: 'namespace: ns1\n' },
]

describe('who lives in a namespace', () => {
  const manifests = parseManifests(files, {
    namespaceOf: (path) => (path.startsWith('d/') ? 'ns1' : undefined),
    version: { major: 1, minor: 30 },
  })

  it('is whoever writes any kind of object into it, the namespace itself, and what has it from elsewhere', () => {
    expect(residentPaths(manifests, 'ns1')).toEqual([
      'a/service.yaml',
      'b/namespace.yaml',
      'c/list.yaml',
      'd/virtual-service.yaml',
    ])
  })

  it('is whoever has more there than the Namespace, unless that is all there is', () => {
    expect(dwellingPaths(manifests, 'ns1')).toEqual([
      'a/service.yaml',
      'c/list.yaml',
      'd/virtual-service.yaml',
    ])
    const made = files.filter(({ path }) => path === 'b/namespace.yaml')
    const alone = parseManifests(made, {
      namespaceOf: () => undefined,
      version: { major: 1, minor: 30 },
    })
    expect(dwellingPaths(alone, 'ns1')).toEqual(['b/namespace.yaml'])
  })

  it('is nobody where only the word stands', () => {
    expect(residentPaths(manifests, 'values')).toEqual([])
  })
})
