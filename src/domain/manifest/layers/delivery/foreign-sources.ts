import { gathered } from '../../../source/multimap.ts'
import type { JsonObject } from '../../json.ts'
import { literalFolder, sourcesOf } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { filesBelow, type SideFiles } from '../side-files.ts'
import { fieldsOf, textIn } from '../written.ts'
import { repositoryNamed } from './addresses.ts'

/**
 * The objects of Argo CD without those of their sources that surely are another repository. Where this one's own name is
 * known and some source bears it: all of another name. Else those of an address of which some folder is not here, where all
 * folders of another address are. What is left to be filled in, and an address that is alone, may be this repository.
 */
export function withoutForeignSources(
  objects: readonly DeliveryObject[],
  side: SideFiles,
  own: string | undefined,
): readonly DeliveryObject[] {
  const isForeign = foreignSources(objects, { isFolder: (path) => filesBelow(path, side).length > 0 }, own)
  return objects.map((object) => {
    if (!allSources(object).some(isForeign)) return object
    const { template } = object.spec
    const spec =
      template === undefined
        ? withoutSources(object.spec, isForeign)
        : {
            ...object.spec,
            template: {
              ...fieldsOf(template),
              spec: withoutSources(fieldsOf(fieldsOf(template)['spec']), isForeign),
            },
          }
    return { ...object, spec }
  })
}

type IsForeign = (source: JsonObject) => boolean

/** Whether a source, by its `repoURL`, surely is another repository than this one. */
export function foreignSources(
  objects: readonly DeliveryObject[],
  folders: { readonly isFolder: (path: string) => boolean },
  own: string | undefined,
): IsForeign {
  return foreignAmong(objects.flatMap(allSources), folders, own)
}

function allSources({ kind, spec }: DeliveryObject): readonly JsonObject[] {
  if (kind === 'Application') return sourcesOf(spec)
  return kind === 'ApplicationSet' ? sourcesOf(fieldsOf(fieldsOf(spec['template'])['spec'])) : []
}

/** An empty list counts for the single source, and so none is left of either. */
function withoutSources(spec: JsonObject, isForeign: IsForeign): JsonObject {
  const left = sourcesOf(spec).filter((each) => !isForeign(each))
  return { ...spec, source: {}, sources: [...left] }
}

function foreignAmong(
  sources: readonly JsonObject[],
  { isFolder }: { readonly isFolder: (path: string) => boolean },
  own: string | undefined,
): IsForeign {
  const places = gathered(
    sources.flatMap((source) => {
      const [name, folder] = [nameOf(source), folderOfSource(source)]
      if (name === undefined || folder === undefined) return []
      return [[name, folder === '' || isFolder(folder)] as const]
    }),
  )
  const known = own?.toLowerCase()
  const home = known !== undefined && places.has(known) ? known : undefined
  const isWhole = [...places].some(([, found]) => found.every(Boolean))
  return (source) => {
    const name = nameOf(source)
    if (name === undefined || name === known) return false
    return home !== undefined || (isWhole && places.get(name)?.includes(false) === true)
  }
}

/** Absent where something is left to be filled in. */
function nameOf({ repoURL }: JsonObject): string | undefined {
  return repositoryNamed(textIn(repoURL))
}

/** The folder of a source, of the literal ones. */
function folderOfSource({ path, chart }: JsonObject): string | undefined {
  const written = textIn(path)
  return written === undefined || chart !== undefined || /\{\{|\$\{|[*?[]/.test(written)
    ? undefined
    : literalFolder(written)
}
