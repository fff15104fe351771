import fc from 'fast-check'

/** A tree of kustomizations, and the folder that is built. */
export interface Overlays {
  readonly files: Readonly<Record<string, string>>
  readonly root: string
}

const raw = Symbol('raw')

/** A scalar as it is written, without quotes. */
interface Raw {
  readonly [raw]: string
}

type Value = null | boolean | number | string | Raw | readonly Value[] | { readonly [key: string]: Value }

/** One line of YAML within braces: as JSON, but for what is meant to be written otherwise. */
function written(value: Value): string {
  if (Array.isArray(value)) return `[${value.map((each: Value) => written(each)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (raw in value) return value[raw]
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${written(inner)}`)
    .join(', ')}}`
}

function writtenFile(value: { readonly [key: string]: Value }): string {
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${written(inner)}\n`)
    .join('')
}

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight = 2) =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Without what is undefined. */
const some = (value: Readonly<Record<string, Value | undefined>>): { readonly [key: string]: Value } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Record<
    string,
    Value
  >

const name = pick('a', 'b', 'a-b', 'web')
const namespace = pick('x', 'y', 'default')
const key = pick('app', 'team', 'x.io/k')
const label = pick('web', 'v1', '')
const labels = fc.dictionary(key, label, { maxKeys: 2 })

const scalar: fc.Arbitrary<Value> = fc.oneof(
  pick<Value>('web', 'a', 'shop.example.com', '8080', '', 80, 1.5, true, null),
  pick('yes', 'off', '0x10', '1_000', '~', '2026-01-01', '1.50', '012', 'Null', '"1"').map(
    (text): Value => ({ [raw]: text }),
  ),
)

const destination = fc.record({
  destination: fc.record({
    host: pick('web', 'a', 'b.x.svc.cluster.local', '$(HOST)'),
    port: fc.constant({ number: 80 }),
  }),
})

const route: fc.Arbitrary<Value> = fc
  .record({
    name: sometimes(pick('login', 'rest')),
    match: sometimes(fc.constant([{ uri: { prefix: '/login' } }])),
    delegate: sometimes(fc.record({ name, namespace: sometimes(namespace) }).map(some)),
    route: sometimes(fc.array(destination, { maxLength: 2 })),
    timeout: sometimes(scalar),
  })
  .map(some)

const mesh = fc
  .record({
    hosts: sometimes(fc.array(pick('a', 'shop.example.com', '$(HOST)', '*'), { maxLength: 2 }), 1),
    gateways: sometimes(fc.array(pick('gw', 'a', 'x/gw'), { maxLength: 2 })),
    http: sometimes(fc.array(route, { maxLength: 3 }), 1),
    more: sometimes(scalar),
  })
  .map(some)

const container = fc
  .record({
    name: sometimes(pick('a', 'b', 'c'), 1),
    image: pick('nginx', 'nginx:1', 'x/y@sha256:ab'),
    args: sometimes(fc.constant(['$(HOST)'])),
  })
  .map(some)

const port = fc
  .record({
    port: pick(80, 81),
    protocol: sometimes(pick('TCP', 'UDP')),
    name: sometimes(pick('http', 'web')),
    targetPort: sometimes(pick<Value>(8080, 'web')),
  })
  .map(some)

const deployment = fc
  .record({
    containers: fc.array(container, { maxLength: 3 }),
    volumes: sometimes(fc.constant([{ name: 'v', configMap: { name: 'a' } }])),
    serviceAccountName: sometimes(name),
  })
  .map((spec) => ({ template: { spec: some(spec) } }))

