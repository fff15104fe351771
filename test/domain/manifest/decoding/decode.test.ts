import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DecodeProblem, decodeMessage } from '../../../../src/domain/manifest/decoding/decode.ts'
import { gatewaySpec, virtualServiceSpec } from '../../../../src/domain/manifest/decoding/istio-schema.ts'
import type { FieldType, MessageType } from '../../../../src/domain/manifest/decoding/message.ts'
import { rangeOfElement, wasNull } from '../../../../src/domain/manifest/decoding/written-as.ts'
import { rangeOf } from '../../../../src/domain/source/located.ts'
import { parseYaml } from '../../../../src/domain/source/yaml.ts'
import { said, written } from '../../../support/said.ts'

function decode(text: string, type: MessageType = virtualServiceSpec) {
  const problems: DecodeProblem[] = []
  const [document] = parseYaml({ path: 'a.yaml', text }, { id: 'x' })
  const spec = document?.root && decodeMessage(document.root, type, { field: 'spec', problems })
  return { spec, problems, json: JSON.parse(JSON.stringify(spec ?? null)) as unknown }
}

/** Some value of a type, as JSON writes it; zero values included. */
function someValue(type: FieldType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'string':
      return fc.constantFrom('', 'a', '/x', 'yes', '80', 'null', '~', '# x', 'a: b')
    case 'bool':
      return fc.boolean()
    case 'int32':
      return fc.integer({ min: -5, max: 5 })
    case 'uint32':
      return fc.nat(5)
    case 'double':
      return fc.constantFrom(0, 0.5, 100)
    case 'duration':
      return fc.constantFrom('5s', '1m30s')
    case 'bytes':
      return fc.constantFrom('', 'aGVsbG8=')
    case 'enum':
      return fc.constantFrom(...type.values)
    case 'list':
      return fc.array(someValue(type.of), { maxLength: 2 })
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'x-b', 'yes', '1'), someValue(type.of), { maxKeys: 2 })
    case 'message': {
      const members = new Set(type.oneofs.flat())
      const single = Object.entries(type.fields).filter(([name]) => !members.has(name))
      const record = fc.record(Object.fromEntries(single.map(([name, of]) => [name, someValue(of)])), {
        requiredKeys: [],
      })
      const choices = type.oneofs.map((names) =>
        fc.option(
          fc
            .constantFrom(...names)
            .chain((name) => someValue(type.fields[name]!).map((value) => ({ [name]: value }))),
          { nil: {} },
        ),
      )
      return fc.tuple(record, ...choices).map((parts) => Object.assign({}, ...parts) as unknown)
    }
  }
}

/** Block YAML with its keys in reverse order, comments and blank lines between them, and every text quoted. */
function reflowed(value: unknown, indent = ''): string {
  if (Array.isArray(value) && value.length > 0)
    return value.map((item) => `\n${indent}-   ${reflowed(item, `${indent}    `)}`).join('')
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
    return Object.entries(value)
      .toReversed()
      .map(
        ([key, inner]) =>
          `\n${indent}# about ${key}\n\n${indent}${JSON.stringify(key)}: ${reflowed(inner, `${indent}  `)}`,
      )
      .join('')
  return JSON.stringify(value)
}

describe('laws', () => {
  test.each([virtualServiceSpec, gatewaySpec])(
    'reflowing the text of a $name does not change what it says',
    (type) => {
      fc.assert(
        fc.property(someValue(type), (value) => {
          const asJson = decode(JSON.stringify(value), type)
          const asBlocks = decode(reflowed(value), type)

          expect(asBlocks.json ?? {}).toEqual(asJson.json)
          expect(asJson.problems).toEqual([])
          expect(asBlocks.problems).toEqual([])
        }),
        { numRuns: 100 },
      )
    },
  )

  test('what was decoded decodes to itself', () => {
    fc.assert(
      fc.property(someValue(virtualServiceSpec), (value) => {
        const { json } = decode(JSON.stringify(value))

        expect(decode(JSON.stringify(json)).json).toEqual(json)
      }),
      { numRuns: 100 },
    )
  })

  test('anchors say the same as what they stand for', () => {
    const anchored =
      'http:\n- &r {route: &d [{destination: {host: a}}], timeout: 5s}\n- {<<: *r, timeout: 6s}\n- {route: *d}\n'
    const written =
      'http: [{route: [{destination: {host: a}}], timeout: 5s}, {route: [{destination: {host: a}}], timeout: 6s}, {route: [{destination: {host: a}}]}]'

    expect(decode(anchored).json).toEqual(decode(written).json)
  })
})

