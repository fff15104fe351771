import type { SourceFile } from '../../../source/source-file.ts'
import { isObject, type JsonValue } from '../../json.ts'
import { deliveredPaths, joinedPaths, literalFolder } from '../delivered-paths.ts'
import { foldersNamed } from '../delivery/delivery-layers.ts'
import { deliveriesIn } from '../delivery-objects.ts'
import type { LayerStatement } from '../layer-statement.ts'
import type { Reach } from '../reach.ts'
import type { SideFiles } from '../side-files.ts'
import { textsIn } from '../written.ts'
import { chartOfTemplate } from './chart-family.ts'

/** The templates of charts that give what delivers: an Application of Applications, or HelmReleases, and where each leads. */
export function delivering(side: SideFiles, reach: Reach): NonNullable<SideFiles['leads']> {
  const templates = [...side.files.values()].filter(
    (file) => chartOfTemplate(file.path, side) !== undefined && pathsIn(file) !== undefined,
  )
  return new Map(
    templates.map((file) => {
      const paths = pathsIn(file)
      const lead =
        paths === 'mesh' || paths === undefined ? 'mesh' : paths.flatMap((path) => reach.below(path))
      const leadOf = (said: JsonValue): LayerStatement['reach'] => {
        if (lead !== 'mesh') return lead
        const folders = textsIn(said).flatMap((text) => foldersNamed(text, '', side))
        return folders.length === 0 ? lead : [...new Set(folders.flatMap((folder) => reach.below(folder)))]
      }
      return [file.path, leadOf] as const
    }),
  )
}

function pathsIn(file: SourceFile) {
  const { objects, unread } = deliveriesIn(file)
  if (objects.length + unread.length === 0) return undefined
  const written = unread.flatMap(({ text }) =>
    [...text.matchAll(/(?:^|[\s{,-])(?:path|chart):[ \t]*["']?(?<path>[^\s"'#,}]+)/gm)].map(
      ({ groups }) => groups?.['path'] ?? '',
    ),
  )
  const found = objects.map(deliveredPaths)
  const known = found.flatMap((each) => (each === 'mesh' ? [] : each))
  return found.includes('mesh') ? 'mesh' : joinedPaths([...known, ...written.map(literalFolder)])
}

/** What is said to a template, with whom it reaches: to one that delivers, each item of a list or map by itself. */
export function statementsTo(path: string, what: JsonValue, { leads }: SideFiles): readonly LayerStatement[] {
  const leadOf = leads?.get(path)
  if (leadOf === undefined) return [{ what: { values: what, readBy: path }, reach: [path] }]
  return itemsOf(what).map((item) => ({ what: { values: item, readBy: path }, reach: leadOf(item) }))
}

function itemsOf(said: JsonValue): readonly JsonValue[] {
  if (!isObject(said)) return [said]
  return Object.entries(said).flatMap(([key, value = null]): readonly JsonValue[] => {
    if (Array.isArray(value)) return value.map((each: JsonValue) => [key, each])
    return isObject(value)
      ? Object.entries(value).map(([inner, each = null]) => [key, inner, each])
      : [[key, value]]
  })
}

/** Whom a template concerns by itself. */
export function reachOfTemplate(path: string, { leads }: SideFiles): LayerStatement['reach'] {
  return leads?.get(path)?.(null) ?? [path]
}
