import { canonicalJson, isObject, type JsonValue } from '../../../manifest/json.ts'
import { at, labelsOf, textOf, textsOf } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'

/** Containers that are put into the pods of others. */
function injected({ body }: Subject): JsonValue | undefined {
  const { updateStrategy: _, ...said } = isObject(body['spec']) ? body['spec'] : {}
  return JSON.parse(canonicalJson(said).replace(/("image":"[^"@]*?)(?::[^"/:]*)?(?:@[^"]*)?"/g, '$1"'))
}

function injectedInto({ body }: Subject): readonly Target[] {
  const spec = at(body, 'spec')
  const labels = labelsOf(at(spec, 'selector', 'matchLabels'))
  const namespaces = [textOf(at(spec, 'namespace')) ?? [], ...textsOf(at(spec, 'namespaces'))].flat()
  if (Object.keys(labels).length === 0)
    return namespaces.length === 0
      ? [{ kind: 'everybody' }]
      : namespaces.map((namespace) => ({ kind: 'residents', namespace }))
  return namespaces.length === 0
    ? [{ kind: 'pods', labels, among: 'all' }]
    : namespaces.map((namespace) => ({ kind: 'pods', labels, among: { namespace } }))
}

/** Containers that OpenKruise puts into pods of others. */
export const sidecarSets: readonly KindEntry[] = [
  {
    group: 'apps.kruise.io',
    kinds: ['SidecarSet'],
    decides: injected,
    reach: injectedInto,
    partial: true,
    quiet: true,
  },
]