const kinds: readonly (readonly [
  apiVersion: string,
  kind: string,
  fields: fc.Arbitrary<Record<string, Value | undefined>>,
])[] = [
  ['networking.istio.io/v1', 'VirtualService', fc.record({ spec: mesh })],
  ['networking.istio.io/v1', 'VirtualService', fc.record({ spec: mesh })],
  ['networking.istio.io/v1beta1', 'VirtualService', fc.record({ spec: mesh })],
  [
    'networking.istio.io/v1',
    'Gateway',
    fc.record({
      spec: fc.record({
        selector: labels,
        servers: fc.array(fc.record({ hosts: fc.constant(['*']) }), { maxLength: 1 }),
      }),
    }),
  ],
  [
    'v1',
    'Service',
    fc.record({
      spec: fc.record({ ports: fc.array(port, { maxLength: 3 }), selector: sometimes(labels) }).map(some),
    }),
  ],
  ['apps/v1', 'Deployment', fc.record({ spec: deployment })],
  [
    'v1',
    'ConfigMap',
    fc.record({
      data: sometimes(fc.dictionary(pick('host', 'k'), pick('a.example.com', 'x:y'), { maxKeys: 2 })),
    }),
  ],
  ['v1', 'ServiceAccount', fc.constant({})],
  ['v1', 'Namespace', fc.constant({})],
  [
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    fc.record({
      roleRef: fc.record({
        apiGroup: fc.constant('rbac.authorization.k8s.io'),
        kind: pick('Role', 'ClusterRole'),
        name,
      }),
      subjects: fc.array(
        fc
          .record({
            kind: fc.constant('ServiceAccount'),
            name: pick('default', 'a', 'b'),
            namespace: sometimes(namespace),
          })
          .map(some),
        { maxLength: 2 },
      ),
    }),
  ],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', fc.constant({})],
]

const metadata = fc
  .record({
    name,
    namespace: sometimes(namespace),
    labels: sometimes(labels),
    annotations: sometimes(
      fc.dictionary(pick('note', 'k/v'), fc.oneof(label, pick<Value>(1, null, '$(HOST)')), { maxKeys: 2 }),
    ),
  })
  .map(some)

const object: fc.Arbitrary<{ readonly [key: string]: Value }> = fc.nat(kinds.length - 1).chain((index) => {
  const [apiVersion, kind, fields] = kinds[index]!
  return fc
    .record({ metadata, fields })
    .map((own) => some({ apiVersion, kind, metadata: own.metadata, ...own.fields }))
})

/** Changed as patches are: something is null, a directive, another type. */
const directive: fc.Arbitrary<Value> = pick<Value>(
  { $patch: 'delete' },
  { $patch: 'replace' },
  { $patch: 'merge', extra: 1 },
  { $patch: 'bogus' },
  null,
  [],
  {},
  [{ $patch: 'replace' }],
  'text',
)

