import { describe, expect, it } from 'vitest'
import {
  rulesFor,
  rulesForSomePods,
  rulesIn,
} from '../../../../src/domain/unmodelled/targets/rules-of-host.ts'
import { worldOf } from '../../../../src/domain/unmodelled/targets/world.ts'
import { comparisonOf, splitFiles } from '../../rules/read-case.ts'

const host = 'web.n1.svc.cluster.local'

/** `ns/name`, and what its spec says besides the host. */
type Written = readonly [identity: string, spec?: string, host?: string]

function found(client: string, ...written: readonly Written[]) {
  const text = written
    .map(([identity, spec = '', of = host]) => {
      const [namespace, name] = identity.split('/')
      return `# file: ${namespace}-${name}.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: { host: "${of}", ${spec} }
`
    })
    .join('---\n')
  const files = splitFiles(text, 'x.yaml')
  const comparison = comparisonOf(files, files)
  const world = worldOf(comparison)
  const rules = rulesIn(comparison.merged, comparison.merged.meshes[0]?.name ?? 'default', world)
  const names = (some: typeof rules) =>
    some
      .map(({ resource }) => resource.name)
      .toSorted()
      .join()
  const lookup = { client, host, world }
  return [names(rulesFor(rules, lookup)), names(rulesForSomePods(rules, lookup))]
}

const forBatch = 'workloadSelector: { matchLabels: { app: batch } }'

describe('the rules that Istio takes for a host', () => {
  it.each<[string, string, readonly Written[], string]>([
    ['of the namespace of the client first', 'n2', [['n2/own'], ['n1/service']], 'own'],
    [
      'of the service, if they are exported',
      'n2',
      [['n1/service'], ['n1/private', "exportTo: ['.']"]],
      'service',
    ],
    ['of the root namespace last', 'n2', [['istio-system/root'], ['n3/elsewhere']], 'root'],
    ['in one namespace together', 'n2', [['n1/a'], ['n1/b']], 'a,b'],
    ['not together, and any may be the youngest', 'n2', [['n1/a'], ['n1/b', "exportTo: ['*']"]], 'a,b'],
    [
      'the most specific, seen or not',
      'n2',
      [
        ['n1/a', "exportTo: ['n3', 'n4']"],
        ['n1/b', '', '*.local'],
      ],
      '',
    ],
    ['what others see is not seen beside it', 'n2', [['n1/a', 'exportTo: [n3]'], ['n1/b']], 'b'],
  ])('%s', (_, client, written, names) => {
    expect(found(client, ...written)).toEqual([names, ''])
  })

  it('for some pods hide all others from the rest of their namespace', () => {
    const written: readonly Written[] = [['n2/some', forBatch], ['n1/service'], ['istio-system/root']]

    expect(found('n2', ...written)).toEqual(['', 'some'])
    expect(found('n3', ...written)).toEqual(['service', ''])
  })

  it('for some pods stand beside those for all of their namespace', () => {
    expect(found('n2', ['n2/some', forBatch], ['n2/all'])).toEqual(['all', 'some'])
  })

  it('for all, exported as one for some pods is, go into that one alone', () => {
    expect(found('n2', ['n2/some', forBatch], ['n2/all', "exportTo: ['.']"])).toEqual(['', 'all,some'])
  })

  it('one exported further joins an older one, and is seen by nobody else', () => {
    const narrow = "exportTo: ['n2', 'n3']"
    const wide = "exportTo: ['n2', 'n3', 'n4']"

    expect(found('n4', ['n1/a', narrow], ['n1/b', wide])).toEqual(['b', ''])
    expect(found('n3', ['n1/a', narrow], ['n1/b', wide])).toEqual(['a,b', ''])
  })
})
