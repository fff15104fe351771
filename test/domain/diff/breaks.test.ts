import { expect, it } from 'vitest'
import { breaksOf } from '../../../src/domain/diff/breaks.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'

const object = (name: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: ns1 }\nspec: { http: [{ route: [{ destination: { host: a } }] }] }\n`
const broken =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: bad, namespace: ns1\n'

const breaks = (text: string, others: readonly string[] = ['vs.yaml']) =>
  breaksOf(
    parseManifests([{ path: 'vs.yaml', text }], {
      namespaceOf: () => undefined,
      version: { major: 1, minor: 24 },
    }),
    new Set(others),
  )

it('a file that can be read has none', () => {
  expect(breaks(`${object('a')}---\n${object('b')}`)).toEqual([])
})

it('begins with the document in which the fault stands', () => {
  const first = `${object('a')}---\n`
  const [found] = breaks(first + broken)

  expect(found?.path).toBe('vs.yaml')
  expect(found?.stops).toBe(first.lastIndexOf('---'))
})

it('may hold what is named from there on, and not what is named before', () => {
  const [found] = breaks(`${object('before')}---\n${broken}---\n${object('after')}`)

  expect(['before', 'bad', 'after', 'other'].filter((name) => found?.mayHold(name))).toEqual(['bad', 'after'])
})

it('knows whether the other side has the file', () => {
  expect(breaks(broken).map(({ isNew }) => isNew)).toEqual([false])
  expect(breaks(broken, []).map(({ isNew }) => isNew)).toEqual([true])
})

it('of a template may hold whatever is asked for', () => {
  const [found] = breaks(`{{ if .Values.on }}\n${object('a')}{{ end }}\n`)

  expect(found?.mayHold('anything') ?? true).toBe(true)
})
