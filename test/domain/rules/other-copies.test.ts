import { describe, expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import type { Comparison } from '../../../src/domain/diff/comparison.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings as settings } from '../../../src/domain/routing/istio-settings.ts'
import { comparisonsOfCopies } from '../../../src/domain/rules/other-copies.ts'

/** A copy of one VirtualService, told apart by its path. */
function copy(path: string, uri: string, name = 'a') {
  return {
    path,
    text: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns1 }
spec:
  hosts: [${name}.example]
  http: [{ match: [{ uri: { prefix: ${uri} } }], route: [{ destination: { host: login } }] }]
`,
  }
}

type Files = readonly ReturnType<typeof copy>[]

const livingIn = (side: Comparison['merged']) =>
  side.meshes.flatMap(({ tables }) => tables.flatMap(({ bound }) => bound.map(({ file }) => file.path)))

function living(base: Files, merged: Files) {
  const parse = (files: Files) =>
    parseManifests(files, { namespaceOf: () => undefined, version: settings.version })
  const comparison = compare(parse(base), parse(merged), {
    settings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  return comparisonsOfCopies(comparison).map((each) => ({
    base: livingIn(each.base),
    merged: livingIn(each.merged),
  }))
}

describe('the comparisons of other copies', () => {
  it('are none where everything is written once, or nothing changes', () => {
    expect(living([], [copy('x/a.yaml', '/x')])).toEqual([])
    expect(living([copy('x/a.yaml', '/x')], [copy('x/a.yaml', '/y')])).toEqual([])
    const both = [copy('x/a.yaml', '/x'), copy('y/a.yaml', '/y')]
    expect(living(both, both)).toEqual([])
  })

  it('leave the copy alive that says something else, on both sides', () => {
    const found = living(
      [copy('x/a.yaml', '/x'), copy('y/a.yaml', '/y')],
      [copy('x/a.yaml', '/new'), copy('y/a.yaml', '/y')],
    )

    expect(found).toEqual([{ base: ['x/a.yaml'], merged: ['x/a.yaml'] }])
  })

  it('are none for the last copy by path, which is the comparison itself', () => {
    const found = living(
      [copy('x/a.yaml', '/x'), copy('y/a.yaml', '/y')],
      [copy('x/a.yaml', '/x'), copy('y/a.yaml', '/new')],
    )

    expect(found).toEqual([])
  })

  it('are one for each file, however many copies in it change', () => {
    const two = (path: string, uri: string) => {
      const [one, other] = [copy(path, uri), copy(path, uri, 'b')]
      return { path, text: `${one.text}---\n${other.text}` }
    }

    const found = living(
      [two('x/a.yaml', '/x'), two('y/a.yaml', '/y')],
      [two('x/a.yaml', '/new'), two('y/a.yaml', '/y')],
    )

    expect(found.map(({ merged }) => merged)).toEqual([['x/a.yaml', 'x/a.yaml']])
  })

  it('let the copies of other objects live that lie nearest', () => {
    const others = [copy('x/deep/b.yaml', '/b', 'b'), copy('z/b.yaml', '/b2', 'b')]

    const found = living(
      [copy('x/a.yaml', '/x'), copy('y/a.yaml', '/y'), ...others],
      [copy('x/a.yaml', '/new'), copy('y/a.yaml', '/y'), ...others],
    )

    expect(found.map(({ merged }) => merged.toSorted())).toEqual([['x/a.yaml', 'x/deep/b.yaml']])
  })

  it('do not take what nothing or another tool names for a copy', () => {
    const unnamed = (path: string, uri: string) => {
      const { text } = copy(path, uri)
      return { path, text: text.replace(', namespace: ns1', '') }
    }
    const filledIn = (path: string, uri: string) => copy(path, uri, '"${' + 'NAME}"')

    for (const as of [unnamed, filledIn]) {
      expect(
        living([as('x/a.yaml', '/x'), as('y/a.yaml', '/y')], [as('x/a.yaml', '/n'), as('y/a.yaml', '/y')]),
      ).toEqual([])
    }
  })

  it('are not more than eight', () => {
    const many = (uri: string) => Array.from({ length: 12 }, (_, n) => copy(`${n + 10}/a.yaml`, `${uri}${n}`))

    expect(living(many('/x'), many('/y'))).toHaveLength(8)
  })
})
