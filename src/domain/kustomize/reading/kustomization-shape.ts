import type { Fields, Shape } from './shape.ts'

const texts = { texts: 'text' } as const
const list = (shape: Shape): Shape => ({ list: shape })
const fields = (shapes: Readonly<Record<string, Shape>>): Fields => ({ fields: shapes })

const gvk = { group: 'text', version: 'text', kind: 'text' } as const
const id = { ...gvk, name: 'text', namespace: 'text' } as const

/** What a patch or a replacement acts on. */
export const selectorShape = fields({ ...id, labelSelector: 'text', annotationSelector: 'text' })

/** Where in which objects something is done. */
export const fieldSpecShape = fields({ ...gvk, path: 'text', create: 'flag' })

/** An entry of `patches` and `patchesJson6902`. */
export const patchShape = fields({
  path: 'text',
  patch: 'text',
  target: selectorShape,
  options: fields({ allowNameChange: 'flag', allowKindChange: 'flag' }),
})

const fieldOptions = fields({ delimiter: 'text', index: 'whole', encoding: 'text', create: 'flag' })

const replacement = {
  source: fields({ ...id, fieldPath: 'text', options: fieldOptions }),
  targets: list(
    fields({
      select: selectorShape,
      reject: list(selectorShape),
      fieldPaths: list('text'),
      options: fieldOptions,
    }),
  ),
  sourceValue: 'text',
} as const

/** One replacement, as a file of its own holds it: other fields are passed over there. */
export const replacementShape: Fields = { fields: replacement, open: true }

const generatorOptions = fields({
  labels: texts,
  annotations: texts,
  disableNameSuffixHash: 'flag',
  immutable: 'flag',
})

/** An entry of `configMapGenerator`. */
export const configMapArguments = {
  namespace: 'text',
  name: 'text',
  behavior: 'text',
  literals: list('text'),
  files: list('text'),
  envs: list('text'),
  env: 'text',
  options: generatorOptions,
} as const

/** An entry of `images`. */
export const imageShape = fields({
  name: 'text',
  newName: 'text',
  tagSuffix: 'text',
  newTag: 'text',
  digest: 'text',
})

/** An entry of `replicas`. */
export const replicaShape = fields({ name: 'text', count: 'whole' })

const metadata = fields({ name: 'text', namespace: 'text', labels: texts, annotations: texts })

const helmGlobals = { chartHome: 'text', configHome: 'text' } as const
const helmChart = {
  name: 'text',
  version: 'text',
  repo: 'text',
  releaseName: 'text',
  namespace: 'text',
  additionalValuesFiles: list('text'),
  valuesFile: 'text',
  valuesInline: 'anything',
  valuesMerge: 'text',
  includeCRDs: 'flag',
  skipHooks: 'flag',
  apiVersions: list('text'),
  kubeVersion: 'text',
  nameTemplate: 'text',
  skipTests: 'flag',
  debug: 'flag',
  devel: 'flag',
} as const

const labels = list(
  fields({ pairs: texts, includeSelectors: 'flag', includeTemplates: 'flag', fields: list(fieldSpecShape) }),
)

const variables = list(
  fields({
    name: 'text',
    objref: fields({ apiVersion: 'text', ...id }),
    fieldref: fields({ fieldPath: 'text' }),
  }),
)

const sortOptions = fields({
  order: 'text',
  legacySortOptions: fields({ orderFirst: list('text'), orderLast: list('text') }),
})

const whatIsBuilt = {
  resources: list('text'),
  bases: list('text'),
  components: list('text'),
  crds: list('text'),
  configMapGenerator: list(fields(configMapArguments)),
  secretGenerator: list(fields({ ...configMapArguments, type: 'text' })),
  generatorOptions,
  helmGlobals: fields(helmGlobals),
  helmCharts: list(fields(helmChart)),
  helmChartInflationGenerator: list('anything'),
  generators: list('text'),
} as const

const whatIsDone = {
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: texts,
  labels,
  commonAnnotations: texts,
  patchesStrategicMerge: list('text'),
  patchesJson6902: list(patchShape),
  patches: list(patchShape),
  images: list(imageShape),
  imageTags: list(imageShape),
  replacements: list(fields({ ...replacement, path: 'text' })),
  replicas: list(replicaShape),
  vars: variables,
  sortOptions,
  configurations: list('text'),
  transformers: list('text'),
  validators: list('text'),
  buildMetadata: list('text'),
} as const

/** All that a `kustomization.yaml` of Kustomize 5.8.1 may say. */
export const kustomizationShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  openapi: texts,
  ...whatIsBuilt,
  ...whatIsDone,
})
