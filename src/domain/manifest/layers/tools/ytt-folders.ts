import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { deliveredPaths } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { folderOf, isBelow, resolvedPath } from '../paths.ts'
import { fieldsOf, listIn, textsIn } from '../written.ts'

/** A folder of which an App of kapp has ytt render all files together, and what it says of some of them. */
export interface YttFolder {
  readonly folder: string
  /** By these a file counts as another kind than its name says. */
  readonly marks: readonly string[]
}

/** The folders that an object has ytt render. */
export function yttFoldersOf(object: DeliveryObject): readonly YttFolder[] {
  if (object.kind !== 'App') return []
  const rendering = listIn(object.spec['template']).flatMap((each) => fieldsOf(each)['ytt'] ?? [])
  if (rendering.length === 0) return []
  const marks = rendering.flatMap((each) => listIn(fieldsOf(each)['fileMarks']).flatMap(textsIn))
  const paths = deliveredPaths(object)
  return (paths === 'mesh' ? [''] : paths).map((folder) => ({ folder, marks }))
}

/** Whether ytt reads a file that is no YAML by its name: templates of texts, programs, and what is marked as anything. */
export function isReadByYtt(path: string, folders: readonly YttFolder[]): boolean {
  return folders.some(
    ({ folder, marks }) =>
      isBelow(path, folder) && (/\.(?:txt|star)$/.test(path) || marks.some((mark) => isMarked(path, mark))),
  )
}

/** `PATTERN:KEY=VALUE`: a path with stars, of which the last name is told apart here. */
function isMarked(path: string, mark: string): boolean {
  const [pattern = ''] = mark.split(':')
  const [name = ''] = pattern.split('/').slice(-1)
  const [start = '', ...rest] = name.split(/\*+/)
  const own = path.slice(path.lastIndexOf('/') + 1)
  return rest.length === 0 ? own === start : own.startsWith(start) && own.endsWith(rest.at(-1) ?? '')
}

/** The files that a template of ytt loads or reads, whatever they are called. */
export const filesOfYtt = memoized(({ path, text }: SourceFile): readonly string[] => {
  const hasMarks = text.includes('#@') || text.includes('(@')
  if (!hasMarks && !path.endsWith('.star')) return []
  const named = text.matchAll(/\b(?:load|data\.read)\(\s*["'](?<name>[^"'@:]+)["']/g)
  return [...named].flatMap(({ groups }) => {
    const name = groups?.['name'] ?? ''
    return resolvedPath(name.startsWith('/') ? '' : folderOf(path), name.replace(/^\//, '')) || []
  })
})
