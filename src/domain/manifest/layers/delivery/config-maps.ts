import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import type { SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'

/** A ConfigMap, or a Secret: what is encrypted in one is not known. */
export interface ConfigMap {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly namespace: string | undefined
  readonly data: JsonObject
  readonly file: SourceFile
}

/** What an object holds, if it is a ConfigMap or a Secret. */
export function configMapOf(value: JsonValue, file: SourceFile): ConfigMap | undefined {
  const { kind, metadata, data, stringData } = fieldsOf(value)
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined
  const { name, namespace } = fieldsOf(metadata)
  return {
    kind,
    name: textIn(name) ?? '',
    namespace: textIn(namespace),
    data: { ...fieldsOf(data), ...fieldsOf(stringData) },
    file,
  }
}

/** Those that are written in a file. */
export const configMapsIn = memoized((file: SourceFile): readonly ConfigMap[] => {
  if (!/ConfigMap|Secret/.test(file.text)) return []
  return (documentsIn(file) ?? []).flatMap((document) => configMapOf(document, file) ?? [])
})

/** Those of this kind and name, in whatever namespace: what is delivered with the object that names them, else what is written. */
export function configMapsFor(
  { kind, name }: Pick<ConfigMap, 'kind' | 'name'>,
  { configMaps = [] }: Pick<DeliveryObject, 'configMaps'>,
  side: SideFiles,
): readonly ConfigMap[] {
  const delivered = configMaps.filter((each) => each.kind === kind && each.name === name)
  return delivered.length > 0 ? delivered : (writtenIn(side).get(`${kind} ${name}`) ?? [])
}

const writtenIn = memoized(({ files }: SideFiles) =>
  Map.groupBy([...files.values()].flatMap(configMapsIn), ({ kind, name }) => `${kind} ${name}`),
)
