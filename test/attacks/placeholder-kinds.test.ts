import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../support/gateway-api.ts'

const host = 'app.example'
const mine = 'teams/catalog/filled-in.yaml'
const around = {
  'mesh/bookinfo.yaml': null,
  'mesh/service.yaml': gatewayService,
  'mesh/k.yaml': kubernetesGateway(),
  'teams/login/route.yaml': httpRoute('login/app', { host, path: '/app' }),
  'teams/catalog/route.yaml': httpRoute('catalog/own', { host: 'own.test', path: '/own' }),
}

const ingress = (of: string, kind = 'istio', path = '/x') =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: catalog }\nspec: { ingressClassName: "${kind}", rules: [{ host: "${of}", http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: c, port: { number: 80 } } } }] } }] }\n`

const entry = (of: string, more = '') =>
  `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: e, namespace: catalog }\nspec: { hosts: ["${of}"], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS${more} }\n`

const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: app, namespace: login }\nspec: { selector: { app: a }, ports: [{ port: 80 }] }\n'

const written = (way: string, text: string, more: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: around },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['an admin'],
  says: /is filled in elsewhere and may become what others have/,
  ...more,
})
const reached = { waitsFor: ['login'], says: /app\.example/ }
const own = (way: string, text: string, before?: string) => ({
  way,
  setting: { files: { ...around, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
})

testAttackClass('kinds beside VirtualServices of which another tool fills in a part', {
  attack: written('the host of an HTTPRoute', httpRoute('catalog/x', { host: `\${HOST}`, path: '/app' })),
  variants: [
    written('the first label of a host', httpRoute('catalog/x', { host: `\${NAME}.example`, path: '/app' })),
    written('a host in a template', httpRoute('catalog/x', { host: '{{ .Values.host }}', path: '/app' })),
    written('the host of a GRPCRoute', httpRoute('catalog/x', { host: '$(HOST)', kind: 'GRPCRoute' })),
    written('the kind', httpRoute('catalog/x', { host, kind: `"\${KIND}"` })),
    written(
      'the kind of what may be a VirtualService',
      `apiVersion: networking.istio.io/v1\nkind: "\${KIND}"\nmetadata: { name: x, namespace: catalog }\nspec: { hosts: [${host}], gateways: [default/bookinfo-gateway], http: [{ route: [{ destination: { host: c } }] }] }\n`,
    ),
    written('the host of an Ingress', ingress(`\${HOST}`)),
    written('the host of a ServiceEntry', entry(`\${HOST}`), {
      setting: { files: { ...around, 'teams/login/service.yaml': service } },
    }),
    written(
      'the host of a listener',
      `${kubernetesGateway('z', `name: z, port: 80, hostname: "\${HOST}", protocol: HTTP`).replaceAll('istio-system', 'catalog')}`,
    ),
    written('another host than before', httpRoute('catalog/x', { host: `\${OTHER}`, path: '/app' }), {
      setting: { files: { ...around, [mine]: httpRoute('catalog/x', { host: `\${HOST}`, path: '/app' }) } },
    }),
    written('all of its rules', httpRoute('catalog/x', { host, rules: `"\${RULES}"` }), reached),
    written('all of its parents', httpRoute('catalog/x', { host, parents: `"\${PARENTS}"` }), reached),
    written(
      'all that it says',
      `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: x, namespace: catalog }\nspec: "\${SPEC}"\n`,
      { waitsFor: ['login'], says: '' },
    ),
    written(
      'the matches of a GRPCRoute',
      httpRoute('catalog/x', {
        host,
        kind: 'GRPCRoute',
        rules: `[{ matches: "\${MATCHES}", backendRefs: [{ name: c, port: 80 }] }]`,
      }),
      reached,
    ),
    written('the class of an Ingress', ingress(host, `\${CLASS}`), reached),
  ],
  neighbours: [
    own('a default that is one’s own', httpRoute('catalog/x', { host: `\${HOST:=own.test}`, path: '/y' })),
    own('a host below one’s own', httpRoute('catalog/x', { host: `\${NAME}.own.test`, path: '/y' })),
    own(
      'an edit beside a host that was filled in before',
      httpRoute('catalog/x', { host: `\${HOST}`, path: '/z' }),
      httpRoute('catalog/x', { host: `\${HOST}`, path: '/y' }),
    ),
    own(
      'an edit of what was of an unknown kind before',
      httpRoute('catalog/x', { host: 'own.test', kind: `"\${KIND}"`, path: '/z' }),
      httpRoute('catalog/x', { host: 'own.test', kind: `"\${KIND}"`, path: '/y' }),
    ),
    own('the class of an Ingress on a host of one’s own', ingress('own.test', `\${CLASS}`)),
    own('the host of an Ingress of another class', ingress(`\${HOST}`, 'nginx')),
    own('a host of a ServiceEntry that is for one’s own namespace', entry(`\${HOST}`, ', exportTo: ["."]')),
    own('a host of a ServiceEntry outside of the cluster', entry(`\${HOST}.vendor.test`)),
    own(
      'weights',
      httpRoute('catalog/x', {
        host: 'own.test',
        rules: `[{ matches: [{ path: { value: /w } }], backendRefs: [{ name: c, port: 80, weight: "\${W}" }] }]`,
      }),
    ),
    own('rules on a host of one’s own', httpRoute('catalog/x', { host: 'own.test', rules: `"\${RULES}"` })),
    own(
      'a label',
      httpRoute('catalog/x', { host: 'own.test', path: '/y' }).replace(
        'name: x,',
        `name: x, labels: { v: "\${V}" },`,
      ),
    ),
  ],
})
