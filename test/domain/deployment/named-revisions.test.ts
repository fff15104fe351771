import { expect, test } from 'vitest'
import { newlyNamedVersions } from '../../../src/domain/deployment/named-revisions.ts'

const application = (spec: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: ${spec}\n`
const set = (spec: string) => application(spec).replace('kind: Application', 'kind: ApplicationSet')
const repository = (ref: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: a }\nspec: { ref: ${ref} }\n`

function newly(before: string, after: string): readonly string[] {
  return newlyNamedVersions({ base: [{ path: 'a', text: before }], merged: [{ path: 'a', text: after }] })
}

test.each([
  ['a source', application('{ source: { path: a, targetRevision: v1.1 } }'), ['v1.1']],
  ['several', application('{ sources: [{ targetRevision: v1.1 }, { targetRevision: v1.0 }] }'), ['v1.1']],
  ['a dry one', application('{ sourceHydrator: { drySource: { targetRevision: 1.2.3 } } }'), ['1.2.3']],
  ['a template', set('{ template: { spec: { source: { targetRevision: web-1.1 } } } }'), ['web-1.1']],
  ['an element', set('{ generators: [{ list: { elements: [{ v: v2, path: a/b }] } }] }'), ['v2']],
  ['a tag of Flux', repository('{ tag: v3 }'), ['v3']],
  ['a full name', repository('{ name: refs/tags/v3 }'), ['v3']],
  ['a commit', repository('{ commit: abcdef0 }'), ['abcdef0']],
])('%s', (_, after, expected) => {
  expect(newly(application('{ source: { targetRevision: v1.0 } }'), after)).toEqual(expected)
})

test.each([
  ['what follows what is merged', application('{ source: { targetRevision: HEAD } }')],
  ['a branch', application('{ source: { targetRevision: develop } }')],
  ['a range', application('{ source: { targetRevision: ">=1.0 <2" } }')],
  ['a range of Flux', repository('{ semver: 1.x }')],
  ['what is filled in', application('{ source: { targetRevision: "{{v}}" } }')],
  ['what would leave its folder', application('{ source: { targetRevision: "v1/../2" } }')],
])('not %s', (_, after) => {
  expect(newly('', after)).toEqual([])
})

test('not what was named before, wherever that was', () => {
  const before = application('{ source: { targetRevision: v1.0 } }')

  expect(newly(before, before.replace('a }', 'b }'))).toEqual([])
})
