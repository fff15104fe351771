import { describe, expect, it } from 'vitest'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { createHostOwners } from '../../../src/domain/ownership/host-owners.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'

const codeowners = parseCodeowners({
  path: 'CODEOWNERS',
  text: '/login/ @login\n/catalog/ @catalog\n/platform/ @platform\n',
})

const files = {
  'catalog/web.yaml': 'kind: Deployment\nmetadata: { name: web, namespace: shared }\n',
  'login/accounts.yaml': 'kind: Service\nmetadata: { name: accounts, namespace: login }\n',
  'login/entry.yaml':
    'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: e, namespace: login }\nspec: { hosts: [API.example] }\n',
  'login/front/web.yaml': 'kind: Service\nmetadata: { name: web }\n',
  'login/placeless.yaml': 'kind: Service\nmetadata: { name: placeless }\n',
  'login/session.yaml': 'kind: Deployment\nmetadata: { name: session, namespace: shared }\n',
  'platform/namespaces.yaml': ['login', 'shared', 'empty']
    .map((name) => `kind: Namespace\nmetadata: { name: ${name} }\n`)
    .join('---\n'),
  'west/other.yaml': 'kind: Service\nmetadata: { name: other, namespace: login }\n',
}

const namespaceOf = (path: string) => (path.startsWith('login/front/') ? 'front' : undefined)

const owners = createHostOwners({
  manifests: parseManifests(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { namespaceOf, version: { major: 1, minor: 30 } },
  ),
  ownership: createOwnership(codeowners),
  clusterDomain: 'cluster.local',
  namespaceOf,
  isInMesh: (path) => !path.startsWith('west/'),
})

function held(host: string): readonly string[] {
  return owners.ofHost(host).map(({ kind, name, doubts, holders }) => {
    const teams = [...new Set(holders.map(({ team }) => team.label))].join(' ')
    return `${kind} ${name}${doubts.length === 0 ? '' : '?'}: ${teams || 'nobody'}`
  })
}

describe('who has a host inside the mesh', () => {
  it('is in doubt for a Service that names no namespace, and that is the reason', () => {
    const [placeless, ...others] = owners.ofHost('placeless.x.svc')

    expect(placeless?.doubts.map(({ cause }) => cause)).toEqual([
      { code: 'no-namespace', of: ['placeless'], files: placeless?.holders.map(({ path }) => path) },
    ])
    expect(others).toEqual([])
  })

  it.each([
    ['the owner of its Service', 'accounts.login.svc.cluster.local', ['service accounts.login: @login']],
    ['under any of its names', 'accounts.login', ['service accounts.login: @login']],
    ['by the namespace of the configuration', 'web.front.svc', ['service web.front: @login']],
    ['perhaps the owner of a Service without one', 'placeless.x.svc', ['service placeless.x?: @login']],
    [
      'and who is in the namespace',
      'placeless.login.svc',
      ['service placeless.login?: @login', 'namespace login: @login'],
    ],
    ['whose own namespace is unknown', 'web.?.svc.cluster.local', ['service web?: @login']],
    ['else everybody in the namespace', 'x.shared.svc', ['namespace shared: @catalog @login']],
    ['the platform where nobody else is', 'x.empty.svc', ['namespace empty: @platform']],
    ['nobody that Git knows', 'x.elsewhere.svc', ['namespace elsewhere: nobody']],
    ['not who is in another mesh', 'other.login.svc', ['namespace login: @login']],
    ['by a ServiceEntry, in any case', 'api.example', ['service-entry api.example: @login']],
    ['by a ServiceEntry under a wildcard', '*.example', ['service-entry *.example: @login']],
    ['all in a namespace', '*.shared.svc', ['namespace shared: @catalog @login']],
    ['the Services that a wildcard covers', '*nts.login.svc', ['service *nts.login: @login']],
    [
      'all there are',
      '*.svc',
      [
        'namespace empty: @platform',
        'namespace front: @login',
        'namespace login: @login',
        'namespace shared: @catalog @login',
        'services *.svc: nobody',
      ],
    ],
    ['nobody of one outside', 'api.github.com', []],
    ['nobody of two labels that name no namespace', 'github.com', []],
  ])('%s', (_, host, expected) => {
    expect(held(host)).toEqual(expected)
  })
})
