import { expect, it } from 'vitest'
import { isRefusedByWebhook } from '../../../src/domain/access/refused-policies.ts'
import { assumedVersion } from '../../../src/domain/manifest/istio-version.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'

const filledIn = '$(VALUE)'

/** Each was given to the validating webhook itself. */
const refused = {
  'CUSTOM that asks for a principal': { action: 'CUSTOM', ...asking('principals') },
  'CUSTOM that asks for other namespaces': { action: 'CUSTOM', ...asking('notNamespaces') },
  'CUSTOM that asks for a token': { action: 'CUSTOM', ...asking('requestPrincipals') },
  'CUSTOM that asks for a claim': { action: 'CUSTOM', ...when('request.auth.claims[iss]', 'a') },
  'CUSTOM that asks for a namespace': { action: 'CUSTOM', ...when('source.namespace', 'a') },
  'CUSTOM that asks nobody': { action: 'CUSTOM', provider: undefined, rules: [{}] },
  'a provider beside DENY': { action: 'DENY', provider: { name: 'p' }, rules: [{}] },
  'an AUDIT that is tried out': { action: 'AUDIT', tried: 'true', rules: [{}] },
  'a DENY that is tried out by a word': { action: 'DENY', tried: 'yes', rules: [{}] },
  'labels and names': { selector: { matchLabels: { a: 'b' } }, targetRefs: [gateway({})] },
  'a name of another namespace': { targetRefs: [gateway({ namespace: 'other' })] },
  'no name': { targetRefs: [gateway({ name: '' })] },
  'a wildcard as a label': { selector: { matchLabels: { a: 'b*' } } },
  'a source that says nothing': { rules: [{ from: [{ source: {} }] }] },
  'an operation that says nothing': { rules: [{ to: [{}] }] },
  'an operation without values': { rules: [{ to: [{ operation: { paths: [] } }] }] },
  'an empty value': { rules: [{ to: [{ operation: { hosts: ['a', ''] } }] }] },
  'a condition without values': { rules: [{ when: [{ key: 'request.headers[x]' }] }] },
  'a condition of no port': when('destination.port', 'http'),
  'braces that are no template': { rules: [{ to: [{ operation: { paths: ['/a/{id}'] } }] }] },
  'a template behind any segments': { rules: [{ to: [{ operation: { notPaths: ['/{**}/{*}'] } }] }] },
  'a template with an empty segment': { rules: [{ to: [{ operation: { paths: ['/a//{*}'] } }] }] },
}

const admitted = {
  'CUSTOM that asks for an address': { action: 'CUSTOM', ...asking('ipBlocks', '10.0.0.0/8') },
  'CUSTOM that asks for a header': { action: 'CUSTOM', ...when('request.headers[x]', 'a') },
  'DENY that asks for a principal': { action: 'DENY', ...asking('principals') },
  'a DENY that is tried out': { action: 'DENY', tried: 'true', rules: [{}] },
  'an ALLOW that is no longer tried out': { tried: 'F', rules: [{}] },
  'a name': { targetRefs: [gateway({})] },
  'labels that are none': { selector: {} },
  'rules that say nothing': { rules: [{}] },
  'a condition of a trust domain': when('source.trustDomain', 'a'),
  templates: { rules: [{ to: [{ operation: { paths: ['/{*}/a/{**}', '/{**}/', '/{**}/b'] } }] }] },
  'an odd path without braces': { rules: [{ to: [{ operation: { paths: ['//a b*', '*.é'] } }] }] },
  'a value that another tool fills in': {
    rules: [{ to: [{ operation: { paths: [`/${filledIn}/{id}`], ports: [filledIn] } }] }],
  },
}

it.each(Object.entries(refused))('the webhook refuses %s', (_, written) => {
  expect(isRefused(written)).toBe(true)
})

it.each(Object.entries(admitted))('the webhook admits %s', (_, written) => {
  expect(isRefused(written)).toBe(false)
})

function asking(field: string, value = 'a') {
  return { rules: [{ from: [{ source: { [field]: [value] } }] }] }
}

function when(key: string, value: string) {
  return { rules: [{ when: [{ key, values: [value] }] }] }
}

function gateway(more: object) {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g', ...more }
}

/** A policy in short; its annotation `dry-run` beside. */
interface Written {
  readonly [field: string]: unknown
  readonly tried?: string
}

function isRefused({ tried, ...spec }: Written): boolean {
  const isCustom = spec['action'] === 'CUSTOM' && !('provider' in spec)
  const policy = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: {
      name: 'p',
      namespace: 'n',
      ...(tried !== undefined && { annotations: { 'istio.io/dry-run': tried } }),
    },
    spec: { ...spec, ...(isCustom && { provider: { name: 'p' } }) },
  }
  const file = { path: 'p.yaml', text: JSON.stringify(policy) }
  const { unmodelled } = parseManifests([file], { namespaceOf: () => undefined, version: assumedVersion })
  const [resource] = unmodelled
  if (resource === undefined) throw new Error('It is a policy')
  return resource.refused === true || isRefusedByWebhook(resource)
}
