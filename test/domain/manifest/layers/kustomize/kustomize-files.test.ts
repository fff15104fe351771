import { expect, test } from 'vitest'
import { kustomizeFiles } from '../../../../../src/domain/manifest/layers/kustomize/kustomize-files.ts'
import { parseManifests } from '../../../../../src/domain/manifest/parse-manifests.ts'
import { said } from '../../../../support/said.ts'

const object = (name: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ns1}\nspec: {hosts: [a.example], http: [{route: [{destination: {host: a}}]}]}\n`

function parse(files: Readonly<Record<string, string>>) {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }))
  return parseManifests(list, { namespaceOf: () => undefined, version: { major: 1, minor: 24 } })
}

test('resources and patches by path, from the folder of the kustomization', () => {
  const text =
    'resources: [vs.yaml, ../base]\npatches:\n  - path: ./p/a.yaml\n  - patch: "x"\npatchesStrategicMerge: [b.yaml, "a: 1\\n"]\n'

  expect([...kustomizeFiles([{ path: 'o/prod/kustomization.yml', text }])].sort()).toEqual([
    'o/base',
    'o/prod/b.yaml',
    'o/prod/p/a.yaml',
    'o/prod/vs.yaml',
  ])
})

test('a name that is a word of YAML 1.1 is a text to Kustomize, and that is said', () => {
  const files = { 'vs.yaml': object('yes') }

  expect(parse(files).unreadable).toHaveLength(1)
  const kustomized = parse({ ...files, 'kustomization.yaml': 'resources: [vs.yaml]\n' })
  expect(kustomized.virtualServices.map(({ name }) => name)).toEqual(['yes'])
  expect(kustomized.diagnostics.map((each) => [each.severity, said(each)])).toEqual([
    [
      'warning',
      'Kustomize reads this file otherwise than Kubernetes would; it is taken as Kustomize reads it',
    ],
  ])
})

test('a key that is written twice is refused by Kustomize', () => {
  const files = { 'vs.yaml': `${object('a')}spec: {}\n` }

  expect(parse(files).unreadable).toEqual([])
  expect(parse({ ...files, 'kustomization.yaml': 'resources: [vs.yaml]\n' }).unreadable).toMatchObject([
    { path: 'vs.yaml', diagnostic: { code: 'key-twice' } },
  ])
})

test('what both read alike says nothing', () => {
  const files = { 'vs.yaml': object('a'), 'kustomization.yaml': 'resources: [vs.yaml]\n' }

  expect(parse(files).diagnostics).toEqual([])
})
