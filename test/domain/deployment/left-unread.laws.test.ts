import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess, type Proposal } from '../../../src/domain/assess.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import type { People } from '../../../src/domain/policy/consent/people.ts'
import { decide } from '../../../src/domain/policy/decide.ts'
import type { Assessment, Judgement } from '../../../src/domain/policy/judgement.ts'
import { waysOut } from '../../../src/domain/ways-out/ways-out.ts'
import { visibleJson } from '../../../src/domain/words/visible.ts'
import { ownPackage } from '../../../src/package-file.ts'
import { checkSummary } from '../../../src/report/github/check-summary.ts'
import { sarifLog } from '../../../src/report/github/sarif.ts'
import { checkJson } from '../../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../../src/report/page/text/check-text.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { viewOf } from '../../../src/report/sentences/view.ts'
import { barePage } from '../../support/bare-page.ts'
import { runs } from '../../support/laws.ts'

/** One entry: what it asks for, and what it does. */
interface Entry {
  readonly match: string
  readonly does: string
}

interface Routing {
  readonly name: string
  readonly namespace: string
  readonly hosts: readonly string[]
  readonly gateways: readonly string[]
  readonly exportTo: readonly string[]
  readonly http: readonly Entry[]
}

function listed(name: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `  ${name}:\n${items.map((each) => `  - "${each}"\n`).join('')}`
}

function written({ name, namespace, hosts, gateways, exportTo, http }: Routing): string {
  const entries = http.map(({ match, does }) => `  - match:\n    - ${match}\n${does}`)
  const lists = `${listed('hosts', hosts)}${listed('gateways', gateways)}${listed('exportTo', exportTo)}`
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n${lists}  http:\n${entries.join('')}`
}

const matches = fc.constantFrom(
  ...[
    'prefix: /a/',
    'prefix: /a/x',
    'prefix: /b',
    'exact: /a/',
    'prefix: /',
    'regex: "/[ab]/.*"',
    "regex: '/\\x{100}'",
  ].map((uri) => `uri:\n        ${uri}`),
  'port: 80',
  'headers:\n        x:\n          exact: a',
  'gateways:\n      - mesh',
)

const answers = fc
  .tuple(
    fc.constantFrom('v1', 'v1', 'v2'),
    fc.constantFrom(
      '',
      '',
      '    timeout: 2s\n',
      '    rewrite:\n      uri: /\n',
      '    rewrite:\n      uri: $' + '{URI}\n',
    ),
  )
  .map(([host, more]) => `    route:\n    - destination:\n        host: ${host}\n${more}`)

const delegates = fc
  .tuple(
    fc.constantFrom('s1', 's1', 's2', 's3', 's4', 'gone'),
    fc.constantFrom('', '', '      namespace: team\n', '      namespace: other\n'),
  )
  .map(([name, namespace]) => `    delegate:\n      name: ${name}\n${namespace}`)

function entriesOf(does: fc.Arbitrary<string>) {
  return fc.array(fc.record({ match: matches, does }), { minLength: 1, maxLength: 4 })
}

function routing(name: string, hosts: fc.Arbitrary<readonly string[]>, does: fc.Arbitrary<string>) {
  return fc.record({
    name: fc.constant(name),
    namespace: fc.constantFrom('shop', 'shop', 'shop', 'team'),
    hosts,
    gateways: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(['entry'], ['shop/entry']) },
      fc.constantFrom(['shop/entry', 'mesh'], [], ['shop/away']),
    ),
    exportTo: fc.constantFrom([], [], [], ['.'], ['team']),
    http: entriesOf(does),
  })
}

const rooted = (name: string, does: fc.Arbitrary<string>) =>
  routing(
    name,
    fc.constantFrom(
      ['a.example'],
      ['b.example'],
      ['c.example'],
      ['*.example'],
      ['v1'],
      ['v1.team'],
      ['d.example'],
      ['a.example', 'C.example'],
      ['*'],
    ),
    does,
  )
const secondary = (name: string) =>
  routing(name, fc.constant([]), answers).map((each) => ({ ...each, gateways: [] }))

const files = fc.record({
  's/namesake.yaml': secondary('s1').map((each) => ({ ...each, namespace: 'other' })),
  'p/one.yaml': rooted('p1', fc.oneof({ weight: 3, arbitrary: delegates }, answers)),
  'p/two.yaml': rooted('p2', fc.oneof({ weight: 3, arbitrary: delegates }, answers)),
  'o/one.yaml': rooted('o1', answers),
  'o/two.yaml': rooted('o2', answers),
  's/one.yaml': secondary('s1'),
  's/two.yaml': secondary('s2'),
  't/three.yaml': secondary('s3'),
  't/copy.yaml': fc.oneof({ weight: 12, arbitrary: secondary('s4') }, secondary('s1')),
})

const beside = fc.constantFrom(
  {},
  {},
  {},
  {},
  {},
  {},
  {
    'x/service.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: v1, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n',
  },
  {
    'x/rule.yaml':
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: v1, namespace: shop }\nspec: { host: v1, subsets: [{ name: a, labels: { v: a } }] }\n',
  },
  { 'x/kustomization.yaml': 'resources: [../s/one.yaml]\n' },
  { 'x/broken.yaml': 'kind: VirtualService\napiVersion: networking.istio.io/v1\nspec: [\n' },
  {
    'x/flow.yaml':
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: flow, namespace: shop }\nspec: { hosts: [a.example, c.example], gateways: [entry], http: [{ route: [{ destination: { host: v3 } }] }] }\n',
  },
  {
    'x/refused.yaml':
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: refused\n  namespace: shop\nspec:\n  hosts:\n  - d.example\n  gateways:\n  - entry\n  http:\n  - redirect:\n      redirectCode: 304\n',
  },
)

const gateway =
  'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: entry, namespace: shop }\nspec: { selector: { istio: i }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }\n'

const configurations = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  'rules: { open-prefix: require-approval }\n',
  'istio: { gatewayNamespaces: [shop] }\n',
)
const owners = fc.constantFrom(
  '* @o/all\n/s/ @o/s\n/t/ @u/s\n',
  '/p/ @o/p\n/s/ @o/s\n/t/ @o/t\n',
  '/p/one.yaml @o/p1\n/p/two.yaml @o/p2\n/o/one.yaml @o/o1\n/o/two.yaml @o/o2\n/s/ @o/s\n',
  undefined,
)

type Files = Readonly<Record<string, string>>

/** A side, and the routes of one or two VirtualServices written otherwise. */
const edited = fc
  .record({
    before: files,
    after: files,
    beside,
    changed: fc.subarray(
      ['p/one.yaml', 'p/two.yaml', 'o/one.yaml', 's/one.yaml', 's/two.yaml', 't/copy.yaml'] as const,
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    moved: fc.boolean(),
  })
  .map(({ before, after, beside, changed, moved }): readonly [Files, Files] => {
    const base = Object.fromEntries(Object.entries(before).map(([path, each]) => [path, written(each)]))
    const now = changed.map((path) => {
      const text = written({ ...before[path], http: after[path].http })
      return [path, moved ? `# moved\n${text}` : text] as const
    })
    const whole = { ...base, ...beside, 'g/entry.yaml': gateway }
    return [whole, { ...whole, ...Object.fromEntries(now) }]
  })

