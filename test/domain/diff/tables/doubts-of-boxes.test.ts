import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import type { RouteChange } from '../../../../src/domain/diff/route-change.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'

const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: ns}
spec: {selector: {istio: gw}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}
`

const object = (name: string, spec: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ns}\nspec:\n  gateways: [gw]\n${spec}`

const route = (match: string, port: number) =>
  `  - match: [${match}]\n    route: [{destination: {host: a, port: {number: ${port}}}}]\n`

type Files = Readonly<Record<string, string>>

function changesOf(base: Files, merged: Files, complete = true): readonly RouteChange[] {
  const [before, after] = [base, merged].map((files) =>
    parseManifests(
      Object.entries({ 'gw.yaml': gateway, ...files }).map(([path, text]) => ({ path, text })),
      { namespaceOf: () => undefined, version: { major: 1, minor: 24 } },
    ),
  )
  if (before === undefined || after === undefined) throw new Error('There are two sides')
  const owners = parseCodeowners({
    path: 'CODEOWNERS',
    text: '/mine/ @o/mine\n/other/ @o/other\n/third/ @o/third\n',
  })
  const { changes } = compare(before, after, {
    settings: defaultIstioSettings,
    complete,
    ownership: createOwnership(owners),
    meshOf: () => 'default',
  })
  return changes
}

/** The codes of all doubts, with the lines that they name. */
function told(changes: readonly RouteChange[]): readonly string[] {
  const all = changes.flatMap(({ doubts }) =>
    doubts.map(({ cause, places }) =>
      [cause.code, ...places.map((place) => `${positionOf(place).file}:${positionOf(place).line}`)].join(' '),
    ),
  )
  return [...new Set(all)].toSorted()
}

const large = "{uri: {regex: '/mine/.*a.{20}'}}"

function own(match: string, port: number): string {
  return object('vs', `  hosts: [x.example]\n  http:\n${route(match, port)}`)
}

describe('why a change is not certain', () => {
  it.each([
    ['a pattern that is too large', large, 'pattern-too-large mine/vs.yaml:8'],
    [
      'a header with such a pattern',
      "{uri: {prefix: /a}, headers: {x: {regex: '.*a.{20}'}}}",
      'pattern-too-large mine/vs.yaml:8',
    ],
    [
      'a claim of a token',
      '{headers: {"@request.auth.claims.sub": {exact: me}}}',
      'not-modelled mine/vs.yaml:8',
    ],
    ['a pseudo header', '{headers: {":path": {exact: /a}}}', 'not-modelled mine/vs.yaml:8'],
    ['what another tool fills in', "{uri: {exact: '/{{ path }}'}}", 'filled-in mine/vs.yaml:8'],
  ])('%s is named with its place', (_, match, expected) => {
    const changes = changesOf({ 'mine/vs.yaml': own(match, 80) }, { 'mine/vs.yaml': own(match, 81) })

    expect(changes.map(({ certain }) => certain)).toEqual([false])
    expect(told(changes)).toEqual([expected])
  })

  it('an order of creation names those whose order it is', () => {
    const other = object('other', `  hosts: [x.example]\n  http:\n${route('{uri: {prefix: /a}}', 80)}`)
    const mine = own('{uri: {prefix: /a/b}}', 80)
    const changes = changesOf({ 'other/vs.yaml': other }, { 'other/vs.yaml': other, 'mine/vs.yaml': mine })

    expect(changes.map(({ doubts }) => doubts.map(({ cause }) => cause))).toEqual([
      [{ code: 'creation-order', of: ['ns/other', 'ns/vs'] }],
    ])
  })

  it('and nobody who has no route for the requests', () => {
    const one = (name: string, header: string) =>
      object(
        name,
        `  hosts: [x.example]\n  http:\n${route(`{uri: {prefix: /a}, headers: {x: {${header}}}}`, 80)}`,
      )
    const base = { 'other/vs.yaml': one('other', 'exact: b'), 'third/vs.yaml': one('third', 'exact: c') }
    const [change] = changesOf(base, { ...base, 'mine/vs.yaml': one('vs', 'prefix: b') }).filter(
      ({ certain }) => !certain,
    )

    expect(change?.doubts.map(({ cause }) => cause)).toEqual([
      { code: 'creation-order', of: ['ns/other', 'ns/vs'] },
    ])
  })

  it('copies name their files, and only those of the object that the change comes from', () => {
    const sides = (port: number) => ({
      'a/vs.yaml': own('{uri: {prefix: /a}}', port),
      'b/vs.yaml': own('{uri: {prefix: /a}}', port + 10),
      'a/w.yaml': object('w', `  hosts: [w.example]\n  http:\n${route('{uri: {prefix: /w}}', 80)}`),
      'b/w.yaml': object('w', `  hosts: [w.example]\n  http:\n${route('{uri: {prefix: /w}}', 81)}`),
    })

    expect(told(changesOf(sides(80), sides(85)))).toEqual(['copies a/vs.yaml:1 b/vs.yaml:1'])
  })

  it('a secondary in another repository is named where it is delegated to', () => {
    const primary = (port: number) =>
      object(
        'p',
        `  hosts: [x.example]\n  http:\n  - match: [{uri: {prefix: /log}}]\n    delegate: {name: login}\n${route('{uri: {prefix: /}}', port)}`,
      )

    expect(told(changesOf({ 'p.yaml': primary(80) }, { 'p.yaml': primary(81) }, false))).toEqual([
      'elsewhere p.yaml:9',
    ])
  })

  it('a VirtualService that the pods perhaps do not see is named at what it is exported to', () => {
    const vs = (port: number) => `${own('{uri: {prefix: /a}}', port)}  exportTo: [elsewhere]\n`

    expect(told(changesOf({ 'mine/vs.yaml': vs(80) }, { 'mine/vs.yaml': vs(81) }))).toEqual([
      'pods-unknown mine/vs.yaml:10',
    ])
  })
})

