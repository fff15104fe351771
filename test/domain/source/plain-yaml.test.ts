import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainYaml } from '../../../src/domain/source/plain-yaml.ts'
import { splitDocuments } from '../../../src/domain/source/split-documents.ts'
import { composeDocument, type YamlNode } from '../../../src/domain/source/yaml.ts'

interface Readings {
  readonly plain: YamlNode | undefined
  readonly library: YamlNode | undefined
  readonly isFaultless: boolean
}

function readBoth(text: string): readonly Readings[] {
  const file = { path: 'a.yaml', text }
  return [...splitDocuments(text)].map((document) => {
    const range = { file, start: document.start, end: document.start + document.text.length }
    const composed = composeDocument(file, document, { id: 'x' })
    return {
      plain: plainYaml(document.text, range),
      library: composed[0]?.root,
      isFaultless: composed.length === 1 && composed.every(({ diagnostics }) => diagnostics.length === 0),
    }
  })
}

/** The quick reader may decline, but never differ: not in a value, not in a place, not in what is a mistake. */
function expectEqualReadings(text: string): void {
  for (const { plain, library, isFaultless } of readBoth(text)) {
    if (plain === undefined) continue
    expect(isFaultless, text).toBe(true)
    expect(plain, text).toEqual(library)
  }
}

const scalar = fc.constantFrom(
  'a',
  '80',
  'yes',
  '~',
  '/a b',
  'x#y',
  'x #y',
  'a:b',
  'a: b',
  'a:',
  '"q"',
  '"a\\"b"',
  '"\\x41"',
  "'it''s'",
  "'",
  '"',
  '-1',
  '- a',
  '-',
  '',
  '{a: 1}',
  '{ "a":1, b: [x, y] }',
  '{a, b}',
  '{a: }',
  '[]',
  '[a, 80,]',
  '[a b, c]',
  '[a: b]',
  '[',
  '{a: 1, a: 2}',
  '&x a',
  '*x',
  '!!str 1',
  '|',
  '>-',
  '# c',
  '"a" # c',
  '"a"b',
  'a  ',
  '@x',
  '%x',
  '? x',
  ': x',
  'é',
  '0x1F',
  '1_0',
  '<<',
)
const key = fc.constantFrom(
  'a',
  'b',
  'c-d',
  'x.y/z',
  '"k"',
  "'k'",
  'yes',
  '1',
  '~',
  '<<',
  'a b',
  '*x',
  '?',
  '',
)
const line = fc
  .tuple(
    fc.integer({ min: 0, max: 6 }),
    fc.constantFrom('', '', '- ', '- - ', '-   '),
    fc.option(key),
    scalar,
  )
  .map(
    ([indent, dash, name, value]) =>
      `${' '.repeat(indent)}${dash}${name === null ? '' : `${name}: `}${value}`,
  )

describe('the quick reader agrees with the library', () => {
  test('on lines put together at random', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, end) => {
          expectEqualReadings(lines.join(end))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('on nested collections with a few lines spoilt', () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { minKeys: 1, maxKeys: 3 }),
      ),
    }))
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2), (value, step) => {
        expectEqualReadings(blockText(value, 0, step))
      }),
      { numRuns: 1000 },
    )
  })

  test('on JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
        expectEqualReadings(JSON.stringify({ value }, null, indent))
      }),
      { numRuns: 300 },
    )
  })

  test('on the manifests beside the tests', () => {
    const folder = join(import.meta.dirname, '../manifest/vectors')
    for (const name of readdirSync(folder)) expectEqualReadings(readFileSync(join(folder, name), 'utf8'))
  })
})

/** Block YAML whose scalars are written as they are; `step` is how far a list stands in from its key. */
function blockText(value: unknown, indent: number, step: number): string {
  const margin = ' '.repeat(indent)
  if (Array.isArray(value))
    return value.map((item) => `${margin}- ${blockText(item, indent + 2, step).trimStart()}`).join('\n')
  if (typeof value !== 'object' || value === null) return `${margin}${String(value)}`
  return Object.entries(value)
    .map(([name, inner]) => {
      if (Array.isArray(inner)) return `${margin}${name}:\n${blockText(inner, indent + step, step)}`
      if (typeof inner === 'object')
        return `${margin}${name}: # below\n\n${blockText(inner, indent + 3, step)}`
      return `${margin}${name}: ${String(inner)}`
    })
    .join('\n')
}

test('what people write is read quickly', () => {
  const manifest = `--- # a comment
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: vs-1   # its name
  namespace: 'login'
spec:
  hosts:
  - "a.example.com"
  http:

    # the only entry
    - name: log
      match:
        - uri: { prefix: /log }
          headers:
            x-user: {}
            cookie:
      route:
      - destination: {host: login.login.svc.cluster.local, port: {number: 8080}}
        weight: 100
      timeout: 5s
`
  const [readings] = readBoth(manifest)

  expect(readings?.plain).toBeDefined()
  expect(readings?.plain).toEqual(readings?.library)
})
