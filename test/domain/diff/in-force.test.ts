import { expect, test } from 'vitest'
import { inForce } from '../../../src/domain/diff/in-force.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'

const object = (name: string, timeout: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ns1}\nspec: {hosts: [a.example], http: [{timeout: ${timeout}, route: [{destination: {host: a}}]}]}\n`

const parseFiles = (files: readonly SourceFile[]) =>
  parseManifests(files, { namespaceOf: () => undefined, version: { major: 1, minor: 24 } })
const parse = (text: string) => parseFiles([{ path: 'vs.yaml', text }])

type Side = string | Readonly<Record<string, string>>

const parseSide = (side: Side) =>
  typeof side === 'string'
    ? parse(side)
    : parseFiles(Object.entries(side).map(([path, text]) => ({ path, text })))

const names = (base: Side, merged: Side, refusals: 'kept-out' | 'as-written' = 'kept-out') => {
  const { virtualServices, kept } = inForce(parseSide(base), parseSide(merged), {
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

const broken = 'kind: ConfigMap\ndata: [\n'
const [a, b, c] = ['a', 'b', 'c'].map((name) => object(name, '1s')) as [string, string, string]
const noMap = (name: string) => `${object(name, '1s')}  }\n`

test.each<[string, Side, Side, string[], string[]]>([
  [
    'what stands in front of the broken document is applied',
    `${a}---\n${b}`,
    `${object('a', '2s')}---\n${noMap('b')}`,
    ['a', 'b'],
    ['b'],
  ],
  [
    'what is removed in front of it is gone',
    `${a}---\n${b}---\n${c}`,
    `${b}---\n${noMap('c')}`,
    ['b', 'c'],
    ['c'],
  ],
  [
    'what is removed with a new broken document in its place is gone',
    `${a}---\n${b}`,
    `${a}---\n${broken}`,
    ['a'],
    [],
  ],
  ['what is new behind it is not applied', a, `${a}---\n${broken}---\n${b}`, ['a'], []],
  [
    'what changes behind it stays as it was',
    `${a}---\n${b}`,
    `${a}---\n${broken}---\n${object('b', '2s')}`,
    ['a', 'b'],
    ['b'],
  ],
  [
    'what was behind a broken document before as well counts as written',
    `${broken}---\n${a}`,
    `${broken}---\n${object('a', '2s')}`,
    ['a'],
    [],
  ],
  ['a longer name is another', `${a}---\n${object('a-b', '1s')}`, noMap('a-b'), ['a-b'], ['a-b']],
  ['what is renamed and broken at once stays', { 'x.yaml': a }, { 'y.yaml': noMap('a') }, ['a'], ['a']],
  ['what is removed beside a new broken file is gone', { 'x.yaml': a }, { 'y.yaml': noMap('b') }, [], []],
  [
    'what is removed from a file that is left is gone',
    { 'x.yaml': `${a}---\n${b}` },
    { 'x.yaml': b, 'y.yaml': noMap('a') },
    ['b'],
    [],
  ],
  [
    'behind an object that cannot be decoded, files are read on',
    `${a}---\n${b}`,
    `${a.replace('hosts: [a.example]', 'hosts: {}')}---\n${object('b', '2s')}`,
    ['b', 'a'],
    ['a'],
  ],
  [
    'of a pointer nobody knows what it names',
    a,
    'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    ['a'],
    ['a'],
  ],
  [
    'of a template neither',
    a,
    `{{ if .x }}\n${a.replace('name: a', 'name: {{ .n }}')}{{ end }}\n`,
    ['a'],
    ['a'],
  ],
])('%s', (_, base, merged, all, kept) => {
  expect(names(base, merged)).toEqual([all, kept])
})