describe('our own ignorance asks only those whom the requests can touch', () => {
  const shared = (name: string, ...routes: readonly string[]) =>
    object(name, `  hosts: [x.example]\n  http:\n${routes.join('')}`)
  const asked = (changes: readonly RouteChange[]) =>
    new Set(changes.flatMap(({ touched }) => touched.map(({ label }) => label)))

  it('a pattern that is too large is kept to the literal that it starts with', () => {
    const other = shared(
      'other',
      route('{uri: {prefix: /other}}', 80),
      route('{uri: {prefix: /mineral}}', 80),
    )
    const base = { 'other/vs.yaml': other }
    const changes = changesOf(base, { ...base, 'mine/vs.yaml': shared('vs', route(large, 80)) })

    expect(asked(changes)).toEqual(new Set(['@o/mine']))
    expect(
      asked(
        changesOf(base, {
          ...base,
          'mine/vs.yaml': shared('vs', route("{uri: {regex: '/[mo].*a.{20}'}}", 80)),
        }),
      ),
    ).toEqual(new Set(['@o/mine', '@o/other']))
  })

  it('so is one of a header, but for what it is not', () => {
    const header = (field: string, regex: string) =>
      route(`{uri: {prefix: /a}, ${field}: {x: {regex: '${regex}.*a.{20}'}}}`, 80)
    const base = {
      'other/vs.yaml': shared('other', route('{uri: {prefix: /a}, headers: {x: {exact: old}}}', 80)),
    }
    const added = (written: string) =>
      asked(changesOf(base, { ...base, 'mine/vs.yaml': shared('vs', written) }))

    expect(added(header('headers', 'mine-'))).toEqual(new Set(['@o/mine']))
    expect(added(header('headers', 'ol'))).toEqual(new Set(['@o/mine', '@o/other']))
    expect(added(header('withoutHeaders', 'mine-'))).toEqual(new Set(['@o/mine', '@o/other']))
  })

  /** More VirtualServices on one path than every order is tried of that can matter. */
  const crowd = (mine: string) => ({
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => at).map((at) => [
        `third/${at}.yaml`,
        shared(`third-${at}`, route(`{uri: {prefix: /a}, headers: {x: {exact: third-${at}}}}`, 80)),
      ]),
    ),
    'other/vs.yaml': shared('other', route('{uri: {prefix: /a}, headers: {x: {exact: other}}}', 80)),
    'mine/vs.yaml': shared('vs', mine),
  })
  const ofMine = (value: string, port: number) => route(`{uri: {prefix: /a}, headers: {x: {${value}}}}`, port)
  const grown = (value: string) => crowd(ofMine('exact: mine', 80) + ofMine(value, 81))

  it('where there are too many orders, those whose routes cannot meet what changes are left out', () => {
    const changes = changesOf(crowd(ofMine('exact: mine', 80)), grown('exact: new'))

    expect(told(changes)).toEqual(['too-much-to-compare mine/vs.yaml:10'])
    expect(asked(changes)).toEqual(new Set(['@o/mine']))
  })

  it('and whoever can is asked', () => {
    expect(asked(changesOf(crowd(ofMine('exact: mine', 80)), grown('prefix: o')))).toEqual(
      new Set(['@o/mine', '@o/other']),
    )
  })
})
