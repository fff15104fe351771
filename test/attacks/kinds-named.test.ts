import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

interface Metadata {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: object
  readonly annotations?: object
}

const object = (apiVersion: string, kind: string, rest: object, metadata: Metadata = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog', ...metadata }, ...rest })}\n`

const stopped = (
  way: string,
  text: string | null,
  { base = {}, ...rest }: Partial<Attempt> & { readonly base?: Attempt['files'] } = {},
): Attempt => ({
  way,
  setting: { files: { ...base } },
  files: { [mine]: text },
  ...asked,
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string | null, base: Attempt['files'] = {}) => ({
  way,
  setting: { files: { ...base } },
  files: { [mine]: text },
})

const root = { namespace: 'istio-system' }
const external = (target: object, metadata: Metadata = {}) =>
  object('external-secrets.io/v1', 'ExternalSecret', { spec: { target } }, { ...root, ...metadata })
const certificate = (secretName: string, more: object = {}) =>
  object('cert-manager.io/v1', 'Certificate', { spec: { secretName, ...more } }, root)
const sealed = (name: string, template: object = {}, metadata: Metadata = {}) =>
  object(
    'bitnami.com/v1alpha1',
    'SealedSecret',
    { spec: { encryptedData: { a: 'b' }, template } },
    { ...root, ...metadata, name },
  )
const labelled = { template: { metadata: { labels: { 'istio/multiCluster': 'true' } } } }
const istiod = {
  'mesh/istiod.yaml': object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'discovery', image: 'istio/pilot:1', envFrom: [{ secretRef: { name: 'switches' } }] },
            ],
            volumes: [{ name: 'v', secret: { secretName: 'keys' } }],
          },
        },
      },
    },
    { name: 'istiod', ...root },
  ),
}

testAttackClass('what makes the Secrets of the control plane asks those who answer for the mesh', {
  attack: stopped('the authority comes from a store of one’s own', external({ name: 'cacerts' }), everybody),
  variants: [
    stopped('of the object’s own name', external({}, { name: 'cacerts' }), everybody),
    stopped('as a certificate', certificate('cacerts'), everybody),
    stopped('sealed', sealed('cacerts'), everybody),
    stopped(
      'sealed, with another name in its template',
      sealed('cacerts', { metadata: { name: 'x' } }),
      everybody,
    ),
    stopped('the authority that istiod makes for itself', certificate('istio-ca-secret'), everybody),
    stopped('another cluster by its name', external({ name: 'istio-remote-secret-east' }), everybody),
    stopped('another cluster by a label', external({ name: 'east', ...labelled }), everybody),
    stopped('another cluster by the label of what is sealed', sealed('east', labelled.template), everybody),
    stopped('what istiod’s environment is taken from', external({ name: 'switches' }), {
      base: istiod,
      ...everybody,
    }),
    stopped('what istiod has as a volume', sealed('keys'), { base: istiod, ...everybody }),
    stopped(
      'a Secret by itself that istiod’s environment is taken from',
      object('v1', 'Secret', { stringData: { PILOT_X: 'true' } }, { name: 'switches', ...root }),
      { base: istiod, ...everybody },
    ),
    stopped('it is taken away', null, { base: { [mine]: external({ name: 'cacerts' }) }, ...everybody }),
  ],
  neighbours: [
    harmless('a Secret of another name there', external({ name: 'dashboard' })),
    harmless('the same name in one’s own namespace', external({ name: 'cacerts' }, { namespace: 'catalog' })),
    harmless('a certificate of another name', certificate('dashboard-tls')),
    harmless('sealed under another name', sealed('dashboard')),
    harmless('a label of one’s own', external({ name: 'x', template: { metadata: { labels: { a: 'b' } } } })),
    harmless('what istiod does not name', external({ name: 'others' }), istiod),
    harmless('a renewal', certificate('cacerts', { renewBefore: '1h' }), { [mine]: certificate('cacerts') }),
    harmless(
      'a Secret by itself that nothing reads',
      object('v1', 'Secret', { stringData: { a: 'b' } }, { name: 'switches', ...root }),
    ),
    harmless('annotations', external({ name: 'cacerts' }, { annotations: { a: 'b' } }), {
      [mine]: external({ name: 'cacerts' }),
    }),
    harmless('another refresh', external({ name: 'cacerts', creationPolicy: 'Owner' }), {
      [mine]: external({ name: 'cacerts', creationPolicy: 'Owner' }),
      'teams/catalog/x.yaml': '',
    }),
  ],
})

