import { versionOf } from '../manifest/api-versions.ts'
import { groupOf } from '../manifest/deciding-groups.ts'
import { canonicalJson, type JsonValue } from '../manifest/json.ts'
import { ownValue } from '../source/own-value.ts'
import type { Subject } from './reach.ts'
import { at, filtered } from './written.ts'

/** Labels and annotations by which an object takes effect elsewhere, later, or not at all. The order of a sync is none. */
const controls =
  /(?:^|\.)istio\.io\/|(?:^|\.)alibabacloud\.com\/|^kubernetes\.io\/ingress\.class$|argoproj\.io\/(?!sync-wave$)|fluxcd\.io\/|^helm\.sh\/(?:hook|resource-policy)|^config\.kubernetes\.io\//

/** The versions that clusters serve or have served; of an object in any other a cluster knows nothing. */
const served: Readonly<Record<string, readonly string[]>> = {
  '': ['v1'],
  apps: ['v1', 'v1beta2', 'v1beta1'],
  batch: ['v1', 'v1beta1'],
  'discovery.k8s.io': ['v1', 'v1beta1'],
  'networking.k8s.io': ['v1', 'v1beta1'],
  'apiextensions.k8s.io': ['v1', 'v1beta1'],
  'apiregistration.k8s.io': ['v1', 'v1beta1'],
  'admissionregistration.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'argoproj.io': ['v1alpha1'],
  'flagger.app': ['v1beta1', 'v1alpha3'],
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
  'telemetry.istio.io': ['v1', 'v1alpha1'],
  'extensions.istio.io': ['v1alpha1'],
  'gateway.networking.k8s.io': ['v1', 'v1beta1', 'v1alpha2', 'v1alpha3'],
}

/** Whether and where an object takes effect, as far as its metadata says so. */
function existenceOf(subject: Subject): JsonValue {
  const { apiVersion, labels, annotations, body, refused } = subject
  const versions = ownValue(served, groupOf(apiVersion))
  const version = versionOf(apiVersion)
  return {
    labels: filtered(labels, controls),
    annotations: filtered(annotations, controls),
    owners: at(body, 'metadata', 'ownerReferences') ?? null,
    ...(refused && { refused }),
    ...(versions !== undefined && !versions.includes(version) && { version }),
  }
}

/** The same as a text: equal for objects that take effect alike. */
export function existenceKey(subject: Subject): string {
  return canonicalJson(existenceOf(subject))
}
