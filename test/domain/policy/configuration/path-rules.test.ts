import { expect, it } from 'vitest'
import { defaultPolicy } from '../../../../src/domain/policy/configuration/configuration.ts'
import { pathRules } from '../../../../src/domain/policy/configuration/path-rules.ts'

it('reads YAML and JSON anywhere unless told otherwise', () => {
  const { isManifest, meshOf, namespaceOf } = pathRules(defaultPolicy)

  expect(['a.yaml', 'x/y/a.yml', '.hidden/a.json'].every(isManifest)).toBe(true)
  expect(isManifest('README.md')).toBe(false)
  expect([meshOf('a.yaml'), namespaceOf('a.yaml')]).toEqual([undefined, undefined])
})

it('excludes after including', () => {
  const { isManifest } = pathRules({
    ...defaultPolicy,
    manifests: { include: ['mesh/**'], exclude: ['mesh/test/**'] },
  })

  expect(['mesh/a', 'mesh/test/a', 'a.yaml'].map(isManifest)).toEqual([true, false, false])
})

it('lets the first entry that matches decide', () => {
  const { meshOf, namespaceOf } = pathRules({
    ...defaultPolicy,
    meshes: [
      { name: 'prod', paths: ['clusters/prod/**'] },
      { name: 'rest', paths: ['clusters/**'] },
    ],
    namespaces: [
      { namespace: 'ns1', paths: ['**/login/*'] },
      { namespace: 'ns2', paths: ['**'] },
    ],
  })

  expect(['clusters/prod/a', 'clusters/x/a', 'a'].map(meshOf)).toEqual(['prod', 'rest', undefined])
  expect(['teams/login/a.yaml', 'a.yaml'].map(namespaceOf)).toEqual(['ns1', 'ns2'])
})
