import { describe, expect, it } from 'vitest'
import type { UnmodelledResource } from '../../../../src/domain/manifest/resource.ts'
import type { Snapshot } from '../../../../src/domain/routing/snapshot.ts'
import type { Reached } from '../../../../src/domain/unmodelled/reached.ts'
import { workloadsUpon } from '../../../../src/domain/unmodelled/reading/depended-upon.ts'
import { subsetsEmptied, subsetsLost } from '../../../../src/domain/unmodelled/targets/subsets.ts'
import { worldOf } from '../../../../src/domain/unmodelled/targets/world.ts'
import { comparisonOf, splitFiles } from '../../rules/read-case.ts'

const route = `# file: teams/login/vs.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: login, namespace: ns1 }
spec:
  hosts: [login]
  http:
    - route: [{ destination: { host: reviews, subset: v2 } }]
`

const service = `---
# file: teams/catalog/service.yaml
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: ns1 }
spec: { selector: { app: reviews } }
`

interface Written {
  readonly file?: string
  readonly namespace?: string
  readonly host?: string
  readonly exportTo?: string
  readonly subsets: string
}

function rule({
  file = 'teams/catalog/rule.yaml',
  namespace = 'ns1',
  host = 'reviews',
  exportTo = '',
  subsets,
}: Written): string {
  return `---
# file: ${file}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: ${namespace} }
spec: { host: ${host}, ${exportTo === '' ? '' : `exportTo: [${exportTo}], `}subsets: [${subsets}] }
`
}

function workload(name: string, version: string): string {
  return `---
# file: teams/catalog/${name}.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ns1 }
spec: { template: { metadata: { labels: { app: reviews, version: ${version} } } } }
`
}

const [v1, v2] = ['{ name: v1, labels: { version: v1 } }', '{ name: v2, labels: { version: v2 } }']
const both = rule({ subsets: `${v1}, ${v2}` })

const sides = (before: string, after: string) =>
  comparisonOf(splitFiles(route + before, 'x.yaml'), splitFiles(route + after, 'x.yaml'))

const told = (reached: readonly Reached[]) =>
  reached.map(({ by, names, teams }) => [by, names.join(' '), teams.map(({ label }) => label).join(' ')])

function lost(before: string, after: string) {
  const comparison = sides(before, after)
  const rulesOf = ({ manifests }: Snapshot): readonly UnmodelledResource[] =>
    manifests.unmodelled.filter(({ kind }) => kind === 'DestinationRule')
  const changed = [...rulesOf(comparison.base), ...rulesOf(comparison.merged)]
  return told(subsetsLost(changed, 'default', worldOf(comparison)))
}

const owners = [['subset', 'v2', '@bookinfo/login']]

describe('subsets that are defined no more', () => {
  it.each<[string, string]>([
    ['the subset is taken out', rule({ subsets: v1 })],
    ['its name is another', rule({ subsets: `${v1}, { name: V2, labels: { version: v2 } }` })],
    ['its labels are others', rule({ subsets: `${v1}, { name: v2, labels: { version: v3 } }` })],
    ['the rule is gone', ''],
    ['the rule is for another host', rule({ host: 'ratings', subsets: `${v1}, ${v2}` })],
    ['the rule is not exported any more', rule({ exportTo: 'other', subsets: `${v1}, ${v2}` })],
    ['a rule of the host covers that of the wildcard', rule({ subsets: v1 })],
  ])('concern the owners of routes that lead there: %s', (_, after) => {
    expect(lost(both, after)).toEqual(owners)
  })

  it.each<[string, string]>([
    ['nothing changes', both],
    ['one that no route uses goes', rule({ subsets: v2 })],
    ['the order is another', rule({ subsets: `${v2}, ${v1}` })],
    ['one is added', rule({ subsets: `${v1}, ${v2}, { name: v3, labels: { version: v3 } }` })],
    ['the file is another', rule({ file: 'teams/catalog/other.yaml', subsets: `${v1}, ${v2}` })],
    ['the host is written in full', rule({ host: 'reviews.ns1.svc.cluster.local', subsets: `${v1}, ${v2}` })],
  ])('concern nobody where %s', (_, after) => {
    expect(lost(both, after)).toEqual([])
  })

  it('a subset that was never defined is not lost', () => {
    expect(lost(rule({ subsets: v1 }), rule({ subsets: v1 }))).toEqual([])
    expect(lost('', rule({ subsets: v1 }))).toEqual([])
  })

  it('a more specific rule for others hides a wildcard', () => {
    const all = rule({ file: 'teams/catalog/all.yaml', host: '"*.ns1.svc.cluster.local"', subsets: v2 })
    const others = rule({ exportTo: 'payments', subsets: v1 })

    expect(lost(all, all + others)).toEqual(owners)
  })

  it('clients in the root namespace take what they alone see, and else what the service says', () => {
    const ofService = rule({ subsets: v2 })
    const inRoot = (exportTo: string) =>
      rule({
        file: 'mesh/root.yaml',
        namespace: 'istio-system',
        host: 'reviews.ns1.svc.cluster.local',
        exportTo,
        subsets: v1,
      })

    expect(lost(ofService, ofService + inRoot('"."'))).toEqual(owners)
    expect(lost(ofService, ofService + inRoot('"*"'))).toEqual([])
  })

  it('a rule in the namespace of the clients comes before that of the service', () => {
    const own = rule({ file: 'mesh/own.yaml', namespace: 'ns1', subsets: `${v1}, ${v2}` })
    const root = rule({ file: 'mesh/root.yaml', namespace: 'istio-system', host: 'reviews.ns1', subsets: v1 })

    expect(lost(own, own + root)).toEqual([])
  })
})

