import { expect, it } from 'vitest'
import { assess } from '../../../../src/domain/assess.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'

const application = (team: string, cluster: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${team}, namespace: argocd }\nspec: { source: { repoURL: r, path: ${team}/vs }, destination: { ${cluster} } }\n`
const service = (team: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own, namespace: ${team} }\nspec: { hosts: [x.example], gateways: [default/g], http: [{ route: [{ destination: { host: x } }] }] }\n`
const secret = {
  path: 'catalog/secret.yaml',
  text: 'apiVersion: v1\nkind: Secret\nmetadata: { name: s, labels: { argocd.argoproj.io/secret-type: cluster } }\nstringData: { name: prod, server: "https://a" }\n',
}
const named = 'name: prod'
const addressed = 'server: "https://a"'

function askedFor(login: string, catalog: string): readonly string[] {
  const base = [
    { path: 'login/app.yaml', text: application('login', login) },
    { path: 'login/vs/vs.yaml', text: service('login') },
    { path: 'catalog/app.yaml', text: application('catalog', catalog) },
    { path: 'catalog/vs/vs.yaml', text: service('catalog') },
  ]
  const { requirements } = assess({
    base,
    merged: [...base, secret],
    changed: [{ path: secret.path, merged: secret }],
    codeowners: parseCodeowners({ path: 'CODEOWNERS', text: '/login/ @o/login\n/catalog/ @o/catalog\n' }),
    obstructions: [],
    draft: false,
    today: '2026-11-30',
  })
  return requirements.map(({ team }) => team.key)
}

it.each([
  ['whoever is moved to the cluster by name', addressed, 'name: other', '@o/login'],
  ['whoever is moved, and met there', addressed, named, '@o/login'],
  ['the administrators, where others arrive in the cluster', named, addressed, 'repository-admins'],
])('a Secret that makes an address and a name one cluster asks %s', (_, login, catalog, team) => {
  expect(askedFor(login, catalog)).toContain(team)
})

it('a Secret for a cluster that nothing goes to asks nobody', () => {
  expect(askedFor('name: other', 'name: other')).toEqual([])
})

it('a second Secret of the name to which somebody goes asks them', () => {
  expect(askedFor(named, 'name: other')).toContain('@o/login')
})
