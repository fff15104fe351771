import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bookinfoFiles } from '../../../demo/bookinfo.ts'
import { everything } from '../../../src/domain/reach/asked.ts'
import type { Fault } from '../../../src/domain/rules/rule.ts'
import { unmodelledChange } from '../../../src/domain/rules/unmodelled/unmodelled-change.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import { runs } from '../../support/laws.ts'
import { said } from '../../support/said.ts'
import { comparisonOf } from '../rules/read-case.ts'

const bookinfo: readonly SourceFile[] = Object.entries(bookinfoFiles())
  .filter(([path]) => path.endsWith('.yaml'))
  .map(([path, text]) => ({ path, text }))

const spec = fc.constantFrom(
  { selector: { matchLabels: { istio: 'ingressgateway' } } },
  { host: 'productpage.default.svc.cluster.local' },
  { hosts: ['productpage.default.svc.cluster.local'] },
  { parentRefs: [{ name: 'shared' }], hostnames: ['shop.example'] },
  { target: { name: 'vs-1', namespace: 'ns1' } },
  { selector: { app: 'a' }, ports: [{ port: 80 }] },
  {},
)
const kind = fc.constantFrom(
  ['networking.istio.io/v1', 'DestinationRule'],
  ['networking.istio.io/v1', 'ServiceEntry'],
  ['networking.istio.io/v1', 'EnvoyFilter'],
  ['security.istio.io/v1', 'AuthorizationPolicy'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['x.example/v1', 'VirtualServiceMerge'],
  ['istio.alibabacloud.com/v1', 'ASMSwimLane'],
  ['v1', 'Service'],
)
const object = fc
  .record({
    kind,
    namespace: fc.constantFrom('ns1', 'default', 'istio-system', 'elsewhere', undefined),
    name: fc.constantFrom('a', 'productpage'),
    spec,
  })
  .map(({ kind: [apiVersion, itsKind], namespace, name, spec: itsSpec }) => ({
    apiVersion,
    kind: itsKind,
    metadata: { name, ...(namespace && { namespace }) },
    spec: itsSpec,
  }))

function faults(before: readonly SourceFile[], after: readonly SourceFile[]): readonly Fault[] {
  const comparison = comparisonOf([...bookinfo, ...before], [...bookinfo, ...after])
  return [...unmodelledChange.check(comparison.merged, comparison, everything)]
}

/** Everybody but the owners of the file. */
function asked(all: readonly Fault[]): readonly string[] {
  return all.flatMap(({ teams = [], effect, unjudged }) =>
    unjudged?.reach.everybody === true
      ? ['everybody']
      : effect === 'report'
        ? []
        : teams.map(({ key }) => key).filter((key) => key !== '@bookinfo/catalog'),
  )
}

function fileOf(value: object): SourceFile {
  return { path: 'teams/catalog/x.yaml', text: JSON.stringify(value) }
}

it('whoever loses what an object does is whoever had it done: removing asks nobody whom adding would not', () => {
  fc.assert(
    fc.property(object, (value) => {
      const removed = asked(faults([fileOf(value)], []))
      const added = asked(faults([], [fileOf(value)]))

      expect(added).toEqual(expect.arrayContaining([...removed]))
    }),
    { numRuns: runs(25, 2_000) },
  )
})

it('layout, order of keys, comments and labels of one’s own change nothing', () => {
  fc.assert(
    fc.property(object, (value) => {
      const { metadata, ...rest } = value
      const other = { ...rest, metadata: { ...metadata, labels: { team: 'catalog' } } }
      const laidOut = { ...fileOf(value), text: `# ours\n${JSON.stringify(other, null, 2)}\n` }

      expect(faults([fileOf(value)], [laidOut])).toEqual([])
    }),
    { numRuns: runs(25, 2_000) },
  )
})

it('what reaches the mesh as a whole asks its administrators, whatever else it names', () => {
  const policy = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'a', namespace: 'istio-system' },
    spec: {},
  }

  const [fault] = faults([], [fileOf(policy)])

  expect(fault?.teams).toBeUndefined()
  expect(fault?.effect).toBeUndefined()
  expect(fault?.because?.map((each) => `${said(each)}.`)).toContain(
    '`istio-system` is taken to be the root namespace of the mesh.',
  )
})
