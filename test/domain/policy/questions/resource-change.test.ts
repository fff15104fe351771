import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../../../src/domain/diff/comparison.ts'
import { resourceChanges } from '../../../../src/domain/policy/questions/resource-change.ts'
import { countTouched } from '../../../../src/domain/policy/touched.ts'
import {
  bookinfo,
  comparisonOf,
  gateway,
  mesh,
  primary,
  snapshotOf,
  to,
  virtualService,
  vs1,
  vs2,
} from '../fixtures.ts'

type Resources = Parameters<typeof mesh>[0]

const yardstick = { ignore: ['app.kubernetes.io/version'] }
const found = (comparison: Comparison) => resourceChanges(comparison, yardstick)

function changes(base: Resources, merged: Resources): readonly string[] {
  return found(comparisonOf({ base, merged })).flatMap((change) => {
    if (change.subject === 'document') return []
    const { kind, name, how, before, after } = change
    return [`${how} ${kind} ${name} ${before?.file.path ?? '-'} ${after?.file.path ?? '-'}`]
  })
}

const elsewhere = (path: string, resource = vs1) => ({ ...resource, file: { path, text: '' } })
const other = virtualService('teams/login/vs-1.yaml', 'ns1/vs-1', { http: [to('other')] })

describe('resource changes', () => {
  it('are none where nothing changes', () => {
    expect(changes(bookinfo, [...bookinfo].reverse())).toEqual([])
  })

  it('leave out what Istio does not read', () => {
    const labelled = { ...vs1, labels: { team: 'x' }, annotations: { note: 'x' } }

    expect(changes(bookinfo, [primary, labelled, vs2])).toEqual([])
  })

  it('name what is added, removed, moved and changed', () => {
    expect(changes([vs1], [])).toEqual(['removed VirtualService ns1/vs-1 teams/login/vs-1.yaml -'])
    expect(changes([], [vs1])).toEqual(['added VirtualService ns1/vs-1 - teams/login/vs-1.yaml'])
    expect(changes([vs1], [other])).toEqual([
      'changed VirtualService ns1/vs-1 teams/login/vs-1.yaml teams/login/vs-1.yaml',
    ])
    expect(changes([vs1], [elsewhere('x.yaml')])).toEqual([
      'moved VirtualService ns1/vs-1 teams/login/vs-1.yaml x.yaml',
    ])
  })

  it('see a renamed resource as one that goes and one that comes', () => {
    expect(changes([vs1], [{ ...vs1, name: 'vs-9' }])).toEqual([
      'removed VirtualService ns1/vs-1 teams/login/vs-1.yaml -',
      'added VirtualService ns1/vs-9 - teams/login/vs-1.yaml',
    ])
  })

  it('do not mistake a Gateway for a VirtualService of the same name', () => {
    expect(changes([vs1], [gateway('teams/login/vs-1.yaml', 'ns1/vs-1')])).toEqual([
      'added Gateway ns1/vs-1 - teams/login/vs-1.yaml',
      'removed VirtualService ns1/vs-1 teams/login/vs-1.yaml -',
    ])
  })

  it('keep the one in its file where a second one of the same name comes', () => {
    expect(changes([vs1], [elsewhere('a.yaml'), vs1])).toEqual(['added VirtualService ns1/vs-1 - a.yaml'])
    expect(changes([vs1], [elsewhere('a.yaml'), other])).toEqual([
      'changed VirtualService ns1/vs-1 teams/login/vs-1.yaml teams/login/vs-1.yaml',
      'added VirtualService ns1/vs-1 - a.yaml',
    ])
  })

  it('match each mesh by itself', () => {
    const base = snapshotOf([mesh([vs1], 'a'), mesh([], 'b')])
    const merged = snapshotOf([mesh([], 'a'), mesh([elsewhere('b/vs-1.yaml')], 'b')])

    const all = found(comparisonOf({ snapshots: { base, merged } }))
    expect(all.map((each) => `${each.mesh} ${each.how}`)).toEqual(['a removed', 'b added'])
  })

  it('know a change of weights alone', () => {
    const split = (a: number, b: number) =>
      virtualService('x.yaml', 'ns1/vs-1', {
        http: [{ route: [...(to('a', a).route ?? []), ...(to('b', b).route ?? [])] }],
      })
    const needs = (before: Resources[number], after: Resources[number]) =>
      found(comparisonOf({ base: [before], merged: [after] })).map(
        (each) => each.subject === 'modelled' && each.needs,
      )

    expect(needs(split(90, 10), split(50, 50))).toEqual([['weights']])
    expect(needs(split(90, 10), other)).toEqual([undefined])
    expect(needs(split(90, 10), elsewhere('y.yaml', split(50, 50)))).toEqual([undefined])
  })
})

describe('laws of resource changes', () => {
  const resource = fc
    .record({
      path: fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'),
      id: fc.constantFrom('ns1/x', 'ns1/y', '?/x'),
      host: fc.constantFrom('p', 'q'),
    })
    .map(({ path, id, host }) => virtualService(path, id, { http: [to(host)] }))
  const side = fc.array(resource, { maxLength: 5 })

  it('nothing is lost or counted twice: each resource is in one change at most, or is there on both sides', () => {
    fc.assert(
      fc.property(side, side, (base, merged) => {
        const all = found(comparisonOf({ base, merged }))
        const left = base.length - all.filter((each) => each.before).length
        const right = merged.length - all.filter((each) => each.after).length

        expect(left).toBe(right)
        expect(left).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('the other way round, what was added is removed', () => {
    fc.assert(
      fc.property(side, side, (base, merged) => {
        const count = (from: Resources, to_: Resources, how: string) =>
          found(comparisonOf({ base: from, merged: to_ })).filter((each) => each.how === how).length

        expect(count(base, merged, 'added')).toBe(count(merged, base, 'removed'))
      }),
    )
  })
})

describe('what is touched', () => {
  it('counts manifests and the judge`s own files, on whatever side they are', () => {
    const comparison = comparisonOf({ merged: [primary, elsewhere('new.yaml'), vs2] })
    const paths = ['README.md', '.github/CODEOWNERS', 'mesh/bookinfo.yaml']
    const files = [
      ...paths.map((path) => ({ path, merged: { path, text: '' } })),
      { path: 'new.yaml', previousPath: 'teams/login/vs-1.yaml' },
    ]

    expect(countTouched(files, comparison, found(comparison), { snapshots: [] })).toEqual({
      files,
      relevantPaths: ['.github/CODEOWNERS', 'mesh/bookinfo.yaml', 'new.yaml', 'teams/login/vs-1.yaml'],
      changedResources: ['ns1/vs-1'],
      rewrittenResources: [],
      unjudged: [],
      virtualServices: 2,
      ingresses: 0,
    })
  })
})