describe('presence', () => {
  test.each([
    [
      'null, zero scalars and empty lists and maps are absent',
      'hosts: []\nexportTo: ~\nhttp: [{name: "", match: [{port: 0, ignoreUriCase: false, headers: {}, sourceLabels: {}}]}]',
      { http: [{ match: [{}] }] },
    ],
    [
      'a member of a oneof is set even to its zero value',
      'http: [{match: [{uri: {prefix: ""}}], redirect: {port: 0}}]',
      { http: [{ match: [{ uri: { prefix: '' } }], redirect: { port: 0 } }] },
    ],
    [
      'an empty message is present',
      'http: [{match: [{uri: {}}], delegate: {}, retries: {}, headers: {}}]',
      { http: [{ match: [{ uri: {} }], delegate: {}, retries: {}, headers: {} }] },
    ],
    ['a null message is absent', 'http: [{match: [{uri: }], delegate: }]', { http: [{ match: [{}] }] }],
    [
      'a header that is an empty message asks for presence, and one that is null is absent',
      'http: [{match: [{headers: {x: , z: {}}}]}]',
      { http: [{ match: [{ headers: { z: {} } }] }] },
    ],
    [
      'so is an excluded header that is null',
      'http: [{match: [{withoutHeaders: {x: null, z: {exact: a}}}]}]',
      { http: [{ match: [{ withoutHeaders: { z: { exact: 'a' } } }] }] },
    ],
    [
      'a map of nothing but nulls is absent',
      'http: [{match: [{queryParams: {x: null, y: ~}}]}]',
      { http: [{ match: [{}] }] },
    ],
    [
      'and so is a text that is null',
      'http: [{headers: {request: {set: {x: null, z: a}}}}]',
      { http: [{ headers: { request: { set: { z: 'a' } } } }] },
    ],
    [
      'a wrapper is set even to its zero value',
      'http: [{mirrorPercent: 0, retries: {retryRemoteLocalities: false}}]',
      { http: [{ mirrorPercent: 0, retries: { retryRemoteLocalities: false } }] },
    ],
    [
      'mirror_percent is the one other spelling',
      'http: [{mirror_percent: 5}]',
      { http: [{ mirrorPercent: 5 }] },
    ],
    [
      'an unknown field is dropped, and what is left stays',
      'http: [{match: [{uri: {prefx: /a}}]}]',
      { http: [{ match: [{ uri: {} }] }] },
    ],
    ['a null in a list of messages is an empty one', 'http: [{match: [~]}]', { http: [{ match: [{}] }] }],
  ])('%s', (_, text, json) => {
    expect(decode(text).json).toEqual(json)
  })

  test('tls without a mode passes through', () => {
    expect(decode('servers: [{tls: {httpsRedirect: true}}]', gatewaySpec).json).toEqual({
      servers: [{ tls: { httpsRedirect: true, mode: 'PASSTHROUGH' } }],
    })
  })

  test('headers may be named like the properties of every object', () => {
    const { json } = decode('http: [{match: [{headers: {__proto__: {}, constructor: {}}}]}]')
    const { http } = json as { http: { match: { headers: object }[] }[] }

    expect(Object.keys(http[0]?.match[0]?.headers ?? {})).toEqual(['__proto__', 'constructor'])
  })
})

describe('places', () => {
  const text = 'hosts:\n  - a.com\n  - b.com\nhttp:\n  - name: x\n    match: [~]\n'
  const { spec } = decode(text)
  const shown = (range: ReturnType<typeof rangeOf>) => range && text.slice(range.start, range.end)

  test('an object knows its range, and each field from the key to the end of the value', () => {
    expect(shown(spec && rangeOf(spec, 'hosts'))).toBe('hosts:\n  - a.com\n  - b.com')
    expect(shown(spec && rangeOf((spec['http'] as object[])[0]!, 'name'))).toBe('name: x')
  })

  test('so does each element of a list, which stays a plain array', () => {
    const hosts = spec?.['hosts'] as string[]

    expect(hosts).toStrictEqual(['a.com', 'b.com'])
    expect(shown(rangeOfElement(hosts, 1))).toBe('b.com')
    expect(rangeOfElement([...hosts], 1)).toBeUndefined()
  })

  test('what stands for a null can be told apart from an empty message', () => {
    const { http } = spec as unknown as { http: { match: object[] }[] }

    expect(wasNull(http[0]!.match[0]!)).toBe(true)
    expect(wasNull({})).toBe(false)
  })
})

test('a mistake says what was found and what to write', () => {
  const mistakes = (text: string) =>
    decode(text).problems.map((problem) => [said(problem), written(problem.todo)])

  expect(mistakes('http: [{match: [{uri: {prefx: /a}}]}]')).toEqual([
    ['unknown field `prefx` in StringMatch, did you mean `prefix`?', 'Write `prefix`'],
  ])
  expect(mistakes('http: [{name: yes}]')).toEqual([
    ['`name` takes a text, not `yes`, which YAML 1.1 reads as true', 'Write it in quotes: "yes"'],
  ])
  expect(mistakes('http: [{match: [{port: "80"}]}]')).toEqual([
    ['`port` takes a whole number from 0 to 4294967295, not the text "80"', 'Write it without quotes'],
  ])
  expect(mistakes(`hosts: ${'x'.repeat(1000)}`)[0]?.[0]?.length).toBeLessThan(120)
})

describe('the bytes of a body', () => {
  const faultsOf = (bytes: string) =>
    decode(`http: [{ directResponse: { status: 200, body: { bytes: ${JSON.stringify(bytes)} } } }]\n`)
      .problems

  test.each(['', 'bm8=', 'bm9=', 'bm==', '+/+/', 'abcd', 'bm8=\n', 'b\nm8='])('%j are base64', (bytes) => {
    expect(faultsOf(bytes)).toEqual([])
  })

  test.each(['bm8', 'a/', 'SIMPLE', '-_-_', 'bm 8=', '=', '====', 'bm8==', 'b===', 'bm8=bm8=', 'a', 'abcde'])(
    '%j are none',
    (bytes) => {
      expect(faultsOf(bytes).map(({ fatal }) => fatal)).toEqual([true])
    },
  )
})
