import { expect, test } from 'vitest'
import { parseManifests } from '../../../../../src/domain/manifest/parse-manifests.ts'

const virtualService =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: ns1}\nspec: {hosts: [a.example], http: [{route: [{destination: {host: a}}]}]}\n'
const application = (name: string, repoURL: string, path: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec: {source: {repoURL: "${repoURL}", path: "${path}"}}\n`

/** The Applications that are taken to deliver something of this repository. */
function deliver(applications: readonly (readonly [string, string])[], repository?: string) {
  const texts = applications.map(([url, path], at) => application(`app-${at}`, url, path))
  const { unmodelled } = parseManifests(
    [
      { path: 'teams/vs.yaml', text: virtualService },
      ...texts.map((text, at) => ({ path: `apps/${at}.yaml`, text })),
    ],
    { namespaceOf: () => undefined, version: { major: 1, minor: 24 }, ...(repository && { repository }) },
  )
  return unmodelled.filter(({ kind }) => kind === 'Application').map(({ name }) => name)
}

const own = 'https://github.com/Acme/Mesh.git'
const other = 'https://github.com/acme/shop'

test.each<[string, (readonly [string, string])[], string | undefined, string[]]>([
  ['one address alone may be this one', [[other, 'teams']], undefined, ['app-0']],
  [
    'so it may where the own name is known and nobody bears it: names change',
    [[other, 'teams']],
    'acme/mesh',
    ['app-0'],
  ],
  [
    'of two, the one that is not the own',
    [
      [own, 'teams'],
      [other, 'teams'],
    ],
    'acme/mesh',
    ['app-0'],
  ],
  [
    'of two, nobody knows which',
    [
      [own, 'teams'],
      [other, 'teams'],
    ],
    undefined,
    ['app-0', 'app-1'],
  ],
  [
    'of two, the one with a folder that is not here',
    [
      [own, 'teams'],
      [other, 'teams'],
      [other, 'x'],
    ],
    undefined,
    ['app-0'],
  ],
  [
    'the own name counts whatever is not here',
    [
      [own, 'teams'],
      [own, 'x'],
      [other, 'teams'],
    ],
    'acme/mesh',
    ['app-0'],
  ],
  [
    'both miss a folder',
    [
      [own, 'teams'],
      [own, 'x'],
      [other, 'teams'],
      [other, 'x'],
    ],
    undefined,
    ['app-0', 'app-2'],
  ],
  [
    'what is filled in may be any',
    [
      [own, 'teams'],
      ['{{url}}', 'teams'],
    ],
    'acme/mesh',
    ['app-0', 'app-1'],
  ],
])('%s', (_, applications, repository, expected) => {
  expect(deliver(applications, repository)).toEqual(expected)
})
