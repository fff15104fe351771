import fc from 'fast-check'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'

interface Match {
  readonly kind: 'exact' | 'prefix'
  readonly path: string
  readonly style: 'block' | 'line' | 'quoted'
}

interface Entry {
  readonly matches: readonly Match[]
  readonly to: string
}

interface Mesh {
  readonly given: readonly Match[]
  readonly login: readonly Entry[]
  readonly catalog: readonly Entry[]
}

/** What is edited, where, and by what. */
type Op = (mesh: Mesh) => Mesh

const paths = ['/login', '/logout', '/log', '/logs', '/logbook', '/account', '/login/reset', '/lo']

const match: fc.Arbitrary<Match> = fc.record({
  kind: fc.constantFrom('exact', 'prefix'),
  path: fc.constantFrom(...paths),
  style: fc.constantFrom('block', 'block', 'line', 'quoted'),
})

const loginMatch = match.map((each) => (each.path.startsWith('/log') ? each : { ...each, path: '/login' }))

function entries(one: fc.Arbitrary<Match>, to: readonly string[]): fc.Arbitrary<readonly Entry[]> {
  const entry = fc.record({
    matches: fc.array(one, { minLength: 1, maxLength: 3 }),
    to: fc.constantFrom(...to),
  })
  return fc.array(entry, { minLength: 1, maxLength: 3 })
}

const given: Match = { kind: 'prefix', path: '/log', style: 'block' }

const base: fc.Arbitrary<Mesh> = fc
  .record({
    login: entries(loginMatch, ['login', 'profile']),
    catalog: entries(match, ['reviews', 'details']),
    catchAll: fc.boolean(),
  })
  .map(({ login, catalog, catchAll }) => ({
    given: [given],
    login,
    catalog: [...catalog, ...(catchAll ? [{ matches: [], to: 'productpage' }] : [])],
  }))

const op: fc.Arbitrary<Op> = fc
  .record({
    team: fc.constantFrom('login', 'login', 'login', 'catalog', 'given'),
    how: fc.constantFrom('broaden', 'replace', 'add', 'add-entry', 'take-out', 'swap', 'rotate'),
    entry: fc.nat(2),
    at: fc.nat(2),
    match,
  })
  .map(({ team, how, entry, at, match: wanted }) => (mesh: Mesh): Mesh => {
    if (team === 'given') return { ...mesh, given: how === 'add' ? [...mesh.given, wanted] : [wanted] }
    const key = team === 'catalog' ? 'catalog' : 'login'
    return { ...mesh, [key]: edited(mesh[key], { how, entry, at, match: wanted }) }
  })

interface Edit {
  readonly how: string
  readonly entry: number
  readonly at: number
  readonly match: Match
}

function edited(all: readonly Entry[], { how, entry, at, match: wanted }: Edit): readonly Entry[] {
  const index = entry % all.length
  const own = all[index] ?? { matches: [], to: 'login' }
  const place = own.matches.length === 0 ? 0 : at % own.matches.length
  switch (how) {
    case 'replace':
      return own.matches.length === 0
        ? all
        : all.with(index, { ...own, matches: own.matches.with(place, wanted) })
    case 'broaden': {
      const old = own.matches[place]
      if (old === undefined) return all
      const broad: Match = { ...old, kind: 'prefix', path: old.path.slice(0, 4) }
      return all.with(index, { ...own, matches: own.matches.with(place, broad) })
    }
    case 'add':
      return all.with(index, { ...own, matches: own.matches.toSpliced(place, 0, wanted) })
    case 'take-out':
      return own.matches.length < 2
        ? all
        : all.with(index, { ...own, matches: own.matches.toSpliced(place, 1) })
    case 'swap':
      return [...all].reverse()
    case 'rotate':
      return [...all.slice(1), ...all.slice(0, 1)]
    default:
      return all.toSpliced(index, 0, { matches: [wanted], to: 'new' })
  }
}

function matchLines({ kind, path, style }: Match): readonly string[] {
  if (style === 'line') return [`        - uri: { ${kind}: ${path} }`]
  return style === 'quoted'
    ? ['        - uri:', `            "${kind}": "${path}"`]
    : ['        - uri:', `            ${kind}: ${path}`]
}

function entryLines({ matches, to }: Entry): readonly string[] {
  const lines = [
    ...(matches.length === 0 ? [] : ['match:', ...matches.flatMap(matchLines)]),
    'route:',
    '        - destination:',
    `            host: ${to}`,
  ]
  return lines.map((line, index) =>
    line.startsWith(' ') ? line : `${index === 0 ? '    - ' : '      '}${line}`,
  )
}

function secondary(name: string, http: readonly Entry[]): readonly string[] {
  return [...head(name, 'ns1'), '  http:', ...http.flatMap(entryLines)]
}

function head(name: string, namespace: string): readonly string[] {
  return [
    'apiVersion: networking.istio.io/v1',
    'kind: VirtualService',
    `metadata: { name: ${name}, namespace: ${namespace} }`,
    'spec:',
  ]
}

function primary(matches: readonly Match[]): readonly string[] {
  return [
    ...head('bookinfo', 'default'),
    '  hosts: ["*"]',
    '  gateways: [bookinfo-gateway]',
    '  http:',
    '    - delegate: { name: vs-1, namespace: ns1 }',
    '      match:',
    ...matches.flatMap(matchLines),
    '    - delegate: { name: vs-2, namespace: ns1 }',
    '      match:',
    '        - uri:',
    '            prefix: /',
  ]
}

/** How the lines of the files end, and whether the last one does. */
interface Ends {
  readonly line: '\n' | '\r\n'
  readonly last: 'closed' | 'open'
}

function filesOf({ given: matches, login, catalog }: Mesh, { line, last }: Ends): readonly SourceFile[] {
  const text = (lines: readonly string[]) => `${lines.join(line)}${last === 'closed' ? line : ''}`
  return [
    { path: 'mesh/bookinfo.yaml', text: text(primary(matches)) },
    { path: 'teams/catalog/vs-2.yaml', text: text(secondary('vs-2', catalog)) },
    { path: 'teams/login/vs-1.yaml', text: text(secondary('vs-1', login)) },
  ]
}

/** A Bookinfo mesh and an edit or two of it, in whatever style people write. */
export const bookinfoEdit: fc.Arbitrary<
  readonly [base: readonly SourceFile[], merged: readonly SourceFile[]]
> = fc
  .record({
    mesh: base,
    ops: fc.array(op, { minLength: 1, maxLength: 2 }),
    ends: fc.record({ line: fc.constantFrom('\n', '\r\n'), last: fc.constantFrom('closed', 'open') }),
  })
  .map(({ mesh, ops, ends }) => [
    filesOf(mesh, ends),
    filesOf(
      ops.reduce((now, each) => each(now), mesh),
      ends,
    ),
  ])
