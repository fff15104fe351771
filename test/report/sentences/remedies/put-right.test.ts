import { describe, expect, it } from 'vitest'
import { writeReport } from '../../../../src/report/github/report.ts'
import { terminalCheck } from '../../../../src/report/page/text/check-text.ts'
import { endless } from '../../../../src/report/print/screen.ts'
import { notFoundAnyMore } from '../../../../src/report/sentences/remedies/put-right.ts'
import { barePage } from '../../../support/bare-page.ts'
import { type Edits, edited, replacing, unchanged } from '../../edited.ts'
import { assessStory, contextOf, readStory } from '../../story.ts'

const [primary, login, catalog] = [
  'mesh/bookinfo.yaml',
  'teams/login/vs-1.yaml',
  'teams/catalog/vs-2.yaml',
] as const
const own = unchanged(readStory('own-path'))
const route = 'route: [{ destination: { host: productpage.default.svc.cluster.local } }]'
const also = (text: string) => (file: string) => `${file.trimEnd()}\n${text}\n`

/** What is said to be wrong no longer, and what is only not found any more. */
function told(both: Edits, head: Edits) {
  const assessment = assessStory(edited(own, { both, head }))
  const groups = notFoundAnyMore(assessment)
  const under = (words: string) =>
    groups
      .filter(({ heading }) => heading.startsWith(words))
      .flatMap(({ findings }) => findings.map(({ rule }) => rule))
  return { right: under('No longer wrong'), gone: under('No longer found') }
}

describe('what is covered by something worse is not said to be right', () => {
  const dead = { [login]: also(`    - match: [{ uri: { exact: /login } }]\n      ${route}`) }
  const hidden = { [login]: replacing('  http:', '  exportTo: [elsewhere]\n  http:') }
  it.each<readonly [string, Edits, Edits]>([
    [
      'a match that makes Istio drop the entry',
      {},
      { [login]: replacing('exact: /logout', 'exact: /account') },
    ],
    ['a dead entry whose file is removed', dead, { [login]: undefined }],
    ['a secondary that is removed', {}, { [login]: undefined }],
    ['a secondary with another name', {}, { [login]: replacing('name: vs-1', 'name: vs-3') }],
    ['a secondary with hosts', {}, { [login]: replacing('  http:', '  hosts: [login.example]\n  http:') }],
    ['a secondary that is hidden', {}, hidden],
    [
      'a secondary that delegates',
      {},
      {
        [login]: also(
          '    - match: [{ uri: { exact: /log } }]\n      delegate: { name: vs-9, namespace: ns1 }',
        ),
      },
    ],
    ['a primary that gives less', {}, { [primary]: replacing('prefix: /log', 'prefix: /login') }],
    ['a primary that is removed', {}, { [primary]: undefined }],
    ['a primary that delegates to nobody', {}, { [primary]: replacing('name: vs-1', 'name: vs-7') }],
    [
      'another team’s requests taken',
      { [catalog]: replacing('exact: /productpage', 'prefix: /logs') },
      { [login]: replacing('exact: /login', 'prefix: /log') },
    ],
  ])('%s', (_, both, head) => {
    const { right, gone } = told(both, head)

    expect(right).toEqual([])
    expect(gone.length).toBeGreaterThan(0)
  })
})

describe('what is put right is said to be', () => {
  const dead = `    - match: [{ uri: { exact: /login } }]\n      ${route}`
  const rest = `    - ${route}`
  it.each<readonly [string, Edits, Edits]>([
    ['a catch-all for what was open', {}, { [catalog]: also(rest) }],
    ['a catch-all in a prefix', {}, { [login]: also(rest) }],
    ['a dead entry that is taken out', { [login]: also(dead) }, { [login]: replacing(dead, '') }],
    [
      'a dead entry that is given another path',
      { [login]: also(dead) },
      { [login]: replacing(dead, dead.replace('/login', '/login/new')) },
    ],
    [
      'a dead match that is taken out',
      { [login]: also(dead.replace('[{', '[{ uri: { exact: /logs } }, {')) },
      { [login]: replacing(', { uri: { exact: /login } }]', ']') },
    ],
    [
      'a dropped entry that is corrected',
      { [login]: also(dead.replace('/login', '/account')) },
      { [login]: replacing('/account', '/login/account') },
    ],
    [
      'a secondary that is there now',
      { [login]: undefined },
      { [login]: own.base.find(({ path }) => path === login)?.text ?? '' },
    ],
    [
      'bindings that are taken out',
      { [login]: replacing('  http:', '  gateways: [default/bookinfo-gateway]\n  http:') },
      { [login]: replacing('  gateways: [default/bookinfo-gateway]\n', '') },
    ],
    [
      'a delegate inside a secondary that is taken out',
      {
        [login]: also(
          '    - match: [{ uri: { exact: /log } }]\n      delegate: { name: vs-9, namespace: ns1 }',
        ),
      },
      {
        [login]: replacing(
          '    - match: [{ uri: { exact: /log } }]\n      delegate: { name: vs-9, namespace: ns1 }\n',
          '',
        ),
      },
    ],
    [
      'a secondary that is visible again',
      { [login]: replacing('  http:', '  exportTo: [elsewhere]\n  http:') },
      { [login]: replacing('  exportTo: [elsewhere]\n', '') },
    ],
  ])('%s', (_, both, head) => {
    const { right, gone } = told(both, head)

    expect(right.length).toBeGreaterThan(0)
    expect(gone).toEqual([])
  })
})

it('no format calls right what got worse', () => {
  const story = edited(own, { head: { [login]: undefined } })
  const [assessment, context] = [assessStory(story), contextOf(story)]

  for (const written of [
    terminalCheck(assessment, endless),
    barePage(assessment),
    writeReport(assessment, context).summary,
  ]) {
    expect(written).toContain(
      'No longer found, but perhaps not mended: what it was about is gone, or something worse hides it',
    )
    expect(written).not.toContain('No longer wrong')
  }
})
