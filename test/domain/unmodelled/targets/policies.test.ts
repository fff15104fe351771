import { describe, expect, it } from 'vitest'
import { underChangedPolicies } from '../../../../src/domain/unmodelled/targets/policies.ts'
import { worldOf } from '../../../../src/domain/unmodelled/targets/world.ts'
import { comparisonOf, splitFiles } from '../../rules/read-case.ts'

const routes = ['v1', 'v2']
  .map(
    (subset) => `---
# file: teams/login/${subset}.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: to-${subset}, namespace: ns1 }
spec: { hosts: [${subset}.example], http: [{ route: [{ destination: { host: reviews, subset: ${subset} } }] }] }
`,
  )
  .join('')

const rule = (spec: string) => `---
# file: teams/catalog/rule.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: ns1 }
spec: { host: reviews, ${spec} }
`

function under(before: string, after: string) {
  const files = (text: string) => splitFiles(routes + text, 'x.yaml')
  const comparison = comparisonOf(files(before), files(after))
  const { base, merged } = comparison
  const found = underChangedPolicies(
    base.manifests.unmodelled,
    merged.manifests.unmodelled,
    worldOf(comparison),
  )
  return found.map(({ resource, subset }) => [resource.name, subset ?? ''])
}

const one = (policy: string) =>
  rule(`subsets: [{ name: v1, labels: { version: v1 }${policy} }, { name: v2, labels: { version: v2 } }]`)
const eject = ', trafficPolicy: { outlierDetection: { baseEjectionTime: 1m } }'

describe('whose requests another policy is for', () => {
  it.each<[string, string, string, readonly (readonly string[])[]]>([
    ['that of a subset', one(''), one(eject), [['to-v1', 'v1']]],
    ['that of a subset goes', one(eject), one(''), [['to-v1', 'v1']]],
    ['with the whole rule', one(eject), '', [['to-v1', 'v1']]],
    [
      'that of the host',
      rule('trafficPolicy: {}'),
      rule('trafficPolicy: { loadBalancer: { simple: RANDOM } }'),
      [
        ['to-v1', ''],
        ['to-v2', ''],
      ],
    ],
    [
      'the same in another order',
      rule('trafficPolicy: { a: 1, b: 2 }'),
      rule('trafficPolicy: { b: 2, a: 1 }'),
      [],
    ],
    ['another subset without one', one(''), rule('subsets: [{ name: v3 }]'), []],
  ])('%s', (_, before, after, expected) => {
    expect(under(before, after)).toEqual(expected)
  })
})
