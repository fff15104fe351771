import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess, type Proposal } from '../../../src/domain/assess.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import type { People } from '../../../src/domain/policy/consent/people.ts'
import { decide } from '../../../src/domain/policy/decide.ts'
import type { Judgement } from '../../../src/domain/policy/judgement.ts'
import { waysOut } from '../../../src/domain/ways-out/ways-out.ts'
import { visibleJson } from '../../../src/domain/words/visible.ts'
import { checkJson } from '../../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../../src/report/page/text/check-text.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { runs } from '../../support/laws.ts'

type Text = string | undefined

function object(kind: string, name: string, spec: string, namespace = 'shop'): string {
  return `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`
}

function server(hosts: string, rest = ''): string {
  return `{ port: { number: 80, name: http, protocol: HTTP }, hosts: ${hosts}${rest} }`
}

function gateway(name: string, servers: readonly string[], selector = 'ingress'): string {
  return object('Gateway', name, `{ selector: { istio: ${selector} }, servers: [${servers.join(', ')}] }`)
}

const tls =
  '{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["*.example"], tls: { mode: SIMPLE, credentialName: c } }'

const entry = fc.constantFrom(
  gateway('entry', [server('["*"]')]),
  gateway('renamed', [server('["*"]')]),
  gateway('entry', [server('["*"]')], 'other'),
  gateway('entry', [server('["*.example"]')]),
  gateway('entry', [server('["team/*"]')]),
  gateway('entry', [server('["*"]'), tls]),
  gateway('entry', [server('["*"]', ', tls: { httpsRedirect: true }')]),
)

const second = fc.constantFrom<Text>(
  undefined,
  gateway('second', [server('["*"]')]),
  gateway('second', [server('["a.example"]')]),
)

const hosts = fc.constantFrom('[a.example]', '["*.example"]', '["*"]', '[a.example, b.example]')
const bindings = fc.constantFrom('[entry]', '[entry]', '[entry, mesh]', '[mesh]', '[second]', '[away/gate]')
const exported = fc.constantFrom('', '', '', ', exportTo: ["."]', ', exportTo: [other]')

function when(uri: string): string {
  return `{ uri: ${uri} }`
}

const uris = fc.constantFrom(
  '{ prefix: /a/ }',
  '{ prefix: /a/x }',
  '{ prefix: /b }',
  '{ exact: /a/ }',
  '{ prefix: / }',
  '{ regex: "/[ab]/.*" }',
)

const match = fc.oneof(
  { weight: 8, arbitrary: uris.map(when) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{ headers: { x: { exact: a } } }',
      '{ port: 80 }',
      '{ authority: { exact: a.example } }',
      '{ uri: { prefix: /a/ }, withoutHeaders: { x: { prefix: a } } }',
      '{ uri: { prefix: /a/ }, withoutHeaders: { x: { prefix: ab } } }',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('{ gateways: [mesh] }', '{ sourceLabels: { app: web } }') },
)

const matches = fc
  .array(match, { maxLength: 2 })
  .map((all) => (all.length === 0 ? '' : `match: [${all.join(', ')}], `))

const answer = fc.constantFrom('v1', 'v1', 'v2').map((host) => `route: [{ destination: { host: ${host} } }]`)
const headers = fc.constantFrom(
  '',
  '',
  '',
  ', headers: { request: { set: { x: a } } }',
  ', headers: { request: { set: { authorization: a } } }',
)
const plain = fc.tuple(matches, answer, headers).map(([asks, does, more]) => `{ ${asks}${does}${more} }`)

const delegating = fc
  .tuple(matches, fc.constantFrom('s1', 's1', 's2', 's3'), fc.constantFrom('', ', namespace: team'), headers)
  .map(([asks, name, namespace, more]) => `{ ${asks}delegate: { name: ${name}${namespace} }${more} }`)

function listOf(item: fc.Arbitrary<string>) {
  return fc.array(item, { minLength: 1, maxLength: 4 }).map((all) => `[${all.join(', ')}]`)
}

function rooted(name: string, http: fc.Arbitrary<string>) {
  return fc
    .tuple(hosts, bindings, exported, listOf(http))
    .map(([own, at, to, entries]) =>
      object('VirtualService', name, `{ hosts: ${own}, gateways: ${at}${to}, http: ${entries} }`),
    )
}

const primary = (name: string) => rooted(name, fc.oneof({ weight: 2, arbitrary: delegating }, plain))

const secondary = (name: string) =>
  fc
    .tuple(exported, listOf(plain), fc.constantFrom('shop', 'shop', 'team'))
    .map(([to, http, namespace]) => object('VirtualService', name, `{ http: ${http}${to} }`, namespace))

