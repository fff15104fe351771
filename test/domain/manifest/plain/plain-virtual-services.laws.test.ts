import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectsOfFile } from '../../../../src/domain/manifest/objects-of-file.ts'
import { plainTies } from '../../../../src/domain/manifest/plain/plain-virtual-services.ts'
import { runs } from '../../../support/laws.ts'

const plain = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: login
  namespace: shop
  labels:
    app: login
spec:
  hosts:
    - a.example
    - "*.b.example"
  gateways:
  - shop/entry
  exportTo:
    - "."
  http:
    - name: first
      match:
        - uri:
            prefix: /a
          headers:
            x-user:
              exact: ada
        - port: 80
      timeout: 2s
      route:
        - destination:
            host: login
            port:
              number: 8080
          weight: 90
        - destination:
            host: login.canary
    - match:
      - uri:
          regex: '/[ab]/.*'
      - headers:
          x-user:
            regex: ada.*
      delegate:
        name: signup
        namespace: team
    # the rest
    - delegate:
        name: rest
`

/** What people, and those who want to be overlooked, write in the place of something else. */
const pieces = fc.constantFrom(
  'hosts',
  'http',
  'match',
  'delegate:',
  'name: other',
  'name: 5',
  'name: yes',
  'unknown: x',
  'prefix: /b',
  'exact: ""',
  'port: abc',
  'timeout: 2',
  'timeout: 5x',
  '- a.example',
  '- &a b',
  '*a',
  '"two words"',
  '"a\\x62"',
  '$(HOST)',
  '"{{ .Values.host }}"',
  '"@HOST@"',
  '# a comment',
  'a: b: c',
  '---',
  '...',
  '{ a: b }',
  '[a, b]',
  '|',
  '>-',
  '!!str x',
  '? a',
  '"open',
  "'it''s'",
  'weight: 101',
  "regex: '\\x{100}'",
  "'\\x{ff}.*'",
  "regex: '(a{900}){40}'",
  '/((a|b){1000}){1000}',
  'on: x',
  'null',
  '~',
)

type Edit = (lines: readonly string[]) => readonly string[]

const edits = fc.oneof(
  fc.tuple(fc.nat(60), fc.integer({ min: -4, max: 4 })).map(
    ([at, by]): Edit =>
      (lines) =>
        lines.map((line, index) => {
          if (index !== at % lines.length) return line
          return by < 0 ? line.slice(Math.min(-by, line.search(/[^ ]|$/))) : ' '.repeat(by) + line
        }),
  ),
  fc.nat(60).map(
    (at): Edit =>
      (lines) =>
        lines.filter((_, index) => index !== at % lines.length),
  ),
  fc.tuple(fc.nat(60), pieces).map(
    ([at, piece]): Edit =>
      (lines) =>
        lines.map((line, index) => (index === at % lines.length ? line.replace(/[^ -].*$/, piece) : line)),
  ),
  fc.tuple(fc.nat(60), pieces).map(
    ([at, piece]): Edit =>
      (lines) =>
        lines.map((line, index) =>
          index === at % lines.length ? line.replace(/: .*$/, `: ${piece}`) : line,
        ),
  ),
  fc.tuple(fc.nat(60), fc.nat(60)).map(
    ([from, to]): Edit =>
      (lines) =>
        lines.toSpliced(to % lines.length, 0, lines[from % lines.length] ?? ''),
  ),
)

const texts = fc
  .array(edits, { maxLength: 3 })
  .map((all) => all.reduce<readonly string[]>((lines, edit) => edit(lines), plain.split('\n')).join('\n'))

function tiesByReading(text: string) {
  const file = { path: 'a.yaml', text }
  const found = objectsOfFile(file, {
    reader: 'plain',
    namespace: undefined,
    version: { major: 1, minor: 30 },
  })
  const { virtualServices, gateways, unmodelled, embedded, unreadable, diagnostics } = found
  const refused = diagnostics.filter(({ id }) => id === 'rejected-by-proxy')
  return {
    ties: virtualServices.map(({ name, namespace, spec: { hosts = [], http = [] } }) => ({
      name,
      namespace,
      hosts,
      delegates: http.flatMap(({ delegate: to }) =>
        to === undefined ? [] : [{ name: to.name, namespace: to.namespace }],
      ),
    })),
    others: [gateways, unmodelled, embedded, unreadable, refused].flat().length,
  }
}

describe('the ties of a plain file', () => {
  it('are those that are found by reading it, of its one VirtualService, or are not said', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const ties = plainTies({ path: 'a.yaml', text })
        if (ties !== undefined) expect(tiesByReading(text)).toEqual({ ties: [ties], others: 0 })
      }),
      { numRuns: runs(500, 200_000) },
    )
  })
})
