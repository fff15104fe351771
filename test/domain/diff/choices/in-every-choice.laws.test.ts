import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import type { VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { runs } from '../../../support/laws.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'

const options = {
  settings: defaultIstioSettings,
  complete: true,
  ownership: createOwnership(undefined),
  meshOf: () => 'default',
}

const primary = virtualService('n/p', {
  hosts: ['a.example'],
  gateways: ['gw'],
  http: [{ match: [{ uri: { prefix: '/' } }], delegate: { name: 'web' } }],
})

/** What a copy says, by the name of its file. */
type Copies = Readonly<Record<string, string>>

function copiesOf(copies: Copies, namespace = 'n'): readonly VirtualService[] {
  return Object.entries(copies)
    .sort()
    .map(([path, host]) => {
      const spec = {
        http: [{ match: [{ uri: { prefix: `/${host[0]}` } }], route: [{ destination: { host } }] }],
      }
      const { namespace: _, ...rest } = virtualService('n/web', spec, path)
      return namespace === '' ? rest : { ...rest, namespace }
    })
}

/** Each change as a line, without the host where it is the same for all. */
function changes(base: readonly VirtualService[], merged: readonly VirtualService[]): readonly string[] {
  const found = compare(manifests([primary, ...base]), manifests([primary, ...merged]), options).changes
  return found.map(
    ({ certain, before, after }) => `${certain} ${before?.outcome.key ?? '-'} ${after?.outcome.key ?? '-'}`,
  )
}

/** Which copy may live before, and which after: an order of files is drawn, and the last one that is there lives. */
function possible(base: Copies, merged: Copies): readonly (readonly [Copies, Copies])[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(merged)])]
  const lastOf = (order: readonly string[], side: Copies): Copies => {
    const path = order.findLast((each) => each in side)
    return path === undefined ? {} : { [path]: side[path] ?? '' }
  }
  return permutations(paths).map((order) => [lastOf(order, base), lastOf(order, merged)])
}

function permutations<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length < 2) return [values]
  return values.flatMap((value, at) => permutations(values.toSpliced(at, 1)).map((rest) => [value, ...rest]))
}

const side = fc.dictionary(fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'), fc.constantFrom('x1', 'x2', 'y1'), {
  maxKeys: 3,
})

describe('laws of copies', () => {
  it('never silent: where some copy that may live makes a change, there is a change', () => {
    fc.assert(
      fc.property(side, side, (base, merged) => {
        const alone = possible(base, merged).map(([b, m]) => changes(copiesOf(b), copiesOf(m)))
        const all = changes(copiesOf(base), copiesOf(merged))
        const outcomes = new Set(all.map((each) => each.replace(/^\w+ /, '')))

        for (const found of alone)
          for (const each of found) expect(outcomes).toContain(each.replace(/^true /, ''))
      }),
      { numRuns: runs(40, 4_000) },
    )
  })

  it('what is certain holds whichever copy lives', () => {
    fc.assert(
      fc.property(side, side, (base, merged) => {
        const alone = possible(base, merged).map(([b, m]) => changes(copiesOf(b), copiesOf(m)))
        const certain = changes(copiesOf(base), copiesOf(merged)).filter((each) => each.startsWith('true'))

        for (const each of certain) for (const found of alone) expect(found).toContain(each)
      }),
      { numRuns: runs(40, 4_000) },
    )
  })

  it('what is the same on both sides has no change, whatever the copies say', () => {
    fc.assert(
      fc.property(side, fc.constantFrom('n', ''), (copies, namespace) => {
        expect(changes(copiesOf(copies, namespace), copiesOf(copies, namespace))).toEqual([])
      }),
      { numRuns: runs(40, 4_000) },
    )
  })

  it('copies that are alike on each side are one', () => {
    fc.assert(
      fc.property(fc.constantFrom('x1', 'x2'), fc.constantFrom('x1', 'x2'), (before, after) => {
        const of = (host: string) => copiesOf({ 'a.yaml': host, 'b.yaml': host })

        expect(changes(of(before), of(after))).toEqual(
          changes(copiesOf({ 'b.yaml': before }), copiesOf({ 'b.yaml': after })),
        )
      }),
      { numRuns: runs(40, 4_000) },
    )
  })

  it('an edit of one that names no namespace is seen, wherever it stands', () => {
    const paths = ['a.yaml', 'b.yaml', 'c.yaml']
    fc.assert(
      fc.property(fc.constantFrom(...paths), side, (path, others) => {
        const [base, merged] = ['x1', 'x2'].map((host) => copiesOf({ ...others, [path]: host }, ''))
        expect(changes(base ?? [], merged ?? [])).not.toEqual([])
      }),
      { numRuns: runs(40, 4_000) },
    )
  })
})
