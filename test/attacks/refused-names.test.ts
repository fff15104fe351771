import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (apiVersion: string, kind: string, metadata: object, spec: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata, spec })}\n`
const filter = (metadata: object) =>
  object('networking.istio.io/v1alpha3', 'EnvoyFilter', metadata, { configPatches: [] })
const everywhere = 'istio-system'

const refused = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'failure',
  waitsFor: [],
  says: /which the API server refuses|and the API server refuses the object/,
  silentOn: /is new for the whole mesh|is new in the namespace/,
  ...rest,
})
const harmless = (way: string, text: string, rest: Partial<Attempt> = {}) => ({
  way,
  files: { [mine]: text },
  ...rest,
})
const rule = (metadata: object) =>
  object('networking.istio.io/v1', 'DestinationRule', metadata, { host: 'own.catalog.svc.cluster.local' })
const own = { namespace: 'catalog' }
const home = {
  files: {
    'teams/catalog/own.yaml': object('v1', 'Service', { name: 'own', ...own }, { ports: [{ port: 80 }] }),
  },
}

testAttackClass('an object under a name that the API server refuses', {
  attack: refused('capitals and an underscore', filter({ name: 'Bad_Name', namespace: everywhere })),
  variants: [
    refused('an empty label', filter({ name: 'a..b', namespace: everywhere })),
    refused('a dash in front', filter({ name: '-a', namespace: everywhere })),
    refused('a dash behind', filter({ name: 'a-', namespace: everywhere })),
    refused('letters of other alphabets', filter({ name: 'ä', namespace: everywhere })),
    refused('too long a name', filter({ name: 'a'.repeat(254), namespace: everywhere })),
    refused('a slash', filter({ name: 'a/b', namespace: everywhere })),
    refused('a space', filter({ name: 'a b', namespace: everywhere })),
    refused('a namespace with a dot', filter({ name: 'a', namespace: 'ns1.x' })),
    refused('a namespace in capitals', filter({ name: 'a', namespace: 'NS1' })),
    refused('too long a namespace', filter({ name: 'a', namespace: 'x'.repeat(64) })),
    refused(
      'a policy',
      object('security.istio.io/v1', 'AuthorizationPolicy', { name: 'A', namespace: everywhere }),
    ),
    refused(
      'a route of the Gateway API',
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', { name: 'a_b', namespace: 'default' }),
    ),
    refused(
      'an installer',
      object('install.istio.io/v1alpha1', 'IstioOperator', { name: 'A!', namespace: everywhere }),
    ),
    refused(
      'one of a list',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [JSON.parse(filter({ name: 'A', namespace: everywhere }))],
      }),
    ),
    refused(
      'an object that had a name, and that others need',
      rule({ name: 'Productpage', namespace: 'default' }),
      {
        setting: {
          files: {
            'teams/login/pages.yaml': object(
              'v1',
              'Service',
              { name: 'own', ...own },
              { ports: [{ port: 80 }] },
            ),
            [mine]: rule({ name: 'productpage', ...own }),
          },
        },
        waitsFor: ['login'],
        silentOn: /nothing changes/,
      },
    ),
    {
      ...refused(
        'where the repository does not trust in it',
        filter({ name: 'Bad_Name', namespace: everywhere }),
      ),
      setting: { configuration: 'rules: { invalid-manifest: report }\n' },
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
      says: /is new for the whole mesh/,
      silentOn: /no request changes/,
    },
  ],
  neighbours: [
    harmless('small letters', rule({ name: 'own', ...own }), { setting: home }),
    harmless('a dot', rule({ name: 'own.v2', ...own }), { setting: home }),
    harmless('digits alone', rule({ name: '42', ...own }), { setting: home }),
    harmless('as long as can be', rule({ name: 'a'.repeat(253), ...own }), { setting: home }),
    harmless('a name that is filled in', rule({ name: 'own-$' + '{X}', ...own }), { setting: home }),
    harmless('a name with a default', rule({ name: '$' + '{X:=own}', ...own }), { setting: home }),
    harmless(
      'a name that is made up',
      object('security.istio.io/v1', 'AuthorizationPolicy', { generateName: 'own-', ...own }),
      { setting: home },
    ),
    harmless(
      'a policy of one’s own',
      object('security.istio.io/v1', 'AuthorizationPolicy', { name: 'a', ...own }),
      {
        setting: home,
      },
    ),
    harmless(
      'capitals of what is no object of the mesh',
      object('acme.io/v1', 'Thing', { name: 'A_B', ...own }),
    ),
    harmless('a name that was refused before', rule({ name: 'Own', labels: { a: 'b' }, ...own }), {
      setting: { files: { ...home.files, [mine]: rule({ name: 'Own', ...own }) } },
    }),
    harmless('what was refused is taken away', '# nothing\n', {
      setting: { files: { ...home.files, [mine]: rule({ name: 'Own', ...own }) } },
    }),
  ],
})