describe('subsets of one cluster of several', () => {
  const cluster = (name: string, subsets: string) =>
    `---\n${route}${rule({ subsets })}`
      .replace('# file: teams/login/vs.yaml', `# file: deploy/${name}/login/vs.yaml`)
      .replace('# file: teams/catalog/rule.yaml', `# file: deploy/${name}/catalog/rule.yaml`)

  function lostIn(prod: string, staging: string) {
    const files = (...texts: readonly string[]) => splitFiles(texts.join(''), 'x.yaml')
    const before = files(cluster('prod', `${v1}, ${v2}`), cluster('staging', `${v1}, ${v2}`))
    const comparison = comparisonOf(before, files(cluster('prod', prod), cluster('staging', staging)))
    expect(comparison.base.meshes.map(({ name }) => name)).toEqual(['prod', 'staging'])
    const { unmodelled } = comparison.merged.manifests
    return unmodelled.map((each) => subsetsLost([each], 'prod', worldOf(comparison)).length > 0)
  }

  it('are lost to routes beside them, which may be of any', () => {
    const both = [cluster('prod', `${v1}, ${v2}`), cluster('staging', `${v1}, ${v2}`)].join('')
    const less = [cluster('prod', v1), cluster('staging', v1)].join('')
    const beside = `---\n${route}`
      .replace('name: login', 'name: beside')
      .replace('teams/login', 'teams/beside')
    const files = (text: string) => splitFiles(text.replaceAll('subset: v2', 'subset: v1') + beside, 'x.yaml')
    const comparison = comparisonOf(files(both), files(less))
    const [first] = comparison.merged.manifests.unmodelled

    expect(comparison.merged.meshes.map(({ name }) => name)).toContain('default')
    expect(told(subsetsLost(first === undefined ? [] : [first], 'prod', worldOf(comparison)))).toEqual([
      ['subset', 'v2', ''],
    ])
  })

  it('are lost there, although others have them still', () => {
    expect(lostIn(v1, `${v1}, ${v2}`)).toEqual([true, false])
    expect(lostIn(`${v1}, ${v2}`, v1)).toEqual([false, true])
    expect(lostIn(`${v1}, ${v2}`, `${v1}, ${v2}`)).toEqual([false, false])
  })
})

describe('subsets of which nothing runs any more', () => {
  function emptied(before: string, after: string) {
    const comparison = sides(both + service + before, both + service + after)
    const gone = workloadsUpon(comparison.base.manifests.files)
    return told(subsetsEmptied(gone, 'default', worldOf(comparison)))
  }

  it('concern the owners of routes that lead there', () => {
    expect(emptied(workload('a', 'v2'), '')).toEqual(owners)
    expect(emptied(workload('a', 'v2'), workload('a', 'v3'))).toEqual(owners)
  })

  it('concern nobody as long as something runs, or none of it ran', () => {
    expect(emptied(workload('a', 'v2'), workload('a', 'v2'))).toEqual([])
    expect(emptied(workload('a', 'v2'), workload('b', 'v2'))).toEqual([])
    expect(emptied(workload('a', 'v1'), '')).toEqual([])
  })
})