const login = { name: 'login', namespace: 'login' }
const istioGateway = (tls: object) => ({
  'teams/login/gateway.yaml': object(
    'networking.istio.io/v1',
    'Gateway',
    {
      spec: {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            hosts: ['login.example'],
            tls: { mode: 'MUTUAL', ...tls },
          },
        ],
      },
    },
    login,
  ),
})
const api = 'gateway.networking.k8s.io/v1'
const kubernetesGateway = (more: object, tls: object = {}) => ({
  'teams/login/gateway.yaml': object(
    api,
    'Gateway',
    {
      spec: {
        gatewayClassName: 'istio',
        listeners: [{ name: 'https', port: 443, protocol: 'HTTPS', tls }],
        ...more,
      },
    },
    login,
  ),
})
const backendPolicy = {
  'teams/login/tls.yaml': object(
    api,
    'BackendTLSPolicy',
    {
      spec: {
        targetRefs: [{ group: '', kind: 'Service', name: 'login' }],
        validation: {
          hostname: 'login.example',
          caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }],
        },
      },
    },
    login,
  ),
}
const configMap = (name: string, namespace = 'login', data = 'b') =>
  object('v1', 'ConfigMap', { data: { 'ca.crt': data } }, { name, namespace })
const authority = { group: '', kind: 'ConfigMap', name: 'ca' }
const frontend = kubernetesGateway({}, { frontendValidation: { caCertificateRefs: [authority] } })
const parameters = kubernetesGateway({
  infrastructure: { parametersRef: { group: '', kind: 'ConfigMap', name: 'options' } },
})

testAttackClass('what a gateway or a policy of TLS names beside a Secret asks whose it is', {
  attack: stopped('an authority in a ConfigMap, for what another team calls', configMap('ca'), {
    base: backendPolicy,
  }),
  variants: [
    stopped('it is changed', configMap('ca', 'login', 'c'), {
      base: { ...backendPolicy, [mine]: configMap('ca') },
    }),
    stopped('it is taken away', null, { base: { ...backendPolicy, [mine]: configMap('ca') } }),
    stopped('the authority that clients are checked by at a listener', configMap('ca'), { base: frontend }),
    stopped('the same for a whole Gateway', configMap('ca'), {
      base: kubernetesGateway({
        tls: { frontend: { default: { validation: { caCertificateRefs: [authority] } } } },
      }),
    }),
    stopped('the certificate that a Gateway shows to backends', sealed('ca', {}, { namespace: 'login' }), {
      base: kubernetesGateway({ tls: { backend: { clientCertificateRef: { name: 'ca' } } } }),
    }),
    stopped('the authority of an Istio Gateway by a name of its own', sealed('clients'), {
      base: istioGateway({ credentialName: 'shop-tls', caCertCredentialName: 'clients' }),
    }),
    stopped('a certificate for it', certificate('clients'), {
      base: istioGateway({ credentialName: 'shop-tls', caCertCredentialName: 'clients' }),
    }),
    stopped(
      'sealed under its own name, whatever the template says',
      sealed('shop-tls', { metadata: { name: 'x' } }),
      {
        base: istioGateway({ credentialName: 'shop-tls' }),
      },
    ),
    stopped('what another team’s Gateway is deployed with', configMap('options'), { base: parameters }),
    stopped('it is changed there', configMap('options', 'login', 'c'), {
      base: { ...parameters, [mine]: configMap('options') },
    }),
    stopped('it is taken away there', null, { base: { ...parameters, [mine]: configMap('options') } }),
  ],
  neighbours: [
    harmless('a ConfigMap of another name', configMap('settings', 'catalog'), backendPolicy),
    harmless('one of this name in one’s own namespace', configMap('ca', 'catalog'), backendPolicy),
    harmless(
      'a Secret of this name in one’s own namespace',
      sealed('ca', {}, { namespace: 'catalog' }),
      backendPolicy,
    ),
    harmless(
      'a ConfigMap under the name of a Secret',
      configMap('shop-tls', 'istio-system'),
      istioGateway({ credentialName: 'shop-tls' }),
    ),
    harmless('where nothing names it', configMap('ca', 'catalog')),
    harmless('options of one’s own', configMap('options', 'catalog'), parameters),
    harmless(
      'a label on it',
      object(
        'v1',
        'ConfigMap',
        { data: { 'ca.crt': 'b' } },
        { name: 'ca', namespace: 'login', labels: { a: 'b' } },
      ),
      {
        ...backendPolicy,
        [mine]: configMap('ca'),
      },
    ),
    harmless('sealed under another name', sealed('dashboard'), istioGateway({ credentialName: 'shop-tls' })),
    harmless(
      'an authority of another name',
      certificate('others'),
      istioGateway({ credentialName: 'a', caCertCredentialName: 'b' }),
    ),
    harmless(
      'a Secret where a ConfigMap is named',
      sealed('options', {}, { namespace: 'catalog' }),
      parameters,
    ),
  ],
})

