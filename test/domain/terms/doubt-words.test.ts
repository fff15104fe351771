import { expect, test } from 'vitest'
import { type Cause, doubt, effectOfDoubt } from '../../../src/domain/doubt.ts'
import { readConfiguration } from '../../../src/domain/policy/configuration/configuration.ts'
import { rules } from '../../../src/domain/rules/index.ts'
import { doubtWords } from '../../../src/domain/terms/doubt-words.ts'
import { said, written } from '../../support/said.ts'

const hostile = 'x`\n- "#'
const all: readonly Cause[] = [
  { code: 'creation-order', of: ['n/a', 'n/b'] },
  { code: 'shared-host', of: ['n/a', 'n/b'], host: 'x.example', gateway: 'n/gw' },
  { code: 'copies', of: 'VirtualService n/a', files: [`${hostile}/a.yaml`, 'b/a.yaml'] },
  { code: 'copies', of: 'VirtualService n/a', files: ['c/a.yaml', 'c/b.yaml'] },
  { code: 'untried-copies', of: ['VirtualService n/a'], files: ['c/a.yaml', 'd/b.yaml'] },
  { code: 'perhaps-absent', of: 'Gateway n/gw', file: 'gw.yaml' },
  { code: 'pods-unknown', of: 'n/a' },
  { code: 'other-terms', gateway: 'n/gw' },
  { code: 'service-unknown', host: '*.example' },
  { code: 'shared-pods', of: ['n/a', 'n/b'] },
  { code: 'server-order', of: ['n/a', 'n/b'] },
  { code: 'certificates-apart', of: ['n/gw'], names: ['a.example'], hosts: ['b.example', '*.example'] },
  { code: 'elsewhere', of: 'n/a' },
  { code: 'gateway-elsewhere', gateway: 'n/gw' },
  { code: 'filled-in', field: 'path', text: hostile },
  { code: 'not-modelled', field: ':path' },
  { code: 'invalid-pattern', field: 'header:x', pattern: '(' },
  { code: 'pattern-too-large', field: 'path', pattern: '.*a.{20}' },
  { code: 'too-much-to-compare', budget: 'comparison' },
  { code: 'no-namespace', of: ['a'], files: [hostile] },
  {
    code: 'divided-meshes',
    folder: '',
    meshes: ['a', hostile],
    entries: [
      { name: 'a', paths: ['a/**', 'b/*'] },
      { name: hostile, paths: [`${hostile}/**`] },
    ],
  },
  {
    code: 'undivided-meshes',
    folder: 'c',
    meshes: ['a', 'b'],
    entries: [{ name: 'default', paths: ['c/a/**', 'c/b/**'] }],
  },
  { code: 'applied-by-hand', folders: ['', 'apps/web'] },
  { code: 'chart-by-itself', chart: 'charts/shop' },
  { code: 'charts-elsewhere', of: ['redis'] },
  { code: 'not-rendered', release: 'HelmRelease apps/shop', why: 'values' },
  { code: 'run-time', of: 'n/a', by: 'Rollout n/b' },
  { code: 'snapshot-unused', file: 'cluster.yaml' },
  { code: 'order-known', of: ['n/a', 'n/b'], host: 'x.example', gateway: 'n/gw', file: 'cluster.yaml' },
  { code: 'namespace-known', of: 'n/a', file: 'cluster.yaml' },
  { code: 'namespace-implied', of: ['a', 'b'], namespace: 'n' },
  { code: 'delivered-elsewhere', of: 'n/a', file: 'cluster.yaml' },
  { code: 'rejected-by-proxy', gateway: 'n/gw', of: ['n/a'] },
  { code: 'policy-pods', of: 'n/a', gateway: 'n/gw' },
  { code: 'policy-unread', of: 'n/a' },
  { code: 'decided-elsewhere', of: 'n/a', provider: 'ext' },
  { code: 'codeowners-unread', file: 'CODEOWNERS' },
]

/** One of each, without what only hostile hands write. */
const examples: readonly Cause[] = [...Map.groupBy(all, ({ code }) => code).values()].map(([first]) => {
  if (first === undefined) throw new Error('A group is never empty')
  if (first.code === 'copies') return { ...first, files: ['a/vs.yaml', 'b/vs.yaml'] }
  if (first.code === 'filled-in') return { ...first, text: '{{ path }}' }
  if (first.code === 'no-namespace') return { ...first, files: ['a/vs.yaml'] }
  return first.code === 'divided-meshes' ? { ...first, meshes: ['a', 'b'] } : first
})

test('every doubt is a sentence, and so is what would settle it', () => {
  expect(new Set(all.map(({ code }) => code))).toEqual(new Set(Object.keys(effectOfDoubt)))
  for (const cause of all) {
    const words = doubtWords(doubt(cause))
    for (const phrase of [said(words), ...(words.settle ? [written(words.settle.todo)] : [])])
      expect(phrase).toMatch(/^[`A-Z][^\n]*[^.]$/)
  }
})

test('every block can be pasted into the configuration', () => {
  const blocks = all.flatMap((cause) => doubtWords(doubt(cause)).settle?.block ?? [])

  expect(blocks.length).toBeGreaterThan(5)
  for (const text of blocks) {
    const file = { path: '.github/firebreak.yml', text }
    expect(readConfiguration(file, rules).diagnostics.map(said), text).toEqual([])
  }
})

test('the documentation says every doubt, whom it asks, and what would settle it', async () => {
  const cells = (cause: Cause) => {
    const words = doubtWords(doubt(cause))
    const { settle } = words
    const block = settle?.block === undefined ? '' : ` \`${settle.block.split('\n')[0]}\``
    return [
      `\`${cause.code}\``,
      effectOfDoubt[cause.code],
      `${said(words)}.`,
      `${settle ? written(settle.todo) : 'Nothing in Git'}.${block}`,
    ]
  }
  const rows = examples.map((cause) => `| ${cells(cause).join(' | ')} |`)
  const page = [
    '# Why a change is not certain',
    '',
    'A change that is not certain names each reason: in its row, and in the JSON as `because: [{ code, text, file?, line? }]`.',
    'What hangs on the facts of others **asks** whoever may be concerned. What is our own ignorance, or only taken for granted, **tells**:',
    'those are asked whom the requests, taken as broadly as is known, really touch.',
    'This page is written from `src/domain/doubt.ts` and its words; a test holds it to them.',
    '',
    '| Code | Effect | For example | What settles it |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]
  await expect(`${page.join('\n')}\n`).toMatchFileSnapshot('../../../docs/doubts.md')
})

test('copies in one folder cannot be meshes', () => {
  const block = (files: readonly string[]) =>
    doubtWords(doubt({ code: 'copies', of: 'VirtualService n/a', files })).settle?.block

  expect(block(['a/x.yaml', 'a/y.yaml'])).toBeUndefined()
  expect(block(['a/x.yaml', 'a/b/x.yaml'])).toBeUndefined()
  expect(block(['m/a/x.yaml', 'm/b/c/x.yaml'])).toBe(
    'meshes:\n  - { name: "a", paths: ["m/a/**"] }\n  - { name: "b", paths: ["m/b/**"] }',
  )
})
