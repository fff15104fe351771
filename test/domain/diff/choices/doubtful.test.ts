import { describe, expect, it } from 'vitest'
import { appearing, isDoubtful, missingTogether } from '../../../../src/domain/diff/choices/doubtful.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { primary, to } from '../../../support/worked-mesh.ts'

const [a, b, c] = ['a', 'b', 'c'].map((name) => primary(name, to(name)))

const parsed = (text: string, path = 'vs.yaml') =>
  parseManifests([{ path, text }], {
    namespaceOf: () => undefined,
    version: { major: 1, minor: 24 },
  })
const object = (name: string, timeout: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ns1}\nspec: {hosts: [a.example], http: [{timeout: ${timeout}, route: [{destination: {host: a}}]}]}\n`
const copyIn = (path: string) => parsed(object('copy', '1s'), path).virtualServices[0]

describe('what a cluster perhaps does not have', () => {
  it('is what is refused, where what is refused is kept out', () => {
    const side = parsed(`${object('good', '1s')}---\n${object('bad', '0s')}`)
    const doubtful = (refusals: 'kept-out' | 'as-written') =>
      side.virtualServices.filter(isDoubtful(side, refusals)).map(({ name }) => name)

    expect(doubtful('kept-out')).toContain('bad')
    expect(doubtful('as-written')).not.toContain('bad')
  })

  it('is all of a file that cannot be read to its end', () => {
    const side = parsed(`${object('good', '1s')}---\nkind: VirtualService\nmetadata: { name: [\n`)

    expect(side.virtualServices.filter(isDoubtful(side, 'kept-out')).map(({ name }) => name)).toEqual([
      'good',
    ])
  })
})

describe('what appears with the merge', () => {
  it('is what the base side has in doubt, and the merged side surely', () => {
    const found = appearing(
      { base: [a!, b!, c!], merged: [a!, b!] },
      { base: (each) => each !== a, merged: (each) => each === c },
    )

    expect(found).toEqual([b])
  })

  it('is nothing because of a copy that was sure before', () => {
    const [refused, sure, repaired] = ['refused.yaml', 'sure.yaml', 'refused.yaml'].map((path) =>
      copyIn(path),
    )
    const doubtful = {
      base: (each: unknown) => each === refused,
      merged: (each: unknown) => each === refused,
    }

    expect(appearing({ base: [refused!, sure!], merged: [refused!, sure!] }, doubtful)).toEqual([])
    expect(appearing({ base: [refused!, sure!], merged: [repaired!, sure!] }, doubtful)).toEqual([refused])
    expect(appearing({ base: [refused!, sure!], merged: [sure!, copyIn('sure.yaml')!] }, doubtful)).toEqual([
      refused,
    ])
  })

  it('is nothing where nothing is in doubt', () => {
    expect(appearing({ base: [a!], merged: [a!] }, { base: () => false, merged: () => false })).toEqual([])
  })
})

it('what may be missing is all of it, or each by itself', () => {
  expect(missingTogether([a!, b!]).map((set) => [...set].map(({ name }) => name))).toEqual([
    ['a', 'b'],
    ['a'],
    ['b'],
  ])
  expect(missingTogether([a!])).toHaveLength(1)
  expect(missingTogether([])).toEqual([])
})
