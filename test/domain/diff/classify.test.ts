import { describe, expect, it } from 'vitest'
import { classify } from '../../../src/domain/diff/classify.ts'
import { scopeEntries } from '../../../src/domain/diff/scope.ts'
import type { HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { virtualService } from '../../support/meshes.ts'
import {
  answerOf,
  delegate,
  exact,
  options,
  plenty,
  prefix,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const ownership = createOwnership(
  parseCodeowners({ path: 'CODEOWNERS', text: '/mesh/ @o/admins\n/login/ @o/login\n/catalog/ @o/catalog\n' }),
)

/** login has `/log`, catalog everything else; both as told. */
function side(login: readonly HTTPRoute[], catalog: readonly HTTPRoute[]) {
  const spec = {
    hosts: ['shop.example'],
    gateways: ['gw'],
    http: [delegate('login', prefix('/log')), delegate('catalog', prefix('/'))],
  }
  const mesh = workedMesh(
    virtualService('n/p', spec, 'mesh/p.yaml'),
    virtualService('n/login', { http: login }, 'login/vs.yaml'),
    virtualService('n/catalog', { http: catalog }, 'catalog/vs.yaml'),
  )
  const [primary] = mesh.graph.primaries
  const [ofLogin, ofCatalog] = scopeEntries([{ primary: primary! }], mesh.graph, {
    gateway: 'n/gw',
    options,
    work: plenty(),
  })
  return {
    route: (name: string) => tableOf(mesh, 'shop.example').routes.find((each) => answerOf(each) === name),
    scope: [ofLogin!],
    scopeOfCatalog: [ofCatalog!],
  }
}

const told = (ends: Parameters<typeof classify>[0]) => {
  const {
    kind,
    spill,
    touched,
    told: others,
  } = classify(ends, ownership, { ...options, universe: universeOf, work: plenty() })
  const names = (teams: typeof touched) => teams.map(({ label }) => label.slice(3)).join('+')
  return `${kind}${spill ? ', spill' : ''}, asks ${names(touched)}${others.length > 0 ? `, tells ${names(others)}` : ''}`
}

describe('what a difference below login`s prefix means', () => {
  const old = side([to('old', exact('/login'))], [to('all', prefix('/'))])
  const now = side([to('now', exact('/login'))], [to('all', prefix('/')), to('narrow', exact('/logs'))])
  const { scope } = old
  const ends = (before?: string, after?: string) => {
    const [one, other] = [before && old.route(before), after && now.route(after)]
    return { scope, formerly: scope, ...(one && { before: one }), ...(other && { after: other }) }
  }

  it.each([
    ['an answer of login`s that is another', 'changed, asks login', ends('old', 'now')],
    ['an answer that is gone', 'dropped, asks login', ends('old')],
    ['an answer where there was none', 'opened, asks login', ends(undefined, 'now')],
    ['login`s requests that fall to catalog', 'moved, spill, asks catalog+login', ends('old', 'all')],
    ['what a catch-all had, taken back', 'reclaimed, asks login, tells catalog', ends('all', 'now')],
  ])('%s', (_, what, given) => {
    expect(told(given)).toBe(what)
  })

  it('is taken, and not taken back, from whom it had been promised to', () => {
    expect(told({ ...ends('all', 'now'), formerly: old.scopeOfCatalog })).toBe('moved, asks catalog+login')
    expect(told({ ...ends('all', 'now'), formerly: scope })).toBe('reclaimed, asks login, tells catalog')
  })

  it('is not taken back without asking where the work does not suffice to see how broad the match was', () => {
    const { kind, touched } = classify(ends('all', 'now'), ownership, {
      ...options,
      universe: universeOf,
      work: plenty(0),
    })

    expect([kind, touched.map(({ label }) => label)]).toEqual(['moved', ['@o/catalog', '@o/login']])
  })

  it('moves what was answered as it was promised, though it is promised to somebody else by now', () => {
    const broad = side([{ route: [{ destination: { host: 'own' } }] }], [to('all', prefix('/'))])
    const before = broad.route('own')
    const ended = { ...ends(undefined, 'all'), scope: broad.scopeOfCatalog, ...(before && { before }) }

    expect(told({ ...ended, formerly: broad.scope })).toBe('moved, asks catalog+login')
    expect(told({ ...ended, formerly: broad.scopeOfCatalog })).toBe('reclaimed, asks catalog, tells login')
  })

  it('concerns everybody with a promise here where it could not be worked out', () => {
    expect(told({ ...ends('all', 'all'), undecided: true })).toMatch(/asks catalog\+login$/)
  })
})
