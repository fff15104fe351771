import { memoized } from '../../../source/memoized.ts'
import type { JsonObject } from '../../json.ts'
import type { SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'

/** What a ConfigMap holds, and where it is written. */
export interface WrittenConfigMap {
  readonly name: string
  readonly data: JsonObject
  readonly path: string
}

/** The ConfigMaps of this name, in whatever namespace. */
export function configMapsNamed(name: string, side: SideFiles): readonly WrittenConfigMap[] {
  return configMapsIn(side).get(name) ?? []
}

const configMapsIn = memoized(({ files }: SideFiles): ReadonlyMap<string, readonly WrittenConfigMap[]> => {
  const found = [...files.values()]
    .filter(({ text }) => text.includes('ConfigMap'))
    .flatMap((file) => (documentsIn(file) ?? []).map((document) => ({ object: fieldsOf(document), file })))
    .filter(({ object }) => object['kind'] === 'ConfigMap')
    .map(({ object, file }) => ({
      name: textIn(fieldsOf(object['metadata'])['name']) ?? '',
      data: fieldsOf(object['data']),
      path: file.path,
    }))
  return Map.groupBy(found, ({ name }) => name)
})
