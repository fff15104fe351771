import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { jsonOf } from '../../yaml-json.ts'
import { type DeliveryObject, isSourceKind } from '../delivery-objects.ts'
import { actedOn } from '../metadata-words.ts'
import { weightyParameters, weightyValues } from '../silent-values.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'
import { heldAnnotation, heldFields, optionsOfSync } from './holding-back.ts'

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
export function deliverySays({ kind, spec, annotations, node }: DeliveryObject): JsonObject {
  const { operation } = fieldsOf(jsonOf(node))
  return {
    kind,
    spec: specSays(kind, withoutFields(spec, silentOf(kind))),
    annotations: asked(annotations),
    // Argo CD does at once what it is told here, whatever the rest says: another source, or objects of its own.
    ...(operation !== undefined && { operation }),
  }
}

/** A source whose commits have to be signed gives nothing new where they are not. */
function silentOf(kind: DeliveryObject['kind']): ReadonlySet<string> {
  return (isSourceKind(kind) ? timing.difference(new Set(['verify'])) : timing).union(heldFields)
}

function specSays(kind: DeliveryObject['kind'], spec: JsonObject): JsonObject {
  if (kind === 'HelmRelease') return helmReleaseSays(spec)
  if (kind === 'RootSync' || kind === 'RepoSync') return syncSays(spec)
  if (kind === 'ApplicationSet') return setSays(spec)
  return kind === 'Application' ? applicationSays(spec) : spec
}

/** How much the reconciler of Config Sync may use, and what it logs. */
const ofReconciler = new Set([
  'resources',
  'logLevels',
  'statusMode',
  'reconcileTimeout',
  'apiServerTimeout',
  'gitSyncDepth',
])

function syncSays({ override, ...spec }: JsonObject): JsonObject {
  const said = withoutFields(fieldsOf(override), ofReconciler)
  return Object.keys(said).length === 0 ? spec : { ...spec, override: said }
}

function withoutFields(object: JsonObject, fields: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.has(field)))
}

/** Requests to look again are no statements, nor is what image updaters are told. */
function asked(annotations: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(actedOn(annotations)).filter(
      ([key]) =>
        !(
          /image-updater|notifications|\/refresh$|requestedAt$|last-applied|\/hydrate$/.test(key) ||
          heldAnnotation.test(key)
        ),
    ),
  )
}

/** What an Application, or one that an ApplicationSet makes, says of its sources, and of how they are delivered. */
function applicationSays({ source, sources, syncPolicy, ...spec }: JsonObject): JsonObject {
  const options = optionsOfSync(syncPolicy)
  return {
    ...spec,
    ...(options.length > 0 && { syncOptions: [...options] }),
    ...(source !== undefined && { source: sourceSays(source) }),
    ...(sources !== undefined && { sources: listIn(sources).map(sourceSays) }),
  }
}

/** Labels of Applications choose which of them goes first, and nothing else. */
function setSays({
  template,
  syncPolicy: _,
  ignoreApplicationDifferences: __,
  ...spec
}: JsonObject): JsonObject {
  const { spec: made, metadata, ...rest } = fieldsOf(template)
  const { labels, annotations, ...named } = fieldsOf(metadata)
  const acting = asked(fieldsOf(annotations))
  return {
    ...spec,
    ...(template !== undefined && {
      template: {
        ...rest,
        metadata: {
          ...named,
          ...(spec['strategy'] !== undefined && labels !== undefined && { labels }),
          ...(Object.keys(acting).length > 0 && { annotations: acting }),
        },
        spec: isObject(made) ? applicationSays(withoutFields(made, silentOf('Application'))) : (made ?? null),
      },
    }),
  }
}

/** What an Application, or `.argocd-source.yaml`, says of one source, without the images and replicas of Kustomize and Helm. */
export function sourceSays(source: JsonValue): JsonValue {
  if (!isObject(source)) return source
  const { kustomize, helm, targetRevision, ...rest } = source
  const { images: _, replicas: __, ...built } = fieldsOf(kustomize)
  return {
    ...rest,
    // The version of a chart from elsewhere; one of this repository is in Git.
    ...(targetRevision !== undefined && rest['chart'] === undefined && { targetRevision }),
    ...(kustomize !== undefined && { kustomize: isObject(kustomize) ? built : kustomize }),
    ...(helm !== undefined && { helm: isObject(helm) ? helmSays(helm) : helm }),
  }
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

function helmReleaseSays({ values, chart, ...rest }: JsonObject): JsonObject {
  const { version, reconcileStrategy, ...named } = fieldsOf(fieldsOf(chart)['spec'])
  return { ...rest, chart: named, values: weightyValues(values ?? null) }
}
