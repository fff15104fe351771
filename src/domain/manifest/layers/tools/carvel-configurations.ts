import { holding } from '../../../source/holding.ts'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { groupOf } from '../../kinds/deciding-groups.ts'
import { deliveredPaths } from '../delivered-paths.ts'
import type { Delivering } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, isBelow, resolvedPath } from '../paths.ts'
import { filesBelow } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn, without } from '../written.ts'

const namesItsGroups = holding('.k14s.io')

/**
 * Objects that are told to a tool and never applied: how kapp changes, orders and keeps what it applies, where kbld looks for images,
 * what vendir fetches into which folder.
 */
export function carvelConfigurations(delivering: Delivering): readonly Layer[] {
  return filesBelow('', delivering.side)
    .filter(namesItsGroups)
    .flatMap((file) => {
      const statements = (documentsIn(file) ?? []).flatMap((each) =>
        saidBy(fieldsOf(each), file.path, delivering),
      )
      return statements.length === 0 ? [] : [{ kind: 'Config', name: file.path, file, statements }]
    })
}

function saidBy(
  { apiVersion, kind, ...said }: JsonObject,
  path: string,
  delivering: Delivering,
): readonly LayerStatement[] {
  if (kind !== 'Config') return []
  const { metadata: _, ...rest } = said
  switch (groupOf(textIn(apiVersion) ?? '')) {
    case 'kapp.k14s.io':
      return [{ what: rest, reach: appliedWith(path, delivering) }]
    case 'kbld.k14s.io': {
      const { searchRules } = said
      return searchRules === undefined
        ? []
        : [{ what: { searchRules }, reach: appliedWith(path, delivering) }]
    }
    case 'vendir.k14s.io':
      return listIn(said['directories']).flatMap((each) =>
        fetchedInto(fieldsOf(each), folderOf(path), delivering),
      )
    default:
      return []
  }
}

/** What an App of kapp applies together with a file, else what lies in its folder. */
function appliedWith(path: string, { objects, hereOf, reach }: Delivering): readonly string[] {
  const folders = objects
    .filter(({ kind }) => kind === 'App')
    .map((object) => deliveredPaths(hereOf(object)))
    .flatMap((paths) => (paths === 'mesh' ? [''] : paths))
    .filter((folder) => isBelow(path, folder))
  return [...new Set([folderOf(path), ...folders].flatMap((folder) => reach.below(folder)))]
}

/** Whatever lies in a folder is replaced by what is fetched, be it of the next version. */
function fetchedInto(
  directory: JsonObject,
  folder: string,
  { reach }: Delivering,
): readonly LayerStatement[] {
  const path = resolvedPath(folder, textIn(directory['path']) ?? '')
  if (path === undefined) return []
  return listIn(directory['contents']).flatMap((each) => {
    const inner = resolvedPath(path, textIn(fieldsOf(each)['path']) ?? '')
    return inner === undefined ? [] : [{ what: versionless(each), reach: reach.below(inner) }]
  })
}

function versionless(content: JsonValue): JsonValue {
  if (!isObject(content)) return content
  return without(content, (field) =>
    ['ref', 'refSelection', 'tag', 'version', 'image', 'url'].includes(field),
  )
}