/** An ordinary week: whoever has a host of their own does something else with its requests, and some share the host. */
const ordinary = fc
  .record({
    hosts: fc.array(fc.constantFrom('a.example', 'b.example', 'c.example', 'd.example', '*.example'), {
      minLength: 3,
      maxLength: 6,
    }),
    timeout: fc.integer({ min: 1, max: 9 }),
    at: fc.nat(2),
  })
  .map(({ hosts, timeout, at }): readonly [Files, Files] => {
    const entry = (number: number, more = '') => ({
      match: `uri:\n        prefix: /${number}/`,
      does: `    route:\n    - destination:\n        host: v1\n${more}`,
    })
    const own = (host: string, number: number, more?: string) =>
      written({
        name: `w${number}`,
        namespace: 'shop',
        hosts: [host],
        gateways: ['shop/entry'],
        exportTo: [],
        http: [entry(number, more)],
      })
    const base = Object.fromEntries(hosts.map((host, number) => [`w/${number}.yaml`, own(host, number)]))
    const whole = { ...base, 'g/entry.yaml': gateway }
    const changed = own(hosts[at] ?? '', at, `    timeout: ${timeout}s\n`)
    return [whole, { ...whole, [`w/${at}.yaml`]: changed }]
  })

function proposalOf(
  before: Files,
  after: Files,
  given: Pick<Proposal, 'configuration' | 'codeowners'>,
): Proposal {
  const filesIn = (side: Files) => Object.entries(side).map(([path, text]) => ({ path, text }))
  const [base, merged] = [filesIn(before), filesIn(after)]
  const changed = merged.flatMap((file, at) => {
    const old = base[at]
    return old === undefined || old.text === file.text ? [] : [{ path: file.path, base: old, merged: file }]
  })
  return { ...given, base, merged, changed, obstructions: [], draft: false, today: '2026-11-30' }
}

const people: People = {
  author: { login: 'ada', bot: false },
  pushers: [],
  reviews: [],
  membership: () => 'no-member',
}

function decided(judgement: Judgement): Assessment {
  return decide({ ...judgement, existing: false }, people, { sha: 'x' })
}

/** All that is said of what is new, in every form but the page, which shows what is old, too. */
function said(judgement: Judgement, proposal: Proposal): readonly string[] {
  const assessment = decided(judgement)
  const ways = waysOut(proposal, judgement)
  return [
    visibleJson(checkJson(assessment), 2),
    terminalCheck(assessment, endless, ways),
    visibleJson(sarifLog(assessment, ownPackage()), 2),
    checkSummary(viewOf(assessment, ways), { isRequested: () => false }),
  ]
}

describe('files that are left unread', () => {
  it('change nothing that is said', () => {
    let unread = 0
    fc.assert(
      fc.property(
        fc.oneof({ weight: 3, arbitrary: edited }, ordinary),
        configurations,
        owners,
        ([before, after], configuration, codeowners) => {
          const proposal = proposalOf(before, after, {
            ...(configuration !== undefined && {
              configuration: { path: '.github/firebreak.yml', text: configuration },
            }),
            ...(codeowners !== undefined && {
              codeowners: parseCodeowners({ path: 'CODEOWNERS', text: codeowners }),
            }),
          })
          const slow = { ...proposal, existing: true }
          const judgement = assess(proposal)
          unread += judgement.comparison.base.manifests.apart?.size ?? 0

          const slowly = assess(slow)
          expect(said(judgement, proposal)).toEqual(said(slowly, slow))
          expect(barePage(decided(assess({ ...proposal, whole: true })))).toBe(barePage(decided(slowly)))
        },
      ),
      { numRuns: runs(40, 10_000) },
    )
    expect(unread).toBeGreaterThan(0)
  })
})
