import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { fieldsOf, listIn, textIn } from './written.ts'

/** What a value has to look like to be what charts usually mean by its name: under such a name anything else may be written. */
type Shape = (value: JsonValue) => boolean

const scalar: Shape = (value) => typeof value !== 'object' || value === null
const every = (value: JsonValue, shape: Shape): boolean =>
  isObject(value) && Object.values(value).every((each = null) => shape(each))
const scalars: Shape = (value) => {
  if (Array.isArray(value)) return value.every((each: JsonValue) => scalar(each))
  return scalar(value) || every(value, scalar)
}
const listed =
  (item: Shape): Shape =>
  (value) =>
    value === null || (Array.isArray(value) && value.every((each: JsonValue) => item(each)))
const having =
  (...fields: readonly string[]): Shape =>
  (value) =>
    value === null || (isObject(value) && Object.keys(value).every((field) => fields.includes(field)))
const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value))

const imageFields = having(
  ...['registry', 'repository', 'name', 'tag', 'digest', 'hub', 'version'],
  ...['pullPolicy', 'imagePullPolicy', 'pullSecrets', 'imagePullSecrets', 'debug'],
)
const image = either(scalar, (value) => imageFields(value) && every(value, scalars))
/** Among names of one's own only what surely is an image. */
const named = either(
  (value) => typeof value === 'string' && /[/:]/.test(value),
  (value) => isObject(value) && image(value),
)
const images = either(image, listed(image), (value) => every(value, named))
const quantities = having('cpu', 'memory', 'ephemeral-storage', 'storage', 'nvidia.com/gpu')
const resources = (value: JsonValue) =>
  value === null ||
  (isObject(value) &&
    Object.entries(value).every(([field, each = null]) =>
      field === 'claims' ? Array.isArray(each) : ['limits', 'requests'].includes(field) && quantities(each),
    ))
/** Variables of a process; `env: prod` may be a part of any host. */
const variables = either(
  listed(having('name', 'value', 'valueFrom')),
  (value) =>
    every(value, scalar) && Object.keys(fieldsOf(value)).every((name) => /^[A-Z][A-Z0-9_]*$/.test(name)),
)
const probe = having(
  ...['enabled', 'httpGet', 'exec', 'tcpSocket', 'grpc', 'path', 'port', 'terminationGracePeriodSeconds'],
  ...['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'],
)

/** Values of charts that choose what runs, how often and with what means, and not where requests go, each by its usual shape. */
const silent: Readonly<Record<string, Shape>> = {
  image,
  images,
  imageTag: scalar,
  tag: scalar,
  newTag: scalar,
  digest: scalar,
  appVersion: scalar,
  replicas: scalar,
  replicaCount: scalar,
  resources,
  env: variables,
  extraEnv: variables,
  autoscaling: (value) =>
    isObject(value) &&
    Object.keys(value).every((field) =>
      /^(?:enabled|(?:min|max)Replicas|target\w*|behavior|metrics)$/.test(field),
    ),
  nodeSelector: scalars,
  tolerations: listed(having('key', 'operator', 'value', 'effect', 'tolerationSeconds')),
  affinity: having('nodeAffinity', 'podAffinity', 'podAntiAffinity'),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  probes: having('liveness', 'readiness', 'startup'),
  podDisruptionBudget: having('enabled', 'minAvailable', 'maxUnavailable', 'unhealthyPodEvictionPolicy'),
  persistence: (value) => every(value, scalars),
}

/** Annotations of pods by which Istio, or whoever injects it, decides. */
const decidingAnnotation = /(?:^|[./])istio(?:\.io)?\/|inject/

/** Labels that charts give to everything, with the version of the chart or the program. */
const versionLabel = /^(?:helm\.sh\/chart|app\.kubernetes\.io\/version)$/

/** Which image runs, and how often. */
const running = /^(?:image|images|imageTag|tag|newTag|digest|appVersion|replicas|replicaCount)$/

/** Whether a value chooses what runs or how often, whoever reads it. */
function isRunning(field: string): boolean {
  return running.test(field)
}

/** Values that a template of the mesh surely reads, without those that look like what their names say. */
export function withoutRunning(values: JsonValue): JsonValue {
  if (Array.isArray(values)) return values.map((each: JsonValue) => withoutRunning(each))
  if (!isObject(values)) return values
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, inner = null]) => {
      if (!isRunning(field)) return [[field, withoutRunning(inner)]]
      return Object.entries(fieldsOf(weightyValues({ [field]: inner })))
    }),
  )
}

/** Values of a chart without those that concern no request; a text of YAML as what it says. */
export function weightyValues(values: JsonValue): JsonValue {
  if (Array.isArray(values)) return values.map((each: JsonValue) => weightyValues(each))
  return isObject(values) ? weightyFields(values) : values
}

function weightyFields(values: JsonObject): JsonObject {
  const kept = Object.entries(values).flatMap(
    ([field, inner = null]): readonly (readonly [string, JsonValue])[] => {
      const left = weightyValue(field, inner)
      return left === undefined ? [] : [[field, left]]
    },
  )
  return Object.fromEntries(kept)
}

function weightyValue(field: string, value: JsonValue): JsonValue | undefined {
  if (field === 'podAnnotations') return deciding(value, (key) => decidingAnnotation.test(key))
  if (field === 'podLabels') return deciding(value, (key) => !versionLabel.test(key))
  const shape = Object.hasOwn(silent, field) ? silent[field] : undefined
  return shape?.(value) === true ? undefined : weightyValues(value)
}

/** Of labels or annotations those that decide; nothing where there are none, and what is no mapping as it is. */
function deciding(value: JsonValue, decides: (key: string) => boolean): JsonValue | undefined {
  if (!isObject(value)) return value === null ? undefined : value
  const kept = Object.entries(value).filter(([key]) => decides(key))
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** Helm parameters, each `{name, value}`: silent where the values that they set are. */
export function weightyParameters(parameters: JsonValue | undefined): readonly JsonValue[] {
  return listIn(parameters).filter((each) => {
    const { name, value = null } = fieldsOf(each)
    const steps = (textIn(name) ?? '').split(/\.|\[\d+\]\.?/).filter((step) => step !== '')
    const set = steps.reduceRight<JsonValue>((inner, step) => ({ [step]: inner }), value)
    return hasLeaves(weightyValues(set))
  })
}

function hasLeaves(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some((each: JsonValue) => hasLeaves(each))
  return isObject(value) ? Object.values(value).some((each = null) => hasLeaves(each)) : true
}
