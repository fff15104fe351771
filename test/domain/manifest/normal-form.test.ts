import { expect, test } from 'vitest'
import { normalForm } from '../../../src/domain/manifest/normal-form.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'

const original = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: vs-1
  namespace: login
  labels: { team: login }
spec:
  hosts: [a.example.com]
  http:
    - match: [{ uri: { prefix: /a }, ignoreUriCase: true }]
      route: [{ destination: { host: a }, weight: 100 }]
`

function formOf(text: string): string {
  const reading = {
    version: { major: 1, minor: 30 },
    namespaceOf: () => undefined,
  }
  const { virtualServices, unmodelled } = parseManifests([{ path: 'a.yaml', text }], reading)
  const [only] = [...virtualServices, ...unmodelled]
  return only ? normalForm(only) : ''
}

test.each([
  ['another version', original.replace('/v1', '/v1alpha3')],
  ['comments and blank lines', original.replace('spec:', '# why\n\nspec: # here')],
  ['a label that nobody reads', original.replace('team: login', 'team: catalog')],
  ['an annotation of somebody else', original.replace('spec:', '  annotations: { a: b }\nspec:')],
  ['a status', `${original}status: { a: 1 }\n`],
  [
    'the order of keys',
    original.replace(
      '{ destination: { host: a }, weight: 100 }',
      '{ weight: 100, destination: { host: a } }',
    ),
  ],
  ['a zero value', original.replace('weight: 100', 'weight: 100, headers: null')],
])('%s is no change', (_, text) => {
  expect(text).not.toBe(original)
  expect(formOf(text)).toBe(formOf(original))
})

test.each([
  ['the name', original.replace('vs-1', 'vs-2')],
  ['the namespace', original.replace('namespace: login', 'namespace: catalog')],
  ['a prefix', original.replace('/a }', '/b }')],
  ['an empty message', original.replace('weight: 100', 'weight: 100, headers: {}')],
  [
    'an annotation that Istio reads',
    original.replace('spec:', '  annotations: { internal.istio.io/route-semantics: gateway }\nspec:'),
  ],
  ['the revision', original.replace('team: login', 'istio.io/rev: canary')],
])('%s is a change', (_, text) => {
  expect(text).not.toBe(original)
  expect(formOf(text)).not.toBe(formOf(original))
})

test('an unmodelled object is compared with all it holds but its metadata and status', () => {
  const text = 'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: a}\nspec: {x: 1}\n'

  expect(formOf(`${text}status: {a: 1}\n`)).toBe(formOf(text))
  expect(formOf(text.replace('x: 1', 'x: 2'))).not.toBe(formOf(text))
})
