import { canonicalJson, isObject } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import { resolveHost } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Labels } from '../reach.ts'
import { existenceKey } from './existence.ts'

/** What a DestinationRule defines, and for whom. */
export interface DestinationRule {
  readonly resource: UnmodelledResource
  readonly namespace: string | undefined
  /** In full, in lower case. */
  readonly host: string
  /** Namespaces that see it, or `*`. */
  readonly exportTo: readonly string[]
  /** The same as it is written. */
  readonly written: readonly string[]
  /** Only the pods of its own namespace that have these labels take it; all others find no rule in its stead. */
  readonly selector?: Labels
  /** By its name, which pods of the service a subset selects. */
  readonly subsets: ReadonlyMap<string, Subset>
}

/** Some pods of a service. */
interface Subset {
  readonly labels: Labels
  /** Equal for subsets of the same labels in rules that take effect alike. */
  readonly key: string
}

/** Whether an object is a DestinationRule of Istio's. */
export function isDestinationRule({ kind, apiVersion }: UnmodelledResource): boolean {
  return kind === 'DestinationRule' && apiVersion.startsWith('networking.istio.io/')
}

/** What is read of one. */
export function destinationRuleOf(resource: UnmodelledResource, clusterDomain: string): DestinationRule {
  const { body, namespace } = resource
  const exports = exportsOf(resource)
  const existence = existenceKey(resource)
  return {
    resource,
    namespace,
    host: resolveHost(textOf(at(body, 'spec', 'host')) ?? '', namespace, clusterDomain).toLowerCase(),
    exportTo:
      exports.length === 0 ? ['*'] : exports.map((each) => (each === '.' ? (namespace ?? '?') : each)),
    written: exports,
    ...(hasSelector(resource) && { selector: labelsOf(at(body, 'spec', 'workloadSelector', 'matchLabels')) }),
    subsets: new Map(
      // Of several of one name the first one lives (Istio `getSubSetLabels`).
      objectsOf(at(body, 'spec', 'subsets'))
        .toReversed()
        .map((each) => {
          const labels = labelsOf(each['labels'])
          return [textOf(each['name']) ?? '', { labels, key: canonicalJson([labels, existence]) }]
        }),
    ),
  }
}

/** As it is written; one with a selector is seen in its own namespace alone, whatever it says (Istio `SetDestinationRules`). */
export function exportsOf(rule: Pick<UnmodelledResource, 'body'>): readonly string[] {
  return hasSelector(rule) ? ['.'] : textsOf(at(rule.body, 'spec', 'exportTo'))
}

function hasSelector({ body }: Pick<UnmodelledResource, 'body'>): boolean {
  return isObject(at(body, 'spec', 'workloadSelector'))
}

/** Whether clients of its own namespace alone see it. */
export function isPrivate({ exportTo, namespace }: DestinationRule): boolean {
  return exportTo.length > 0 && exportTo.every((each) => each === (namespace ?? '?'))
}
