import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { fieldsOf, listIn, textIn, textsIn } from '../written.ts'

/**
 * What keeps an object that delivers from having a cluster get what is merged, each thing by itself: where it begins to, whoever has
 * something in it has to know; where it ends, a cluster gets what all have agreed to.
 */
export function holdsBack({ kind, spec, annotations }: DeliveryObject): readonly JsonObject[] {
  if (kind === 'Application') return ofApplication(spec, annotations)
  if (kind === 'ApplicationSet') return ofApplicationSet(spec)
  const isPaused = Object.entries(annotations).some(
    ([key, value]) => key.endsWith('toolkit.fluxcd.io/reconcile') && value === 'disabled',
  )
  return [
    ...(spec['suspend'] === true || isPaused ? [{ holds: 'all' }] : []),
    ...(kind === 'Kustomization' && spec['prune'] !== true ? [{ holds: 'what is removed' }] : []),
  ]
}

/** Fields and annotations of which all is said there; an Application has more of them in its `syncPolicy`. */
export const heldFields: ReadonlySet<string> = new Set(['suspend', 'prune', 'ignoreDifferences'])
export const heldAnnotation =
  /argocd\.argoproj\.io\/(?:skip-reconcile|sync-wave)$|toolkit\.fluxcd\.io\/reconcile$/

/** How objects are written, when, and after what, is nobody's concern. */
const harmlessOption =
  /^(?:CreateNamespace|ServerSideApply|ClientSideApplyMigration|ApplyOutOfSyncOnly|PruneLast|PrunePropagationPolicy|Validate|SkipDryRunOnMissingResource|RespectIgnoreDifferences)=/

/** The options by which Argo CD writes otherwise what it delivers, as far as that concerns anybody. */
export function optionsOfSync(policy: JsonValue | undefined): readonly string[] {
  return textsIn(fieldsOf(policy)['syncOptions']).filter((option) => !harmlessOption.test(option))
}

function ofApplication(spec: JsonObject, annotations: JsonObject): readonly JsonObject[] {
  const policy = fieldsOf(spec['syncPolicy'])
  const { automated } = policy
  const isAutomated = isObject(automated) && automated['enabled'] !== false
  const ignored = listIn(spec['ignoreDifferences']).filter(concernsRequests)
  const isRespected = textsIn(policy['syncOptions']).includes('RespectIgnoreDifferences=true')
  return [
    ...(isAutomated ? [] : [{ holds: 'until it is synced' }]),
    ...(isAutomated && automated['prune'] !== true ? [{ holds: 'what is removed' }] : []),
    ...(annotations['argocd.argoproj.io/skip-reconcile'] === 'true' ? [{ holds: 'all' }] : []),
    ...ignored.map((each) => ({ ignores: each })),
    ...(isRespected ? ignored.map((each) => ({ leaves: each })) : []),
  ]
}

/** What a cluster itself fills in: how many run, and with which means; who signs for a webhook; what is only told. */
const filledIn =
  /replicas|caBundle|status|resources|annotations|targetGroup|clusterIPs?$|nodePort|metadata\/generation/

function concernsRequests(ignored: JsonValue): boolean {
  const { jsonPointers, jqPathExpressions, managedFieldsManagers } = fieldsOf(ignored)
  const paths = [...textsIn(jsonPointers), ...textsIn(jqPathExpressions)]
  return managedFieldsManagers !== undefined || !paths.every((path) => filledIn.test(path))
}

function ofApplicationSet(spec: JsonObject): readonly JsonObject[] {
  const { metadata, spec: made } = fieldsOf(spec['template'])
  const how = textIn(fieldsOf(spec['syncPolicy'])['applicationsSync'])
  return [
    ...ofApplication(fieldsOf(made), fieldsOf(fieldsOf(metadata)['annotations'])),
    ...(how === undefined || how === 'sync' ? [] : [{ holds: how }]),
    ...listIn(spec['ignoreApplicationDifferences']).map((each) => ({ ignores: each })),
  ]
}
