import { describe, expect, it } from 'vitest'
import { objectsOfFile } from '../../../src/domain/manifest/objects-of-file.ts'
import { filesApart } from '../../../src/domain/reach/files-apart.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'

interface Written {
  readonly hosts?: readonly string[]
  readonly delegates?: readonly string[]
  readonly to?: string
  readonly namespace?: string
  readonly gateways?: readonly string[]
}

function listed(name: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `  ${name}:\n${items.map((each) => `  - "${each}"\n`).join('')}`
}

function file(
  name: string,
  {
    hosts = [],
    delegates = [],
    to,
    namespace = 'shop',
    gateways = hosts.length === 0 ? [] : ['entry'],
  }: Written,
): SourceFile {
  const own = `${listed('hosts', hosts)}${listed('gateways', gateways)}`
  const entries = [
    ...delegates.map((each) => {
      const [name, namespace] = each.split('/').toReversed()
      return `  - delegate:\n      name: ${name}\n${namespace === undefined ? '' : `      namespace: ${namespace}\n`}`
    }),
    ...(to === undefined ? [] : [`  - route:\n    - destination:\n        host: ${to}\n`]),
  ]
  const text = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n${own}  http:\n${entries.join('')}`
  return { path: `${name}.yaml`, text }
}

const away = file('away', { hosts: ['away.example'], to: 'away' })
const before = file('changed', { hosts: ['a.example'], to: 'v1' })
const after = file('changed', { hosts: ['a.example'], to: 'v2' })

function apartWith(others: readonly SourceFile[], [old, now] = [before, after]) {
  const found = filesApart({
    base: [old, ...others],
    merged: [now, ...others],
    changed: new Set(['changed.yaml']),
    clusterDomain: 'cluster.local',
    read: (each) =>
      objectsOfFile(each, { reader: 'plain', namespace: undefined, version: { major: 1, minor: 30 } }),
  })
  return found && [...found]
}

describe('files that are apart from what changes', () => {
  it('are those to which no host, name or delegate leads', () => {
    const rest = file('rest', { to: 'x' })
    const primary = file('primary', { hosts: ['b.example'], delegates: ['rest'] })

    expect(apartWith([away, rest, primary])).toEqual(['away.yaml', 'rest.yaml', 'primary.yaml'])
  })

  it.each([
    ['have the same host', { hosts: ['A.example'], to: 'x' }],
    ['have a wildcard over it', { hosts: ['*.example'], to: 'x' }],
    ['have every host', { hosts: ['*'], to: 'x' }],
    ['delegate to it', { hosts: ['b.example'], delegates: ['changed'] }],
  ])('are not those that %s', (_, spec) => {
    expect(apartWith([file('other', spec)])).toEqual([])
  })

  it('are not those to which it delegates, before or after', () => {
    const [old, now] = ['one', 'two'].map((each) =>
      file('changed', { hosts: ['a.example'], delegates: [each] }),
    )
    const targets = ['one', 'two'].map((each) => file(each, { to: 'x' }))

    expect(old && now && apartWith([away, ...targets], [old, now])).toEqual(['away.yaml'])
  })

  it('are those of another namespace, unless somebody names none', () => {
    const named = (at: string, delegate: string) => [
      { ...file('inner', { to: 'x', namespace: at }), path: `${at}-inner.yaml` },
      file(`outer-${at}`, { hosts: [`${at}.example`], delegates: [delegate] }),
    ]
    const [old, now] = ['v1', 'v2'].map((to) => file('changed', { hosts: ['shop.example'], to }))
    const both = old && now && ([old, now] as [SourceFile, SourceFile])

    expect(apartWith([...named('shop', 'shop/inner'), ...named('team', 'team/inner')], both)).toEqual([
      'team-inner.yaml',
      'outer-team.yaml',
    ])
    expect(apartWith([...named('shop', 'shop/inner'), ...named('team', 'inner')], both)).toEqual([])
  })

  it('are not those that others lead to', () => {
    const beside = file('beside', { hosts: ['a.example', 'c.example'], delegates: ['far'] })

    expect(
      apartWith([away, beside, file('far', { to: 'x' }), file('third', { hosts: ['c.example'], to: 'x' })]),
    ).toEqual(['away.yaml'])
  })

  it('are not those that have another name of the same service', () => {
    const [old, now] = ['v1', 'v2'].map((to) => file('changed', { hosts: ['login'], to }))
    const long = file('long', { hosts: ['login.shop.svc.cluster.local'], to: 'z' })
    const mesh = file('mesh', { hosts: ['login.shop'], to: 'z' })
    const other = file('other', { hosts: ['login'], namespace: 'team', to: 'z' })

    expect(old && now && apartWith([long, mesh, other], [old, now])).toEqual(['other.yaml'])
  })

  it.each<[string, readonly SourceFile[]]>([
    ['one object is written twice', [away, { ...away, path: 'copy.yaml' }]],
    [
      'a file cannot be read',
      [away, { path: 'broken.yaml', text: 'apiVersion: networking.istio.io/v1\nkind: [' }],
    ],
    [
      'Envoy refuses something, whoever delegates to it',
      [
        away,
        {
          path: 'bad.yaml',
          text: file('bad', { to: 'x' }).text.replace(
            '- route',
            "- match:\n    - uri:\n        regex: '/\\x{100}'\n    route",
          ),
        },
      ],
    ],
    [
      'another tool fills in a host',
      [away, { path: 'b.yaml', text: file('b', { hosts: ['$' + '{HOST}'], to: 'x' }).text }],
    ],
  ])('are none where %s', (_, others) => {
    expect(apartWith(others)).toBeUndefined()
  })

  it.each<[string, SourceFile]>([
    ['hosts change', file('changed', { hosts: ['a.example', 'b.example'], to: 'v1' })],
    ['namespace changes', file('changed', { hosts: ['a.example'], to: 'v1', namespace: 'team' })],
    ['name changes', { ...file('renamed', { hosts: ['a.example'], to: 'v1' }), path: 'changed.yaml' }],
    [
      'neighbours change',
      { ...after, text: `${after.text}---\nkind: Service\napiVersion: v1\nmetadata: { name: x }\n` },
    ],
    ['admission changes', { ...after, text: after.text.replace('host: v2', 'host: v2\n      weight: -1') }],
  ])('are none where its %s', (_, now) => {
    expect(apartWith([away], [before, now])).toBeUndefined()
  })

  it.each<[string, Written, Written]>([
    ['is bound to no gateway, and so to the mesh', { gateways: [], to: 'v1' }, { gateways: [], to: 'v2' }],
    [
      'is on the mesh as well',
      { gateways: ['entry', 'mesh'], to: 'v1' },
      { gateways: ['entry', 'mesh'], to: 'v2' },
    ],
    ['gets what another tool fills in', { to: 'v1' }, { to: '$' + '{TO}' }],
    ['loses what another tool fills in', { to: '$' + '{TO}' }, { to: 'v1' }],
  ])('are none where what changes %s', (_, old, now) => {
    const changed = (each: Written) => file('changed', { hosts: ['a.example'], ...each })

    expect(apartWith([away], [changed(old), changed(now)])).toBeUndefined()
  })

  it('are none where a file comes or goes', () => {
    const sides = { base: [before], merged: [after, away], changed: new Set<string>(), clusterDomain: 'c' }

    expect(
      filesApart({ ...sides, read: () => ({ virtualServices: [], unreadable: [], diagnostics: [] }) }),
    ).toBeUndefined()
  })
})
