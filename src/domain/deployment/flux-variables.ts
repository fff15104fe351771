import { canonicalJson, type JsonObject } from '../manifest/json.ts'
import type { DeliveryObject } from '../manifest/layers/delivery-objects.ts'
import { folderOf } from '../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Folders } from './folders.ts'
import type { Variables } from './post-build-variables.ts'

/**
 * The variables of Flux's `postBuild`, and the files whose ConfigMaps give them values: later entries of `substituteFrom` win over
 * earlier ones, `substitute` over all. A Secret, and a ConfigMap that is not here or that several files write otherwise, may hold
 * any name.
 */
export function fluxVariables(
  { spec, namespace, file }: DeliveryObject,
  folders: Folders,
): { readonly variables?: Variables; readonly from: readonly string[] } {
  const { substitute, substituteFrom, substituteStrategy } = fieldsOf(spec['postBuild'])
  if (spec['postBuild'] === undefined) return { from: [] }
  const sources = listIn(substituteFrom).map((each) => {
    const { kind, name } = fieldsOf(each)
    return kind === 'ConfigMap' ? configMapFor(textIn(name) ?? '', { namespace, file }, folders) : undefined
  })
  const found = sources.flatMap((each) => each ?? [])
  const values = [...found.map(({ data }) => data), fieldsOf(substitute)].flatMap(textsOf)
  return {
    variables: {
      values: new Map(values),
      isComplete: sources.every((each) => each !== undefined),
      isAlways: substituteStrategy === 'Always',
    },
    from: found.map((each) => each.file.path),
  }
}

/** The ConfigMap that an object means by a name; nothing where it is not here, or several files write it otherwise. */
export function configMapFor(
  name: string,
  { namespace, file }: { readonly namespace?: string | undefined; readonly file: SourceFile },
  folders: Folders,
): ConfigMap | undefined {
  return nearest(configMaps(name, namespace, folders), file)
}

interface ConfigMap {
  readonly name: string
  readonly namespace: string | undefined
  readonly data: JsonObject
  readonly file: SourceFile
}

const known = new WeakMap<Folders, ReadonlyMap<string, readonly ConfigMap[]>>()

function configMaps(name: string, namespace: string | undefined, folders: Folders): readonly ConfigMap[] {
  const all = known.get(folders) ?? Map.groupBy(folders.all.flatMap(configMapsIn), (each) => each.name)
  known.set(folders, all)
  const isThere = (each: ConfigMap) =>
    each.namespace === undefined || namespace === undefined || each.namespace === namespace
  return (all.get(name) ?? []).filter(isThere)
}

function configMapsIn(file: SourceFile): readonly ConfigMap[] {
  if (!file.text.includes('ConfigMap')) return []
  return (documentsIn(file) ?? [])
    .map((document) => fieldsOf(document))
    .filter((object) => object['kind'] === 'ConfigMap')
    .map((object) => {
      const { name, namespace } = fieldsOf(object['metadata'])
      return {
        name: textIn(name) ?? '',
        namespace: textIn(namespace),
        data: fieldsOf(object['data']),
        file,
      }
    })
}

/** Each cluster has its own, in its folder; nothing where two that are as near say something else. */
function nearest(found: readonly ConfigMap[], from: SourceFile): ConfigMap | undefined {
  const shared = ({ file }: ConfigMap) => sharedSteps(folderOf(file.path), folderOf(from.path))
  const most = Math.max(...found.map(shared))
  const [first, ...others] = found.filter((each) => shared(each) === most)
  const isOne = others.every(({ data }) => canonicalJson(data) === canonicalJson(first?.data ?? {}))
  return isOne ? first : undefined
}

function sharedSteps(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')]
  const end = one.findIndex((step, index) => step !== other[index])
  return end === -1 ? one.length : end
}

/** Values lose their line breaks. */
function textsOf(data: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value.replaceAll('\n', '')] as const] : [],
  )
}
