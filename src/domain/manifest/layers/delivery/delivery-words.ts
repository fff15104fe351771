import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { actedOn } from '../metadata-words.ts'
import { weightyParameters, weightyValues } from '../silent-values.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

/** What says when something is done, how often it is tried, or what people read of it. */
const timing = new Set([
  'info',
  'revisionHistoryLimit',
  'interval',
  'retryInterval',
  'timeout',
  'healthChecks',
  'healthCheckExprs',
  'wait',
  'description',
  'maxHistory',
  'test',
  'verify',
  'images',
  'postBuild',
])

/** What an object of Argo CD or Flux says, without what concerns no request; postBuild variables have statements of their own. */
export function deliverySays({ kind, spec, annotations }: DeliveryObject): JsonObject {
  const { syncPolicy, ...said } = withoutFields(spec, timing)
  const policy = withoutFields(fieldsOf(syncPolicy), new Set(['retry', 'managedNamespaceMetadata']))
  const timeless = { ...said, ...(Object.keys(policy).length > 0 && { syncPolicy: policy }) }
  return {
    kind,
    spec: kind === 'HelmRelease' ? helmReleaseSays(timeless) : withoutImages(timeless),
    annotations: asked(annotations),
  }
}

function withoutFields(object: JsonObject, fields: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.has(field)))
}

/** Requests to look again are no statements, nor is what image updaters are told. */
function asked(annotations: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(actedOn(annotations)).filter(
      ([key]) => !/image-updater|notifications|\/refresh$|requestedAt$|last-applied|\/hydrate$/.test(key),
    ),
  )
}

/** What `.argocd-source.yaml` and Applications say under `kustomize` and `helm`, whatever the depth. */
export function withoutImages(said: JsonValue): JsonValue {
  if (Array.isArray(said)) return said.map((each: JsonValue) => withoutImages(each))
  if (!isObject(said)) return said
  const fields = Object.entries(said).flatMap(([field, value]): readonly (readonly [string, JsonValue])[] => {
    if (field === 'helm') return [[field, helmSays(fieldsOf(value))]]
    // The version of a chart from elsewhere; one of this repository is in Git.
    if (field === 'targetRevision' && said['chart'] !== undefined) return []
    if (field === 'images' || field === 'replicas') return []
    return [[field, withoutImages(value ?? null)]]
  })
  return Object.fromEntries(fields)
}

function helmSays({ values, valuesObject, parameters, fileParameters, ...rest }: JsonObject): JsonValue {
  const written = textIn(values)
  const read = written === undefined ? null : (documentsIn({ path: '', text: written }) ?? written)
  return {
    ...rest,
    values: weightyValues([...listIn(read), ...listIn(valuesObject)]),
    parameters: [...weightyParameters(parameters), ...listIn(fileParameters)],
  }
}

function helmReleaseSays({ values, chart, ...rest }: JsonObject): JsonValue {
  const { version, reconcileStrategy, ...named } = fieldsOf(fieldsOf(chart)['spec'])
  return { ...rest, chart: named, values: weightyValues(values ?? null) }
}
