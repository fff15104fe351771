import type { KubernetesObject } from './mesh.ts'
import type { Chance } from './random.ts'

type Json = Readonly<Record<string, unknown>>

/** An object for the webhook alone: an ordinary one in which up to three values, or fields, are odd. */
export function randomObject(chance: Chance, name: string): KubernetesObject {
  const kind = chance.of<KubernetesObject['kind']>(['VirtualService', 'VirtualService', 'Gateway'])
  const ordinary = kind === 'Gateway' ? ordinaryGateway(chance) : ordinaryVirtualService(chance)
  let spec: unknown = ordinary
  for (let left = 1 + chance.below(3); left > 0; left--) spec = withOdd(spec, chance)
  return {
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name, namespace: 'n1', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: spec as Json,
  }
}

/** Each part is there in one of two, so that they meet each other. */
function partsOf(chance: Chance, parts: Json): Json {
  return Object.fromEntries(Object.entries(parts).filter(() => chance.oneIn(2)))
}

function ordinaryVirtualService(chance: Chance): Json {
  const isSecondary = chance.oneIn(5)
  return {
    ...(!isSecondary && {
      hosts: chance.some(['a.example', '*.b.example', 'web', 'web.n1.svc.cluster.local'], 2),
      gateways: chance.some(['gw', 'n1/gw', 'mesh'], 2),
    }),
    ...partsOf(chance, { exportTo: chance.some(['.', '*', 'n1', 'n2'], 1) }),
    http: Array.from({ length: 1 + chance.below(3) }, (_, index) =>
      ordinaryEntry(chance, `e${index}`, isSecondary),
    ),
    ...(!isSecondary && chance.oneIn(6) && { tls: [ordinaryTls(chance)] }),
    ...(!isSecondary && chance.oneIn(8) && { tcp: [ordinaryTcp(chance)] }),
  }
}

function ordinaryEntry(chance: Chance, name: string, isSecondary: boolean): Json {
  const delegates = !isSecondary && chance.oneIn(4)
  const action = chance.below(6)
  return {
    ...partsOf(chance, {
      name,
      match: Array.from({ length: 1 + chance.below(2) }, () => ordinaryMatch(chance)),
    }),
    ...(delegates && { delegate: partsOf(chance, { name: 's1', namespace: 'n1' }) }),
    ...(!delegates && action === 0 && { redirect: ordinaryRedirect(chance) }),
    ...(!delegates && action === 1 && { directResponse: ordinaryResponse(chance) }),
    ...(!delegates && action > 1 && { route: ordinaryRoute(chance) }),
    ...(chance.oneIn(2) && ordinaryModifiers(chance)),
  }
}

function ordinaryMatch(chance: Chance): Json {
  const text = () => chance.of<Json>([{ exact: 'a' }, { prefix: 'a' }, { regex: 'a.*' }])
  return partsOf(chance, {
    name: 'm',
    uri: chance.of<Json>([{ exact: '/a' }, { prefix: '/a' }, { regex: '/a.*' }]),
    method: { exact: 'GET' },
    scheme: { exact: 'http' },
    authority: text(),
    headers: { x: text(), 'x-y': text() },
    withoutHeaders: { z: text() },
    queryParams: { q: text() },
    port: 80,
    sourceLabels: { app: 'web' },
    sourceNamespace: 'n1',
    gateways: ['gw'],
    ignoreUriCase: true,
    statPrefix: 's',
  })
}

function ordinaryRoute(chance: Chance): readonly Json[] {
  const to = (weight: number | undefined): Json => ({
    destination: {
      host: chance.of(['web', 'web.n1.svc.cluster.local']),
      ...partsOf(chance, { subset: 'v1', port: { number: 80 } }),
    },
    ...(weight !== undefined && { weight }),
    ...(chance.oneIn(4) && { headers: ordinaryHeaders(chance) }),
  })
  return chance.oneIn(2) ? [to(chance.oneIn(2) ? 100 : undefined)] : [to(30), to(70)]
}

function ordinaryRedirect(chance: Chance): Json {
  return {
    uri: '/new',
    ...partsOf(chance, { authority: 'b.example', redirectCode: 302, scheme: 'https' }),
    // The schema of the API server refuses both at once, and the webhook by itself does not.
    ...chance.of<Json>([{}, { port: 8443 }, { derivePort: 'FROM_REQUEST_PORT' }]),
  }
}

function ordinaryResponse(chance: Chance): Json {
  return { status: 503, ...partsOf(chance, { body: chance.of<Json>([{ string: 'no' }, { bytes: 'bm8=' }]) }) }
}

function ordinaryHeaders(chance: Chance): Json {
  const operations = () =>
    partsOf(chance, {
      set: { 'x-set': '1' },
      add: { 'x-add': '%DOWNSTREAM_REMOTE_ADDRESS%' },
      remove: ['x-gone'],
    })
  return partsOf(chance, { request: operations(), response: operations() })
}

