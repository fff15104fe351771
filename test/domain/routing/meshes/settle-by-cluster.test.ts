import { describe, expect, it } from 'vitest'
import { readClusterSnapshot } from '../../../../src/domain/manifest/cluster-snapshot.ts'
import { identityOf } from '../../../../src/domain/manifest/names.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { settleByCluster } from '../../../../src/domain/routing/meshes/settle-by-cluster.ts'

const version = { major: 1, minor: 30 }

function vs(name: string, namespace?: string, host = 'a.example'): string {
  const metadata = namespace === undefined ? `name: ${name}` : `name: ${name}, namespace: ${namespace}`
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { ${metadata} }\nspec: { hosts: [${host}], http: [{ route: [{ destination: { host: a } }] }] }\n`
}

type Files = Readonly<Record<string, string>>

function parse(files: Files) {
  const read = Object.entries(files).map(([path, text]) => ({ path, text }))
  return parseManifests(read, { namespaceOf: () => undefined, version })
}

function cluster(...names: readonly string[]) {
  const items = names.map((each) => {
    const [namespace, name] = each.split('/')
    return `- { apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "2024-01-01T00:00:00Z" }, spec: { hosts: [b.example], http: [{ route: [{ destination: { host: b } }] }] } }\n`
  })
  return readClusterSnapshot({ path: 'c.yaml', text: `kind: List\nitems:\n${items.join('')}` }, version)
}

/** The objects of both sides, each with its file. */
function settled(base: Files, merged: Files, inCluster: readonly string[]) {
  const known = settleByCluster({
    base: parse(base),
    merged: parse(merged),
    meshOf: ({ file }) => (file.path.startsWith('other/') ? 'other' : 'default'),
    clusters: [{ snapshot: cluster(...inCluster), mesh: 'default' }],
  })
  const names = (side: typeof known.base) =>
    side.virtualServices.map((each) => `${identityOf(each)} ${each.file.path}`)
  return { base: names(known.base), merged: names(known.merged) }
}

const alike = (base: Files, inCluster: readonly string[]) => settled(base, base, inCluster).base

describe('a namespace that nothing says', () => {
  it('is the only one in the cluster', () => {
    expect(alike({ 'a.yaml': vs('a') }, ['x/a', 'x/b'])).toEqual(['x/a a.yaml', 'x/b c.yaml'])
  })

  it.each([
    ['two namespaces have the name', { 'a.yaml': vs('a') }, ['x/a', 'z/a'], ['?/a a.yaml']],
    ['two files have it', { 'a.yaml': vs('a'), 'b.yaml': vs('a') }, ['x/a'], ['?/a a.yaml', '?/a b.yaml']],
    [
      'another file says it',
      { 'a.yaml': vs('a'), 'b.yaml': vs('a', 'x') },
      ['x/a'],
      ['?/a a.yaml', 'x/a b.yaml'],
    ],
    ['nobody has it', { 'a.yaml': vs('a') }, [], ['?/a a.yaml']],
    ['it is of another mesh', { 'other/a.yaml': vs('a') }, ['x/a'], ['?/a other/a.yaml', 'x/a c.yaml']],
  ] as const)('is not known where %s', (_, files, inCluster, expected) => {
    expect(alike(files, inCluster)).toEqual(expected)
  })

  it('is that of the base side, whatever else comes beside it', () => {
    const base = { 'a.yaml': vs('a') }

    expect(settled(base, { ...base, 'b.yaml': vs('a', 'x') }, ['x/a'])).toEqual({
      base: ['x/a a.yaml'],
      merged: ['x/a a.yaml', 'x/a b.yaml'],
    })
  })
})

describe('what other repositories deliver', () => {
  it('is on both sides', () => {
    expect(settled({}, {}, ['x/a'])).toEqual({ base: ['x/a c.yaml'], merged: ['x/a c.yaml'] })
  })

  it('gives way to what stands in Git, and does not come back', () => {
    const files = { 'a.yaml': vs('a', 'x') }

    expect(settled({}, files, ['x/a'])).toEqual({ base: ['x/a c.yaml'], merged: ['x/a a.yaml'] })
    expect(settled(files, {}, ['x/a'])).toEqual({ base: ['x/a a.yaml'], merged: [] })
    expect(settled(files, files, ['x/a'])).toEqual({ base: ['x/a a.yaml'], merged: ['x/a a.yaml'] })
  })

  it('gives way to what may turn out to be it', () => {
    const filledIn = vs('"\u0024{NAME}"', 'x')

    expect(alike({ 'a.yaml': filledIn }, ['x/a', 'z/a'])).toEqual(['x/\u0024{NAME} a.yaml', 'z/a c.yaml'])
  })
})
