import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { parseYaml } from '../../../src/domain/source/yaml.ts'
import type { YamlFaultCode } from '../../../src/domain/source/yaml-fault.ts'
import { runs } from '../../support/laws.ts'
import { hasYamlReader, type KubernetesReading, readAsKubernetes } from '../../support/yaml-reader.ts'

const count = runs(400, 40_000)

/** Manifests as people write them; what is between the lines is changed at random. */
const shapes = [
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: vs-1\n  namespace: ns1\nspec:\n  hosts: [shop.example]\n  http:\n    - match:\n        - uri: { prefix: /login }\n          headers:\n            x-beta: { exact: "yes" }\n      route:\n        - destination:\n            host: login\n            port: { number: 80 }\n          weight: 100\n      timeout: 3s\n',
  "apiVersion: networking.istio.io/v1beta1\nkind: Gateway\nmetadata:\n  name: gw\n  annotations:\n    note: |\n      one\n      two\n\n    more: >-\n      a\n      b\n\n      c\nspec:\n  selector:\n    istio: ingressgateway\n  servers:\n  - port:\n      number: 0443\n      name: https\n    hosts:\n    - \"*.example\"\n    - 'it''s'\n",
  'kind: List\napiVersion: v1\nitems:\n- &a\n  apiVersion: networking.istio.io/v1\n  kind: VirtualService\n  metadata: &m\n    name: a\n- <<: *a\n  metadata:\n    <<: *m\n    name: b\n---\n# a comment\n---\nkind: ConfigMap\ndata: {a: 1, b: [x, "y", \'z\']}\n',
  '{"apiVersion": "networking.istio.io/v1",\n  "kind": "VirtualService", "metadata": {"name": "r\\u0041\\/"},\n  "spec": {"hosts": ["a", "b"], "http": []}}\n',
] as const

const token = fc.constantFrom(
  ...['\n', '\n\n', '\r\n', '\r', '\u0085', '\u2028', '\u2029', '\ufeff', '\ufeff\ufeff', '\u00a0', '\u3000'],
  ...['\u2003', '\t', ' ', '  ', '    ', '\n\t', '\n ', '\n  ', '\n    ', '\x01', '\x7f', '\x0b', '\x0c'],
  ...['"', "'", '\\', '\\\n', '\\x41', '\\u0041', '\\N', '\\_', '\\"', "''", '""'],
  ...[
    '&a ',
    '&m',
    '*a',
    '*m',
    '*',
    '&',
    '!',
    '!!str ',
    '!!int ',
    '!!binary ',
    '!x ',
    '! ',
    '!!null',
    '!<x> ',
  ],
  ...['\n%YAML 1.1\n', '\n%YAML 1.2\n', '%TAG ! x\n', '%', '\n---\n', '\n--- \n', '\n--- # c\n', '\n--- x\n'],
  ...['\n---x\n', '\n...\n', '\n... x\n', '---', '...', '----\n'],
  ...[
    '[',
    ']',
    '{',
    '}',
    ',',
    ': ',
    ':',
    '? ',
    '?',
    '- ',
    '-',
    '\n- ',
    '\n? a\n: b\n',
    '#',
    ' # c',
    '\n# c\n',
  ],
  ...[
    '|',
    '>',
    '|\n',
    '>-\n',
    '|+\n',
    '|2\n',
    '>1-\n',
    '|-2\n  x\n',
    '<<',
    '<<: ',
    '\n<<: *a\n',
    '\n<<: {b: 1}\n',
  ],
  ...[
    'yes',
    'no',
    '~',
    '0x1F',
    '010',
    '1_0',
    '.5',
    '1e3',
    '.inf',
    '.nan',
    '-',
    '2001-12-14',
    '=',
    '@',
    '`',
    'é',
    '😀',
  ],
  ...[
    'a: 1\n',
    '\na: 1\n',
    '\n  a: 1\n',
    '\n    a: [b,\n]\n',
    '"a\n"',
    "'a\n\nb'",
    '{a: b, c}',
    '[a: b, c]',
    '{? a}',
  ],
)

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  cut: fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 5, 20),
  token: fc.option(token, { nil: '', freq: 8 }),
})

const mutated = fc
  .tuple(fc.constantFrom(...shapes), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([shape, edits]) =>
    edits.reduce((text, { at, cut, token: put }) => {
      const index = Math.floor(at * (text.length + 1))
      return text.slice(0, index) + put + text.slice(index + cut)
    }, shape as string),
  )
const random = fc.array(token, { minLength: 1, maxLength: 12 }).map((tokens) => tokens.join(''))

interface OurReading {
  readonly documents: readonly unknown[]
  readonly code?: YamlFaultCode | 'limit'
}

/** What we read before the first document that cannot be read. */
function readByUs(text: string): OurReading {
  const all = parseYaml({ path: 'a.yaml', text }, { id: 'x' })
  const broken = all.findIndex(({ root }) => root === undefined)
  const read = broken === -1 ? all : all.slice(0, broken)
  const documents = read.flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)]))
  if (broken === -1) return { documents }
  const { overLimit, diagnostics } = all[broken] ?? {}
  return { documents, code: overLimit === true ? 'limit' : (diagnostics?.[0]?.code ?? 'limit') }
}

/** What we refuse and Kubernetes may read, and why. */
const ourOwn: Readonly<Partial<Record<YamlFaultCode | 'limit', string>>> = {
  'line-break': 'nobody sees where such a line ends',
  'byte-order-mark': 'kubectl and the libraries of others pass over different numbers of them',
  character: 'go-yaml looks at what follows the document only as far as it has read ahead',
  'tagged-value': 'bytes that are no UTF-8 have no counterpart in JSON',
  json: 'behind a byte order mark some readers look for JSON, others do not; and two numbers in a row are no object',
  separator: 'behind a byte order mark some readers see a separator, others do not',
  directive: 'behind the end of a document it is passed over, with everything that follows',
}

/** Numbers as JSON has them. A stream of JSON may hold half a number, which is no object of anybody. */
function plain(documents: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(documents.filter((each) => typeof each === 'object' && each !== null)))
}

describe.skipIf(!hasYamlReader)(
  'against the reader of Kubernetes (skipped without `npm run build:oracles`)',
  () => {
    test.each([
      ['manifests with changes', mutated],
      ['tokens at random', random],
    ])('%s read the same', (_, texts) => {
      const samples = fc.sample<string>(texts, count)
      const theirs = readAsKubernetes(samples)
      const wrong = samples.flatMap((text, index) => {
        const reading = readByUs(text)
        return isExcused(text, reading, theirs[index]) || agree(reading, theirs[index])
          ? []
          : [{ text, reading, kubernetes: theirs[index] }]
      })

      expect(wrong.slice(0, 5)).toEqual([])
    })
  },
)

function isExcused(text: string, { code }: OurReading, theirs: KubernetesReading | undefined): boolean {
  if (code === undefined || !Object.hasOwn(ourOwn, code)) return false
  if (code === 'tagged-value') return text.includes('!!binary')
  if (code === 'json' && theirs?.documents.some((each) => typeof each !== 'object')) return true
  return (code !== 'json' && code !== 'separator') || text.startsWith('\ufeff')
}

function agree(ours: OurReading, theirs: KubernetesReading | undefined): boolean {
  const documents = JSON.stringify(sorted(plain(ours.documents)))
  if (documents !== JSON.stringify(sorted(plain(theirs?.documents ?? [])))) return false
  return (ours.code === undefined) === (theirs?.error === undefined)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1))
}