const ingress = (more: object = {}, annotations: object = {}) =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    {
      spec: {
        ...more,
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [
                {
                  path: '/login',
                  pathType: 'Prefix',
                  backend: { service: { name: 'catalog', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
    { annotations },
  )
const ingressClass = (controller: string, isDefault = 'true', name = 'edge') =>
  object(
    'networking.k8s.io/v1',
    'IngressClass',
    { spec: { controller } },
    { name, annotations: { 'ingressclass.kubernetes.io/is-default-class': isDefault } },
  )
const byDefault = { 'mesh/class.yaml': ingressClass('istio.io/ingress-controller') }
const meshed = (text: string) => ({
  'mesh/config.yaml': object('v1', 'ConfigMap', { data: { mesh: `${text}\n` } }, { name: 'istio', ...root }),
})
const service = (metadata: Metadata, app = 'authz') =>
  object('v1', 'Service', { spec: { selector: { app }, ports: [{ name: 'grpc', port: 9000 }] } }, metadata)
const custom = (provider: string) => ({
  'teams/login/policy.yaml': object(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    { spec: { action: 'CUSTOM', provider: { name: provider }, rules: [{}] } },
    login,
  ),
})
const authz = { name: 'authz', namespace: 'auth' }
const provider = (kind: string, host = 'authz.auth.svc.cluster.local') =>
  meshed(`extensionProviders:\n- name: check\n  ${kind}: { service: ${host}, port: 9000 }`)
const checked = { ...provider('envoyExtAuthzGrpc'), ...custom('check'), [mine]: service(authz) }
const pool = (selector: object, metadata: Metadata = { name: 'pool', namespace: 'shared' }) =>
  object(
    'inference.networking.k8s.io/v1',
    'InferencePool',
    { spec: { selector: { matchLabels: selector }, targetPorts: [{ number: 8000 }] } },
    metadata,
  )
const toPool = {
  'teams/login/route.yaml': object(
    api,
    'HTTPRoute',
    {
      spec: {
        parentRefs: [{ name: 'x' }],
        rules: [
          {
            backendRefs: [
              {
                group: 'inference.networking.k8s.io',
                kind: 'InferencePool',
                name: 'pool',
                namespace: 'shared',
              },
            ],
          },
        ],
      },
    },
    login,
  ),
  [mine]: pool({ app: 'model' }),
}

testAttackClass(
  'what is Istio’s by default, and what its configuration or a route names, asks who depends on it',
  {
    attack: stopped('an Ingress without class where Istio’s is the default one', ingress(), {
      base: byDefault,
    }),
    variants: [
      stopped('where all without class are Istio’s', ingress(), {
        base: meshed('ingressControllerMode: DEFAULT'),
      }),
      stopped('of the class that the mesh is configured with', ingress({ ingressClassName: 'ours' }), {
        base: meshed('ingressClass: ours'),
      }),
      stopped('the same by annotation', ingress({}, { 'kubernetes.io/ingress.class': 'ours' }), {
        base: meshed('ingressClass: ours'),
      }),
      stopped('an Ingress of one’s own loses the class of another', ingress(), {
        base: { ...byDefault, [mine]: ingress({ ingressClassName: 'nginx' }) },
      }),
      stopped(
        'Istio’s class becomes the default one beside an Ingress without',
        ingressClass('istio.io/ingress-controller'),
        {
          base: {
            'teams/login/ingress.yaml': ingress(),
            [mine]: ingressClass('istio.io/ingress-controller', 'false'),
          },
        },
      ),
      stopped('other pods behind the service that another team’s policy asks', service(authz, 'mine'), {
        base: checked,
      }),
      stopped('that service goes', null, { base: checked }),
      stopped('the same by HTTP', service(authz, 'mine'), {
        base: { ...checked, ...provider('envoyExtAuthzHttp') },
      }),
      stopped('with its namespace before a slash', service(authz, 'mine'), {
        base: { ...checked, ...provider('envoyExtAuthzGrpc', 'auth/authz.auth.svc.cluster.local') },
      }),
      stopped(
        'an entry for a host that such a policy asks',
        object(
          'networking.istio.io/v1',
          'ServiceEntry',
          { spec: { hosts: ['authz.example'], resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }] } },
          authz,
        ),
        { base: { ...provider('envoyExtAuthzHttp', 'authz.example'), ...custom('check') } },
      ),
      stopped('other pods in the pool that another team’s route leads to', pool({ app: 'mine' }), {
        base: toPool,
      }),
      stopped('that pool goes', null, { base: toPool }),
    ],
    neighbours: [
      harmless('an Ingress without class where none is the default one', ingress()),
      harmless('an Ingress without class where another’s is the default one', ingress(), {
        'mesh/class.yaml': ingressClass('k8s.io/ingress-nginx'),
      }),
      harmless('where Istio’s class is there and not the default one', ingress(), {
        'mesh/class.yaml': ingressClass('istio.io/ingress-controller', 'false'),
      }),
      harmless(
        'of another class than the mesh is configured with',
        ingress({ ingressClassName: 'nginx' }),
        meshed('ingressClass: ours'),
      ),
      harmless(
        'where only those with the class are Istio’s',
        ingress(),
        meshed('ingressControllerMode: STRICT'),
      ),
      harmless('other pods behind a service that no policy asks', service(authz, 'mine'), {
        ...provider('envoyExtAuthzGrpc'),
        [mine]: service(authz),
      }),
      harmless('behind one that a policy of another provider asks', service(authz, 'mine'), {
        ...checked,
        ...custom('other'),
      }),
      harmless('a label on it', service({ ...authz, labels: { a: 'b' } }), checked),
      harmless('a pool that no route leads to', pool({ app: 'mine' }), { [mine]: pool({ app: 'model' }) }),
      harmless(
        'a pool of one’s own beside it',
        pool({ app: 'mine' }, { name: 'other', namespace: 'catalog' }),
        {
          'teams/login/route.yaml': toPool['teams/login/route.yaml'],
        },
      ),
      harmless('another version of a class of somebody else', ingressClass('k8s.io/ingress-nginx'), {
        [mine]: ingressClass('k8s.io/ingress-nginx', 'false'),
      }),
    ],
  },
)
