import { describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../../../demo/bookinfo.ts'
import { assess } from '../../../../src/domain/assess.ts'
import type { Finding } from '../../../../src/domain/rules/rule.ts'
import { waysOut } from '../../../../src/domain/ways-out/ways-out.ts'
import { virtualService } from '../../../support/manifests.ts'
import { said, written } from '../../../support/said.ts'
import { proposalOf } from '../../ways-out/proposal.ts'

const to = (host: string) => `route: [{ destination: { host: ${host}.default.svc.cluster.local } }]`
const when = (match: string, host: string) => `match: [${match}], ${to(host)}`
const prefix = (path: string) => `{ uri: { prefix: ${path} } }`
const exact = (path: string) => `{ uri: { exact: ${path} } }`

type Files = Readonly<Record<string, string>>

const secondary = (name: string, http: readonly string[]) => virtualService({ name, namespace: 'ns1', http })
const login = (...http: readonly string[]): Files => ({ 'teams/login/vs-1.yaml': secondary('vs-1', http) })
const catalog = (...http: readonly string[]): Files => ({
  'teams/catalog/vs-2.yaml': secondary('vs-2', http),
})

const mesh: Files = Object.fromEntries(
  Object.entries(bookinfoFiles()).filter(([path]) => path.startsWith('mesh/')),
)

function filesOf(all: Files) {
  return Object.entries({ ...mesh, ...all }).map(([path, text]) => ({ path, text }))
}

/** What is said of the dead routes of one side, and which ways out there are. */
function told(base: Files, merged: Files) {
  const proposal = { ...proposalOf(filesOf(base), filesOf(merged)), existing: true }
  const judgement = assess(proposal)
  const dead = judgement.findings.filter(
    ({ rule, status }) => rule === 'shadowed-route' && status !== 'fixed',
  )
  return { dead, ways: waysOut(proposal, judgement) }
}

function allOf(finding: Finding): string {
  return [said(finding), ...finding.because.map(said), written(finding.todo)].join(' ')
}

const logs = catalog(when([prefix('/logs'), prefix('/static')].join(', '), 'logs'))
const logsAlone = catalog(when(prefix('/logs'), 'logs'))

describe('what another team takes to do something else with it, nobody is told to give up', () => {
  it.each<readonly [string, Files, Files]>([
    [
      'a broadened prefix',
      { ...login(when(exact('/login'), 'login')), ...logs },
      login(when(prefix('/log'), 'login')),
    ],
    [
      'the very prefix',
      { ...login(when(exact('/login'), 'login')), ...logs },
      login(when(prefix('/logs'), 'login')),
    ],
    [
      'an expression for the method',
      { ...login(when(exact('/login'), 'login')), ...logs },
      login(when('{ uri: { prefix: /log }, method: { regex: ".*" } }', 'login')),
    ],
    ['an entry without match', { ...login(when(exact('/login'), 'login')), ...logs }, login(to('login'))],
    [
      'a redirect',
      { ...login(when(exact('/login'), 'login')), ...logs },
      login(`match: [${prefix('/log')}], redirect: { uri: /gone }`),
    ],
    [
      'the same destination with a rewrite',
      { ...login(when(exact('/login'), 'login')), ...logs },
      login(`match: [${prefix('/log')}], rewrite: { uri: / }, ${to('logs')}`),
    ],
    [
      'two prefixes together',
      { ...login(when(exact('/login'), 'login')), ...logs },
      login(
        when(
          '{ uri: { prefix: /logs }, headers: { x: {} } }, { uri: { prefix: /logs }, withoutHeaders: { x: {} } }',
          'login',
        ),
      ),
    ],
    [
      'a header that is asked for no more',
      { ...login(when('{ uri: { prefix: /logs }, headers: { x: { regex: ".*" } } }', 'login')), ...logs },
      login(when(prefix('/logs'), 'login')),
    ],
    [
      'a whole entry',
      { ...login(when(exact('/login'), 'login')), ...logsAlone },
      login(when(prefix('/log'), 'login')),
    ],
    [
      'a whole entry by another timeout',
      { ...login(when(exact('/login'), 'login')), ...logsAlone },
      login(`match: [${prefix('/log')}], timeout: 5s, ${to('logs')}`),
    ],
    [
      'it was so before',
      { ...login(when(prefix('/log'), 'login')), ...logs },
      login(when(prefix('/log'), 'login')),
    ],
  ])('%s', (_, base, edit) => {
    const { dead, ways } = told(base, { ...base, ...edit })

    const robbed = dead.filter(({ resource }) => resource === 'ns1/vs-2')
    expect(robbed).toHaveLength(1)
    for (const finding of robbed) {
      expect(allOf(finding)).not.toMatch(/remove|nothing changes|No request needs/i)
      expect(said(finding)).toMatch(
        /@bookinfo\/login (?:would take them from|answers them, not) @bookinfo\/catalog/,
      )
      expect(written(finding.todo)).toMatch(/^Have .* narrowed by @bookinfo\/login, or agree with them/)
    }
    expect(ways.filter(({ edit: { file } }) => file.path.includes('catalog'))).toEqual([])
  })
})

describe('what is dead for nobody else’s sake may be removed', () => {
  const own = login(when(exact('/login'), 'login'))
  it.each<readonly [string, Files]>([
    [
      'a match behind a broader one of the same entry',
      catalog(when([prefix('/static'), prefix('/static/x')].join(', '), 'a')),
    ],
    [
      'a match behind another entry of one’s own',
      catalog(when(prefix('/static'), 'a'), when([prefix('/static/x'), prefix('/y')].join(', '), 'b')),
    ],
    [
      'an entry behind one of one’s own',
      catalog(when(prefix('/static'), 'a'), when(prefix('/static/x'), 'b')),
    ],
    ['an entry behind one’s own catch-all', catalog(to('a'), when(prefix('/static'), 'b'))],
    ['twice the same match', catalog(when([exact('/a'), exact('/a')].join(', '), 'a'))],
    ['twice the same entry', catalog(when(exact('/a'), 'a'), when(exact('/a'), 'a'))],
    ['a scheme that no proxy sees', catalog(when(`{ scheme: { exact: ftp } }, ${exact('/a')}`, 'a'))],
    [
      'a header that contradicts itself',
      catalog(
        when(
          '{ uri: { exact: /a }, headers: { x: {} }, withoutHeaders: { x: {} } }, { uri: { exact: /b } }',
          'a',
        ),
      ),
    ],
    [
      'another’s prefix that does the very same',
      {
        ...login(when(prefix('/logs'), 'a')),
        ...catalog(when([prefix('/logs'), prefix('/static')].join(', '), 'a')),
      },
    ],
    [
      'a longer expression of one’s own',
      catalog(when('{ headers: { x: { regex: "a.*" } } }, { headers: { x: { regex: "ab.*" } } }', 'a')),
    ],
  ])('%s', (_, files) => {
    const side = { ...own, ...files }
    const { dead } = told(side, side)

    expect(dead.length).toBeGreaterThan(0)
    for (const { todo } of dead) expect(written(todo)).toMatch(/remove/i)
  })
})

it('where nobody owns anything, who takes it is said all the same', () => {
  const base = { ...login(when(exact('/login'), 'login')), ...logs }
  const merged = { ...base, ...login(when(prefix('/log'), 'login')) }
  const { codeowners: _, ...proposal } = proposalOf(filesOf(base), filesOf(merged))

  const dead = assess(proposal).findings.find(
    ({ resource, rule }) => rule === 'shadowed-route' && resource === 'ns1/vs-2',
  )

  expect(written(dead?.todo)).toBe('Have `/log*` of `vs-1` narrowed, unless these requests are meant for it')
})
