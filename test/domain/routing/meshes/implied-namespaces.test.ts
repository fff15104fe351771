import { describe, expect, it } from 'vitest'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { withImpliedNamespaces } from '../../../../src/domain/routing/meshes/implied-namespaces.ts'

/** `ns/name` or `name`, with what it delegates to and the gateway that it is bound to, each in the same form; `gw:` before a Gateway. */
const object = (text: string) => {
  const [identity = '', delegate = '', gateway = ''] = text.split(' ')
  const [kind, full] = identity.startsWith('gw:')
    ? ['Gateway', identity.slice(3)]
    : ['VirtualService', identity]
  const named = (each: string) => {
    const [name = '', namespace] = each.split('/').toReversed()
    return { name, ...(namespace !== undefined && { namespace }) }
  }
  const http = [delegate === '' || delegate === '-' ? {} : { delegate: named(delegate) }]
  const spec =
    kind === 'Gateway' ? {} : { hosts: ['a.example'], http, ...(gateway !== '' && { gateways: [gateway] }) }
  return JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind, metadata: named(full), spec })
}

function implied(base: readonly string[], merged: readonly string[], meshOf = (_: string): string => 'm') {
  const [before, after] = [base, merged].map((side) =>
    parseManifests(
      side.map((text, index) => ({ path: `${index}.yaml`, text: object(text) })),
      { namespaceOf: () => undefined, version: { major: 1, minor: 30 } },
    ),
  )
  const sides = withImpliedNamespaces({
    base: before!,
    merged: after!,
    meshOf: ({ file }) => meshOf(file.path),
  })
  return [sides.base, sides.merged].map(({ virtualServices, gateways }) =>
    [...virtualServices, ...gateways]
      .filter(({ isNamespaceImplied }) => isNamespaceImplied)
      .map(({ namespace, name }) => `${namespace}/${name}`)
      .toSorted(),
  )
}

describe('a namespace that one side alone says', () => {
  it('is that of the other side, whichever that is', () => {
    expect(implied(['a'], ['n/a'])).toEqual([['n/a'], []])
    expect(implied(['n/a'], ['a'])).toEqual([[], ['n/a']])
    expect(implied(['gw:a'], ['gw:n/a'])).toEqual([['n/a'], []])
  })

  it.each([
    ['of two of the name before', ['a', 'a'], ['n/a', 'a']],
    ['of two of the name after', ['a'], ['n/a', 'm/a']],
    ['beside one that has it already', ['a', 'n/a'], ['n/a', 'n/a']],
    ['of another kind', ['a'], ['gw:n/a']],
    ['of another name', ['a'], ['n/b']],
    ['where both sides say one', ['m/a'], ['n/a']],
    ['where neither does', ['a'], ['a']],
    ['that is filled in elsewhere', ['a'], ['$(NS)/a']],
  ])('is not known %s', (_, base, merged) => {
    expect(implied(base, merged)).toEqual([[], []])
  })

  it('is not that of another mesh', () => {
    expect(implied(['a', 'x'], ['x', 'n/a'], (path) => path)).toEqual([[], []])
  })

  it('is met by all who refer to it', () => {
    expect(implied(['n/root b', 'b'], ['n/root b', 'n/b'])).toEqual([['n/b'], []])
    expect(implied(['root b', 'b'], ['n/root b', 'n/b'])).toEqual([['n/b', 'n/root'], []])
    expect(implied(['a - n/g', 'gw:g'], ['n/a - n/g', 'gw:n/g'])).toEqual([['n/a', 'n/g'], []])
  })

  it.each([
    ['a delegate that names another one', ['o/root n/b', 'b'], ['o/root n/b', 'm/b'], [[], []]],
    ['a delegate of a primary that is somewhere else', ['n/root b', 'b'], ['n/root b', 'm/b'], [[], []]],
    ['two that no longer live together', ['root b', 'b'], ['n/root b', 'm/b'], [[], []]],
    ['a primary that leaves its secondary', ['root b', 'n/b'], ['m/root b', 'n/b'], [[], []]],
    ['a VirtualService that leaves its gateway', ['a - g', 'gw:n/g'], ['m/a - g', 'gw:n/g'], [[], []]],
    [
      'a gateway that leaves those who are bound to it',
      ['a - n/g', 'gw:g'],
      ['n/a - n/g', 'gw:m/g'],
      [['n/a'], []],
    ],
    ['one of two that parts from the other', ['a b', 'b c', 'c'], ['n/a b', 'n/b c', 'm/c'], [['n/a'], []]],
  ])('is not implied by %s', (_, base, merged, expected) => {
    expect(implied(base, merged)).toEqual(expected)
  })
})
