import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { documentsIn, fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Folders } from '../folders.ts'

/** A ConfigMap, or a Secret of which Git shows the names of its values alone. */
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

/** All that are written in files, by kind and name. */
export const writtenConfigMaps = memoized(({ all }: Folders) => Map.groupBy(all.flatMap(configMapsIn), keyOf))

function keyOf({ kind, name }: ConfigMap): string {
  return `${kind} ${name}`
}

function configMapsIn(file: SourceFile): readonly ConfigMap[] {
  if (!/ConfigMap|Secret/.test(file.text)) return []
  return (documentsIn(file) ?? []).flatMap((document) => configMapOf(document, file) ?? [])
}