function ordinaryModifiers(chance: Chance): Json {
  const rarely = Object.entries({
    timeout: '3s',
    retries: partsOf(chance, {
      attempts: 3,
      perTryTimeout: '1s',
      retryOn: '5xx,reset,503',
      retryRemoteLocalities: true,
      backoff: '25ms',
    }),
    rewrite: chance.of<Json>([
      { uri: '/new' },
      { authority: 'c.example' },
      { uriRegexRewrite: { match: '/a(.*)', rewrite: '/b\\1' } },
    ]),
    fault: partsOf(chance, {
      delay: { fixedDelay: '1s', percentage: { value: 10 } },
      abort: chance.of<Json>([
        { httpStatus: 503, percentage: { value: 0.5 } },
        { grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } },
      ]),
    }),
    mirror: { host: 'db', port: { number: 80 } },
    mirrorPercentage: { value: 10 },
    mirrors: [{ destination: { host: 'db' }, percentage: { value: 5 } }],
    corsPolicy: partsOf(chance, {
      allowOrigins: [{ exact: 'https://a.example' }, { regex: '.*' }],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['x'],
      exposeHeaders: ['y'],
      maxAge: '24h',
      allowCredentials: true,
      unmatchedPreflights: 'FORWARD',
    }),
    headers: ordinaryHeaders(chance),
  })
  return Object.fromEntries(chance.some(rarely, 3))
}

function ordinaryTls(chance: Chance): Json {
  const match = {
    sniHosts: ['a.example'],
    ...partsOf(chance, {
      port: 443,
      destinationSubnets: ['10.0.0.0/8'],
      sourceLabels: { app: 'web' },
      gateways: ['gw'],
    }),
  }
  return { match: [match], route: [{ destination: { host: 'web' } }] }
}

function ordinaryTcp(chance: Chance): Json {
  const match = partsOf(chance, { port: 9000, destinationSubnets: ['10.1.0.0/16'], sourceNamespace: 'n1' })
  return {
    ...partsOf(chance, { match: [match] }),
    route: [{ destination: { host: 'web', port: { number: 9000 } }, weight: 100 }],
  }
}

function ordinaryGateway(chance: Chance): Json {
  return {
    ...partsOf(chance, { selector: { istio: 'ingress' } }),
    servers: Array.from({ length: 1 + chance.below(3) }, (_, index) => ordinaryServer(chance, `s${index}`)),
  }
}

function ordinaryServer(chance: Chance, name: string): Json {
  const protocol = chance.of(['HTTP', 'HTTP2', 'GRPC', 'HTTPS', 'TLS', 'TCP', 'MONGO'])
  const isTls = protocol === 'HTTPS' || protocol === 'TLS'
  const tls = chance.of<Json>([
    { mode: 'SIMPLE', credentialName: 'c' },
    { mode: 'MUTUAL', credentialName: 'c', subjectAltNames: ['a.example'] },
    { mode: 'SIMPLE', serverCertificate: '/c.pem', privateKey: '/k.pem' },
    { mode: 'MUTUAL', serverCertificate: '/c.pem', privateKey: '/k.pem', caCertificates: '/ca.pem' },
    { mode: 'OPTIONAL_MUTUAL', credentialName: 'c' },
    { mode: 'PASSTHROUGH' },
    { mode: 'ISTIO_MUTUAL' },
    {
      mode: 'SIMPLE',
      credentialName: 'c',
      minProtocolVersion: 'TLSV1_2',
      cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'],
    },
    { mode: 'SIMPLE', credentialNames: ['c', 'd'] },
    { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: '/c.pem', privateKey: '/k.pem' }] },
  ])
  return {
    port: { number: isTls ? 443 : 80, name, protocol },
    hosts: chance.some(['*', 'a.example', '*.b.example', 'n1/c.example', './*', '*/d.example'], 2),
    ...(isTls ? { tls } : chance.oneIn(4) && { tls: { httpsRedirect: true } }),
    ...(chance.oneIn(6) && { bind: '10.0.0.1' }),
    ...(chance.oneIn(6) && { name: 'named' }),
  }
}

