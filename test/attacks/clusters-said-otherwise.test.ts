import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/cluster.yaml'
const application = (team: string, destination: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${team}, namespace: argocd }\nspec: { destination: { ${destination}, namespace: ${team} }, source: { repoURL: "https://git/mesh", path: teams/${team} } }\n`
const home = 'https://kubernetes.default.svc'
const prod = 'https://10.0.0.1'
const secret = (said: object, { type = 'cluster', kind = 'Secret', name = 'c' } = {}) =>
  `${JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': type } }, stringData: said })}\n`
const encoded = `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'c', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } }, data: { name: btoa('in-cluster'), server: btoa('https://10.6.6.6') } })}\n`
const files = {
  'teams/login/app.yaml': application('login', 'name: in-cluster'),
  'teams/catalog/app.yaml': application('catalog', `server: "${prod}"`),
}
const stopped = (way: string, after: string | null, before: Files = {}): Attempt => ({
  way,
  setting: { files: { ...files, ...before } },
  files: { [mine]: after },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, after: string | null, before: Files = {}) => ({
  way,
  setting: { files: { ...files, ...before } },
  files: { [mine]: after },
})
const own = { name: 'in-cluster', server: home }
const byAddress = { 'teams/login/app.yaml': application('login', `server: "${home}"`) }
const elsewhere = { 'teams/login/app.yaml': application('login', 'server: "https://10.0.0.7/"') }

testAttackClass('a Secret that says otherwise of the cluster to which others deliver', {
  attack: stopped(
    'its name is that of another address',
    secret({ name: 'in-cluster', server: 'https://10.6.6.6' }),
  ),
  variants: [
    stopped('the same in base64', encoded),
    stopped('it has another name', secret({ name: 'other', server: home })),
    stopped('only some namespaces are looked after there', secret({ ...own, namespaces: 'catalog' })),
    stopped('it is for one project alone', secret({ ...own, project: 'catalog' })),
    stopped('with a token of no use', secret({ ...own, config: '{"bearerToken":"x"}' })),
    stopped('known by its address', secret({ name: 'in-cluster', server: 'https://10.6.6.6' }), byAddress),
    {
      ...stopped(
        'another cluster, by its address',
        secret({ name: 'x', server: 'https://10.0.0.7' }),
        elsewhere,
      ),
      waitsFor: ['login', 'mesh-admins'],
    },
    stopped('it goes', null, { [mine]: secret(own) }),
    stopped('it is narrowed', secret({ ...own, namespaces: 'catalog' }), { [mine]: secret(own) }),
    stopped(
      'nothing of the cluster itself is looked after any more',
      secret({ ...own, clusterResources: 'false' }),
      { [mine]: secret(own) },
    ),
  ],
  neighbours: [
    harmless('another cluster', secret({ name: 'x', server: 'https://10.0.0.9' })),
    harmless(
      'the cluster to which one delivers alone is for one project',
      secret({ name: 'prod', server: prod, project: 'catalog' }),
      { [mine]: secret({ name: 'prod', server: prod }) },
    ),
    harmless('the same, narrowed', secret({ name: 'prod', server: prod, namespaces: 'catalog' }), {
      [mine]: secret({ name: 'prod', server: prod }),
    }),
    harmless('another token', secret({ ...own, config: '{"bearerToken":"y"}' }), {
      [mine]: secret({ ...own, config: '{"bearerToken":"x"}' }),
    }),
    harmless('a part of it among several', secret({ ...own, shard: '1' }), { [mine]: secret(own) }),
    harmless('laid out otherwise', ` ${secret(own)}`, { [mine]: secret(own) }),
    harmless('a repository', secret({ url: 'https://git/other', ...own }, { type: 'repository' })),
    harmless('no Secret', secret(own, { kind: 'ConfigMap' })),
    harmless('without saying what it is of', secret(own, { type: 'none' })),
    harmless('one that goes, of a cluster to which nobody delivers', null, {
      [mine]: secret({ name: 'x', server: 'https://10.0.0.9' }),
    }),
  ],
})
