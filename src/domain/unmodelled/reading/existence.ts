import { canonicalJson, type JsonValue } from '../../manifest/json.ts'
import { at, filtered } from '../../manifest/json-fields.ts'
import { isServedInGroup, versionOf } from '../../manifest/kinds/api-versions.ts'
import type { Subject } from '../reach.ts'

/** Labels and annotations by which an object takes effect elsewhere, later, or not at all. The order of a sync is none. */
const controls =
  /(?:^|\.)istio\.io\/|(?:^|\.)alibabacloud\.com\/|^kubernetes\.io\/ingress\.class$|argoproj\.io\/(?!sync-wave$)|fluxcd\.io\/|^helm\.sh\/(?:hook|resource-policy)|^config\.kubernetes\.io\//

/** Whether and where an object takes effect, as far as its metadata says so. */
function existenceOf(subject: Subject): JsonValue {
  const { apiVersion, labels, annotations, body, refused } = subject
  return {
    labels: filtered(labels, controls),
    annotations: filtered(annotations, controls),
    owners: at(body, 'metadata', 'ownerReferences') ?? null,
    ...(refused && { refused }),
    ...(!isServedInGroup(apiVersion) && { version: versionOf(apiVersion) }),
  }
}

/** The same as a text: equal for objects that take effect alike. */
export function existenceKey(subject: Subject): string {
  return canonicalJson(existenceOf(subject))
}