function perhaps(one: fc.Arbitrary<string>): fc.Arbitrary<Text> {
  return fc.option(one, { nil: undefined })
}

const rule =
  'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: v1, namespace: shop }\nspec: { host: v1, subsets: [{ name: a, labels: { v: a } }] }\n'
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: v1, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n'

const configurations = fc.constantFrom<Text>(
  undefined,
  undefined,
  'rules: { open-prefix: require-approval, orphan-secondary: off }\n',
  'istio: { gatewayNamespaces: [shop] }\n',
  'istio: { dialect: istio, defaultExportTo: ["."] }\n',
  'meshes: [{ name: one, paths: ["p/**"] }, { name: two, paths: ["**"] }]\n',
  'complete: false\n',
  'external: [shop/s3]\n',
)

/** Everything that anything found may hang on, by the file in which it stands. */
const sides = fc.record({
  'g/entry.yaml': entry as fc.Arbitrary<Text>,
  'g/second.yaml': second,
  'p/one.yaml': primary('p1') as fc.Arbitrary<Text>,
  'p/two.yaml': perhaps(primary('p2')),
  'o/o.yaml': perhaps(rooted('o', plain)),
  's/one.yaml': secondary('s1') as fc.Arbitrary<Text>,
  's/two.yaml': perhaps(secondary('s2')),
  't/three.yaml': perhaps(secondary('s3')),
  't/copy.yaml': fc.oneof({ weight: 4, arbitrary: fc.constant<Text>(undefined) }, secondary('s1')),
  'o/rule.yaml': fc.constantFrom<Text>(undefined, rule, service),
  '.github/firebreak.yml': configurations,
  CODEOWNERS: fc.constantFrom<Text>('* @o/all\n/s/ @o/s\n/t/ @o/t\n', '* @o/all\n/s/ @o/t\n', undefined),
})

type Side = Readonly<Record<string, Text>>

/** Two sides that differ in a few files at most; a comment that moves every line is a difference, too. */
const edited = fc
  .record({
    base: sides,
    other: sides,
    paths: fc.subarray(Object.keys({ ...fc.sample(sides, { numRuns: 1, seed: 1 })[0] }), { maxLength: 3 }),
    moved: fc.boolean(),
  })
  .map(({ base, other, paths, moved }): readonly [Side, Side] => {
    const before: Side = base
    const after: Side = { ...base, ...Object.fromEntries(paths.map((path) => [path, (other as Side)[path]])) }
    const one = after['s/one.yaml']
    return [before, moved && one !== undefined ? { ...after, 's/one.yaml': `# moved\n${one}` } : after]
  })

function filesOf(side: Side) {
  return Object.entries(side).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]))
}

function isManifest({ path }: { readonly path: string }): boolean {
  return path.endsWith('.yaml')
}

function proposalOf(before: Side, after: Side): Proposal {
  const [base, merged] = [filesOf(before), filesOf(after)]
  const paths = [...new Set([...base, ...merged].map(({ path }) => path))]
  const at = (files: typeof base, path: string) => files.find((each) => each.path === path)
  const configuration = at(base, '.github/firebreak.yml')
  const codeowners = at(base, 'CODEOWNERS')
  return {
    base: base.filter(isManifest),
    merged: merged.filter(isManifest),
    changed: paths.flatMap((path) => {
      const [old, now] = [at(base, path), at(merged, path)]
      return old?.text === now?.text ? [] : [{ path, ...(old && { base: old }), ...(now && { merged: now }) }]
    }),
    ...(configuration && { configuration }),
    ...(codeowners && { codeowners: parseCodeowners(codeowners) }),
    obstructions: [],
    draft: false,
    today: '2026-11-30',
  }
}

const people: People = {
  author: { login: 'ada', bot: false },
  pushers: [],
  reviews: [],
  membership: () => 'no-member',
}

/** All that is said of what is new, in whatever form. */
function said(judgement: Judgement, proposal: Proposal): string {
  const assessment = decide({ ...judgement, existing: false }, people, { sha: 'x' })
  const json = visibleJson(checkJson(assessment), 2)
  return `${json}\n${terminalCheck(assessment, endless, waysOut(proposal, judgement))}`
}

describe('what is wrong on both sides', () => {
  it('is not looked for where nothing can be new, and nothing that is new hangs on that', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        const proposal = proposalOf(before, after)
        const slow = { ...proposal, existing: true }

        expect(said(assess(proposal), proposal)).toBe(said(assess(slow), slow))
      }),
      { numRuns: runs(25, 10_000) },
    )
  })
})