/** Nothing that another tool might fill in: of that nobody here says that it is refused. */
const oddTexts: readonly [unknown, ...unknown[]] = [
  '',
  ...[
    '',
    ' ',
    'a b',
    '*',
    '*.',
    '*.*',
    '*a',
    'a*',
    '*.a',
    'a_b',
    'A',
    'A.Example',
    'é',
    'a..b',
    '.a',
    'a.',
    '-a',
  ],
  ...[
    'a-',
    'x'.repeat(63),
    'x'.repeat(64),
    'x.'.repeat(127).slice(0, -1),
    'x.'.repeat(128).slice(0, -1),
    '1.2.3.4',
  ],
  ...[
    '256.1.1.1',
    '::1',
    '[::1]',
    'ns/host',
    '*/x',
    './x',
    'a/b/c',
    '/',
    '//',
    'a/',
    '~',
    '.',
    '..',
    'n1/*',
    '%',
    '%%',
  ],
  ...[
    '%REQ(x)%',
    '%NOT_A_COMMAND(x)%',
    '%START_TIME(%s)%',
    'a\nb',
    'a\tb',
    '\u0000',
    ':path',
    ':authority',
    'Host',
    'host',
  ],
  ...[
    '0s',
    '-1s',
    '1ms',
    '0.5ms',
    '999us',
    '1h',
    '1x',
    '1',
    '1.5s',
    '1h1h',
    '9999999h',
    '1000000000000s',
    '(',
    '[a',
    'a{2,1}',
  ],
  ...[
    'a{1001}',
    '(?<a>b)',
    '(?P<a>b)(?P<a>c)',
    '\\C',
    '\\1',
    '(?=a)',
    '\\p{Greek}',
    'a**',
    '10.0.0.0/33',
    '10.0.0.1/8',
    '10.0.0.0',
  ],
  ...[
    '::/0',
    'fe80::1%eth0',
    'mesh',
    'http://a',
    'https',
    'grpc',
    'TLSV1_0',
    'SIMPLE',
    'AUTO_PASSTHROUGH',
    '5xx',
    'nonsense',
  ],
  ...[
    'gateway-error,',
    '600',
    '503,600',
    'tcp',
    'http',
    'Http',
    'UDP',
    'OK',
    'NOT_FOUND',
    '14',
    '80',
    'true',
    '#',
    '?q',
    '/a?b#c',
  ],
]

/** No numbers in quotes: the schema of the API server refuses them, and the webhook by itself does not. */
const oddNumbers: readonly [unknown, ...unknown[]] = [
  0,
  ...[
    0, -1, 1, 99, 100, 101, 199, 200, 299, 300, 304, 306, 307, 399, 400, 599, 600, 999, 65535, 65536, 0.5,
    1.5, 100.5,
  ],
  ...[2 ** 31, 2 ** 32, 'x', 1e-7, 50.00001],
]

const oddOthers: readonly [unknown, ...unknown[]] = [
  {},
  [],
  '',
  true,
  [{}],
  [''],
  { a: 'b' },
  { exact: 'a' },
  { value: 101 },
]

/** The same with one odd value, or one field less or more, at a random place. */
function withOdd(value: unknown, chance: Chance): unknown {
  if (Array.isArray(value)) return withOddElement(value, chance)
  if (typeof value === 'object' && value !== null) return withOddField(value as Json, chance)
  if (typeof value === 'string') return chance.oneIn(12) ? chance.of(oddOthers) : chance.of(oddTexts)
  if (typeof value === 'number') return chance.oneIn(12) ? chance.of(oddOthers) : chance.of(oddNumbers)
  return chance.of([true, false, 'x', 1])
}

function withOddElement(list: readonly unknown[], chance: Chance): unknown {
  const at = chance.below(Math.max(1, list.length))
  if (list.length === 0 || chance.oneIn(14))
    return chance.of<unknown>([[], [...list, ...list.slice(0, 1)], {}, 'x'])
  return list.with(at, withOdd(list[at], chance))
}

function withOddField(fields: Json, chance: Chance): unknown {
  const names = Object.keys(fields)
  const [name = 'name'] = chance.shuffled(names)
  if (names.length === 0 || chance.oneIn(14))
    return { ...fields, [chance.of(addedNames)]: chance.of([...oddOthers, 'a', '/a', 80, ['a']]) }
  const { [name]: own, ...others } = fields
  if (chance.oneIn(10)) return others
  // What is a map of names has odd names, too.
  if (chance.oneIn(8) && typeof own !== 'object') return { ...others, [String(chance.of(oddTexts))]: own }
  return { ...fields, [name]: withOdd(own, chance) }
}

/** No second field of a oneof: the schema of the API server refuses it, and the webhook by itself does not. */
const addedNames: readonly [string, ...string[]] = [
  'name',
  ...['name', 'route', 'redirect', 'delegate', 'directResponse', 'match', 'uri', 'weight'],
  ...[
    'host',
    'subset',
    'percent',
    'percentage',
    'httpStatus',
    'grpcStatus',
    'credentialName',
    'httpsRedirect',
    'tls',
  ],
  ...[
    'hosts',
    'gateways',
    'authority',
    'scheme',
    'uriRegexRewrite',
    'mirror',
    'mirrors',
    'mirrorPercent',
    'fault',
  ],
  ...[
    'timeout',
    'retries',
    'rewrite',
    'corsPolicy',
    'headers',
    'allowOrigin',
    'bind',
    'defaultEndpoint',
    'exponentialDelay',
    'unknownField',
  ],
]
