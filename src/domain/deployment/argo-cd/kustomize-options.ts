import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { fieldsOf, listIn, textIn, textsIn } from '../../manifest/layers/written.ts'

/** Options of which nothing is set count as absent. */
export function isZero(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value)) return Object.values(value).every(isZero)
  return value === undefined || value === null || value === '' || value === false || value === 0
}

/** What `kustomize edit` writes for Argo CD: prefix, suffix and namespace are set, the rest is added. */
export function kustomizeOptions(options: JsonObject): JsonObject {
  const { namespace, namePrefix, nameSuffix, commonLabels, commonAnnotations } = options
  const isOnlyMetadata = options['labelWithoutSelector'] === true
  const pairs = isZero(commonLabels) ? undefined : commonLabels
  const labels = [{ pairs: pairs ?? {}, includeTemplates: options['labelIncludeTemplates'] === true }]
  const added = {
    patches: listIn(options['patches']),
    components: listIn(options['components']),
    images: textsIn(options['images']).map(imageOf),
    replicas: listIn(options['replicas']).map(replicasOf),
  }
  return {
    ...(!isZero(namespace) && { namespace }),
    ...(!isZero(namePrefix) && { namePrefix }),
    ...(!isZero(nameSuffix) && { nameSuffix }),
    ...Object.fromEntries(Object.entries(added).filter(([, items]) => items.length > 0)),
    ...(pairs !== undefined && (isOnlyMetadata ? { labels } : { commonLabels: pairs })),
    ...(!isZero(commonAnnotations) && { commonAnnotations }),
  }
}

/** `name`, `name:tag`, `name@digest`, each perhaps after `old=`. */
function imageOf(written: string): JsonObject {
  const [, old, name = '', tag, digest] =
    /^(?:([^=]+)=)?(.*?)(?::([^:/@]+))?(?:@([^@]+))?$/.exec(written) ?? []
  return {
    name: old ?? name,
    ...(old !== undefined && { newName: name }),
    ...(tag !== undefined && { newTag: tag }),
    ...(digest !== undefined && { digest }),
  }
}

/** A count may be written as a text. */
function replicasOf(written: JsonValue): JsonObject {
  const { name = null, count = null } = fieldsOf(written)
  const text = textIn(count)
  return { name, count: text !== undefined && /^\d+$/.test(text) ? Number(text) : count }
}
