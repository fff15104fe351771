import { expect, it } from 'vitest'
import { renamedMeshes } from '../../../../src/domain/routing/meshes/renamed-meshes.ts'
import { virtualService } from '../../../support/meshes.ts'

/** `mesh/name` or `mesh/name=host`; a mesh that begins with `@` is one that a deployer names. */
function renamed(base: readonly string[], merged: readonly string[]) {
  const [before, after] = [base, merged].map((side) =>
    side.map((text) => {
      const [, mesh = '', name = '', host = 'a.example'] = /^([^/]*)\/([^=]*)=?(.*)$/.exec(text) ?? []
      const object = virtualService(`n/${name}`, { hosts: [host || 'a.example'] }, `${mesh}/${name}.yaml`)
      return mesh.startsWith('@') ? { ...object, unit: { key: '', folder: '', destination: mesh } } : object
    }),
  )
  const meshOf = ({ file }: { readonly file: { readonly path: string } }) => file.path.split('/')[0] ?? ''
  return Object.fromEntries(renamedMeshes(before!, after!, meshOf))
}

it.each([
  ['one that goes and one that comes with the same', ['a/x', 'b/x'], ['c/x', 'b/x'], { c: 'a' }],
  ['with most of the same', ['a/x', 'a/y', 'a/z'], ['c/x', 'c/y', 'c/z=other.example'], { c: 'a' }],
  ['two, told apart by what they hold', ['a/x', 'b/y'], ['c/x', 'd/y'], { c: 'a', d: 'b' }],
  ['not with half of it', ['a/x', 'a/y'], ['c/x', 'c/y=other.example'], {}],
  ['not with some of it beside much more', ['a/x'], ['c/x', 'c/y', 'c/z'], {}],
  ['not one that stays', ['a/x', 'b/x'], ['a/x', 'b/x', 'c/x'], {}],
  ['not where two would do before', ['a/x', 'b/x'], ['c/x'], {}],
  ['not where two would do after', ['a/x'], ['c/x', 'd/x'], {}],
  ['not a cluster that a deployer names', ['@a/x', 'b/x'], ['@c/x', 'b/x'], {}],
  ['nothing', [], [], {}],
])('meshes that are called otherwise: %s', (_, base, merged, expected) => {
  expect(renamed(base, merged)).toEqual(expected)
})
