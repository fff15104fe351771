import { expect, test } from 'vitest'
import { inForce } from '../../../src/domain/diff/in-force.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'

const object = (name: string, timeout: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ns1}\nspec: {hosts: [a.example], http: [{timeout: ${timeout}, route: [{destination: {host: a}}]}]}\n`

const parse = (text: string) =>
  parseManifests([{ path: 'vs.yaml', text }], {
    namespaceOf: () => undefined,
    version: { major: 1, minor: 24 },
  })
const names = (base: string, merged: string, refusals: 'kept-out' | 'as-written' = 'kept-out') => {
  const { virtualServices, kept } = inForce(parse(base), parse(merged), {
    refusals,
    meshOf: () => 'default',
  })
  return [virtualServices.map(({ name }) => name), kept.map(({ name }) => name)]
}

test.each([
  ['what is refused now stays as it was', object('a', '1s'), object('a', '0s'), ['a'], ['a']],
  ['what is new and refused is not there', '', object('a', '0s'), [], []],
  ['what was refused before is taken as written', object('a', '0s'), object('a', '0s'), ['a'], []],
  ['what nobody can read any more stays', object('a', '1s'), `${object('a', '1s')}  }`, ['a'], ['a']],
  ['what is removed is gone', object('a', '1s'), '', [], []],
  ['what is accepted is there', object('a', '1s'), object('a', '2s'), ['a'], []],
])('%s', (_, base, merged, all, kept) => {
  expect(names(base, merged)).toEqual([all, kept])
})

test('where refusals do not block, objects count as they are written', () => {
  expect(names('', object('a', '0s'), 'as-written')).toEqual([['a'], []])
})