const patchSpec: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: mesh },
  { weight: 2, arbitrary: deployment },
  { weight: 2, arbitrary: fc.record({ ports: fc.array(port, { maxLength: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(mesh, pick('hosts', 'http', 'new', 'selector', '$patch'), directive)
      .map(([spec, field, value]) => ({ ...spec, [field]: field === '$patch' ? 'replace' : value })),
  },
  { weight: 1, arbitrary: directive },
)

const patchMetadata = fc
  .record({
    name,
    namespace: sometimes(namespace, 3),
    labels: sometimes(
      fc.oneof<fc.Arbitrary<Value>[]>(
        labels,
        directive,
        fc.dictionary(key, pick<Value>(null, 1, 'z'), { maxKeys: 2 }),
      ),
      4,
    ),
    annotations: sometimes(
      fc.oneof<fc.Arbitrary<Value>[]>(
        labels,
        directive,
        fc.constant({ 'config.kubernetes.io/local-config': 'true' }),
      ),
      4,
    ),
  })
  .map(some)

const strategic = fc
  .record({
    type: pick(
      ['networking.istio.io/v1', 'VirtualService'],
      ['networking.istio.io/v1', 'VirtualService'],
      ['v1', 'Service'],
      ['apps/v1', 'Deployment'],
      ['v1', 'ConfigMap'],
      ['networking.istio.io/v1', 'Gateway'],
    ),
    metadata: patchMetadata,
    spec: sometimes(patchSpec, 1),
    $patch: sometimes(pick('delete', 'replace', 'merge'), 8),
  })
  .map(({ type: [apiVersion, kind], ...rest }) => some({ apiVersion, kind, ...rest }))

const safePointer = pick(
  '/spec',
  '/metadata/name',
  '/metadata/namespace',
  '/metadata/labels',
  '/metadata/annotations',
)

const pointer = pick(
  '/spec/hosts',
  '/spec/hosts/0',
  '/spec/hosts/-',
  '/spec/hosts/-1',
  '/spec/http/0/name',
  '/spec/http/1',
  '/spec/more',
  '/metadata/name',
  '/metadata/namespace',
  '/metadata/labels/app',
  '/metadata/annotations/note',
  '/metadata/annotations',
  '/metadata/labels',
  '/kind',
  '/spec/template/spec/containers/0/image',
  '/data/host',
  '/spec/none/deep',
  '/spec',
)

const operation = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      op: pick('add', 'replace'),
      path: safePointer,
      value: fc.oneof<fc.Arbitrary<Value>[]>(name, name, mesh, labels),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      op: pick('add', 'replace', 'test'),
      path: pointer,
      value: fc.oneof<fc.Arbitrary<Value>[]>(scalar, pick<Value>('a', 'b', 'z'), mesh),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove'), path: pointer }) },
  { weight: 1, arbitrary: fc.record({ op: pick('copy', 'move'), path: pointer, from: pointer }) },
)

const target = fc
  .record({
    kind: sometimes(pick('VirtualService', 'Service|Gateway', '.*Service', 'Deployment', 'ConfigMap'), 1),
    name: sometimes(pick('a', 'a.*', '.*', 'p-a', 'a|b', 'web', '(?i)A'), 1),
    namespace: sometimes(pick('x', 'default', '[xy]'), 4),
    group: sometimes(pick('networking.istio.io', 'networking.*', 'apps'), 4),
    version: sometimes(pick('v1', 'v1.*'), 4),
    labelSelector: sometimes(
      pick('app=web', 'app!=web', 'app in (web, v1)', 'team', '!team', 'app notin (web),team'),
      5,
    ),
    annotationSelector: sometimes(pick('note', '!note', 'note=v1'), 8),
  })
  .map(some)

const inPlace = (value: { readonly [key: string]: Value } | readonly Value[]): string =>
  Array.isArray(value)
    ? value.map((each: Value) => `- ${written(each)}\n`).join('')
    : writtenFile(value as { readonly [key: string]: Value })

const patch: fc.Arbitrary<Value> = fc.oneof(
  fc
    .record({
      patch: strategic.map(inPlace),
      target: fc.oneof({ weight: 12, arbitrary: target }, { weight: 1, arbitrary: fc.constant(undefined) }),
      options: sometimes(pick<Value>({ allowNameChange: true }, { allowKindChange: true }), 5),
    })
    .map(some),
  fc.record({ patch: fc.array(operation, { minLength: 1, maxLength: 2 }).map(inPlace), target }).map(some),
)

const fieldPath = pick(
  'metadata.name',
  'metadata.namespace',
  'spec.hosts.0',
  'spec.hosts',
  'spec.http.*.name',
  'spec.http.[name=login].timeout',
  'spec.http.0.route.0.destination.host',
  'data.host',
  'spec.more',
  'metadata.labels.app',
  'metadata.annotations.note',
  'spec.ports.0.port',
  'spec.http.[name=l].name',
  'spec.hosts.[=a]',
  'spec.new.field',
  'spec.http.-',
)

const replacement: fc.Arbitrary<Value> = fc.record({
  source: fc
    .record({
      kind: pick('VirtualService', 'ConfigMap', 'Service', 'Gateway'),
      name: sometimes(name, 1),
      fieldPath: sometimes(fieldPath, 1),
      options: sometimes(pick<Value>({ delimiter: '.', index: 0 }, { delimiter: ':', index: 1 }), 4),
    })
    .map(some),
  targets: fc.array(
    fc
      .record({
        select: target,
        reject: sometimes(fc.array(target, { maxLength: 1 }), 5),
        fieldPaths: sometimes(fc.array(fieldPath, { minLength: 1, maxLength: 2 }), 1),
        options: sometimes(
          pick<Value>(
            { create: true },
            { delimiter: '.', index: 1 },
            { delimiter: '.', index: -1 },
            { delimiter: '/', index: 9 },
          ),
          2,
        ),
      })
      .map(some),
    { minLength: 1, maxLength: 2 },
  ),
})

const fieldSpec = fc.record({
  path: pick(
    'spec/http/delegate/name',
    'spec/http/delegate',
    'spec/gateways',
    'spec/http/route/destination/host',
    'spec/hosts[]',
    'spec/hosts',
    'spec/selector',
    'metadata/labels',
    'spec/more',
  ),
  kind: pick('VirtualService', 'Gateway', 'VirtualService'),
})

const configuration = fc
  .record({
    nameReference: sometimes(
      fc.array(
        fc.record({
          kind: pick('VirtualService', 'Service', 'Gateway', 'ConfigMap'),
          fieldSpecs: fc.array(fieldSpec, { minLength: 1, maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      1,
    ),
    varReference: sometimes(fc.array(fieldSpec, { maxLength: 2 }), 1),
    namespace: sometimes(fc.constant([{ path: 'spec/http/delegate/namespace', kind: 'VirtualService' }]), 4),
    commonLabels: sometimes(
      fc.array(
        fc.record({
          path: pick('spec/selector', 'spec/more'),
          kind: fc.constant('Gateway'),
          create: fc.boolean(),
        }),
        { maxLength: 1 },
      ),
      4,
    ),
  })
  .map(some)

const variable = fc
  .record({
    name: fc.constant('HOST'),
    objref: fc.record({
      apiVersion: pick('v1', 'networking.istio.io/v1'),
      kind: pick('ConfigMap', 'Service', 'VirtualService'),
      name,
    }),
    fieldref: sometimes(
      fc.record({
        fieldpath: pick('data.host', 'metadata.namespace', 'metadata.name', 'spec.ports[0].port'),
      }),
    ),
  })
  .map(some)

const labelEntry = fc
  .record({
    pairs: labels,
    includeSelectors: sometimes(fc.boolean()),
    includeTemplates: sometimes(fc.boolean()),
    fields: sometimes(
      fc.array(
        fc.record({
          path: pick('spec/selector', 'spec/http/route/labels'),
          kind: pick('Gateway', 'VirtualService'),
          create: fc.boolean(),
        }),
        { maxLength: 1 },
      ),
      4,
    ),
  })
  .map(some)

const transformer = fc
  .oneof(
    fc.record({
      kind: pick('PrefixTransformer', 'SuffixTransformer'),
      prefix: fc.constant('q-'),
      suffix: fc.constant('-z'),
      fieldSpecs: fc.constant<Value>([{ path: 'metadata/name' }]),
    }),
    fc.record({ kind: fc.constant('NamespaceTransformer'), unsetOnly: fc.boolean() }),
    fc.record({
      kind: fc.constant('LabelTransformer'),
      labels,
      fieldSpecs: fc.constant<Value>([{ path: 'metadata/labels', create: true }]),
    }),
    fc.record({
      kind: fc.constant('AnnotationsTransformer'),
      annotations: labels,
      fieldSpecs: fc.constant<Value>([{ path: 'metadata/annotations', create: true }]),
    }),
  )
  .map((fields) =>
    writtenFile({
      apiVersion: 'builtin',
      kind: fields.kind,
      metadata: { name: 't', namespace: 'filled' },
      ...(fields as Record<string, Value>),
    }),
  )

const generator = fc
  .record({
    name,
    namespace: sometimes(namespace),
    behavior: sometimes(pick('merge', 'replace', 'create'), 9),
    literals: fc.constant(['host=gen.example.com']),
    options: sometimes(pick<Value>({ disableNameSuffixHash: true }, { labels: { app: 'gen' } }), 1),
  })
  .map(some)

/** What a layer may say besides what it builds upon; little at once, so that most builds succeed. */
const features = fc.record({
  namespace: sometimes(namespace, 3),
  namePrefix: sometimes(pick('p-', 'q-'), 3),
  nameSuffix: sometimes(fc.constant('-s'), 4),
  labels: sometimes(fc.array(labelEntry, { minLength: 1, maxLength: 2 }), 5),
  commonLabels: sometimes(labels, 6),
  commonAnnotations: sometimes(labels, 6),
  patches: sometimes(fc.array(patch, { minLength: 1, maxLength: 3 }), 1),
  patchesStrategicMerge: sometimes(fc.array(strategic.map(inPlace), { minLength: 1, maxLength: 1 }), 40),
  patchesJson6902: sometimes(
    fc.array(
      fc.record({
        target: target.map((each) => ({ name: 'a.*', ...each })),
        patch: fc.array(operation, { minLength: 1, maxLength: 2 }).map(inPlace),
      }),
      { minLength: 1, maxLength: 1 },
    ),
    5,
  ),
  replacements: sometimes(fc.array(replacement, { minLength: 1, maxLength: 1 }), 11),
  images: sometimes(fc.constant<Value>([{ name: 'nginx', newName: 'n', newTag: '2' }]), 8),
  replicas: sometimes(fc.constant<Value>([{ name: 'a', count: 3 }]), 60),
  vars: sometimes(fc.array(variable, { minLength: 1, maxLength: 1 }), 18),
  transformers: sometimes(fc.array(transformer, { minLength: 1, maxLength: 2 }), 8),
  configMapGenerator: sometimes(fc.array(generator, { minLength: 1, maxLength: 1 }), 12),
})

const openapi = {
  definitions: {
    'v1.VirtualService': {
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'networking.istio.io', kind: 'VirtualService', version: 'v1' },
      ],
      properties: {
        spec: {
          properties: {
            http: {
              type: 'array',
              items: { type: 'object' },
              'x-kubernetes-patch-merge-key': 'name',
              'x-kubernetes-patch-strategy': 'merge',
            },
            hosts: { type: 'array', items: { type: 'string' }, 'x-kubernetes-patch-strategy': 'merge' },
          },
        },
      },
    },
  },
}

interface LayerParts {
  readonly objects: readonly { readonly [key: string]: Value }[]
  readonly features: Readonly<Record<string, Value | undefined>>
  readonly configuration: { readonly [key: string]: Value } | undefined
  readonly schema: boolean | undefined
}

const layer = (most: number): fc.Arbitrary<LayerParts> =>
  fc.record({
    objects: fc.array(object, { minLength: most > 1 ? 1 : 0, maxLength: most }),
    features,
    configuration: sometimes(configuration, 4),
    schema: sometimes(fc.boolean(), 10),
  })

interface Place {
  readonly folder: string
  readonly upon?: readonly string[]
  readonly components?: readonly string[]
  readonly isComponent?: true
}

function filesOf(
  parts: LayerParts,
  { folder, upon = [], components = [], isComponent }: Place,
): Record<string, string> {
  const kustomization = some({
    ...(isComponent && { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' }),
    resources: [...upon, ...(parts.objects.length > 0 ? ['objects.yaml'] : [])],
    ...(components.length > 0 && { components }),
    ...(parts.configuration && { configurations: ['configuration.yaml'] }),
    ...(parts.schema && { openapi: { path: 'openapi.json' } }),
    ...parts.features,
  })
  return {
    [`${folder}/kustomization.yaml`]: writtenFile(kustomization),
    ...(parts.objects.length > 0 && {
      [`${folder}/objects.yaml`]: parts.objects.map(writtenFile).join('---\n'),
    }),
    ...(parts.configuration && { [`${folder}/configuration.yaml`]: `${written(parts.configuration)}\n` }),
    ...(parts.schema && { [`${folder}/openapi.json`]: JSON.stringify(openapi) }),
  }
}

/** A base, a component, an overlay of both, and one more overlay. */
export const overlays: fc.Arbitrary<Overlays> = fc
  .record({
    base: layer(3),
    component: sometimes(layer(1), 3),
    middle: layer(1),
    top: sometimes(layer(1), 1),
  })
  .map(({ base, component, middle, top }) => ({
    files: {
      ...filesOf(base, { folder: 'base' }),
      ...(component && filesOf(component, { folder: 'component', isComponent: true })),
      ...filesOf(middle, {
        folder: 'middle',
        upon: ['../base'],
        ...(component && { components: ['../component'] }),
      }),
      ...(top && filesOf(top, { folder: 'top', upon: ['../middle'] })),
    },
    root: top === undefined ? 'middle' : 'top',
  }))
