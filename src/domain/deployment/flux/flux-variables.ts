import { canonicalJson, type JsonObject } from '../../manifest/json.ts'
import type { ConfigMap } from '../../manifest/layers/delivery/config-maps.ts'
import { folderOf } from '../../manifest/layers/paths.ts'
import { fieldsOf, listIn, textIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Deployer } from '../deployer.ts'
import type { Folders } from '../folders.ts'
import type { Variables } from '../post-build-variables.ts'
import { writtenConfigMaps } from './config-maps.ts'

/** The variables of a Kustomization of Flux, and what of them Git does not show. */
export interface FluxVariables {
  readonly variables?: Variables
  /** The files whose ConfigMaps give them values. */
  readonly from: readonly string[]
  /** What holds values that are not known, by its name and place in `substituteFrom`. */
  readonly hidden: readonly { readonly name: string; readonly index: number }[]
}

/**
 * The variables of Flux's `postBuild`: later entries of `substituteFrom` win over earlier ones, `substitute` over all. Of a Secret only
 * the names of its values are known, if it is here; one that is not here, as a ConfigMap that is not, or that is written in several
 * ways, may hold any name.
 */
export function fluxVariables(object: Deployer, folders: Folders): FluxVariables {
  const { substitute, substituteFrom, substituteStrategy } = fieldsOf(object.spec['postBuild'])
  if (object.spec['postBuild'] === undefined) return { from: [], hidden: [] }
  const sources = listIn(substituteFrom).map((each) => sourceNamed(fieldsOf(each), object, folders))
  const values = new Map<string, string>()
  const hidden = new Set<string>()
  const show = (name: string, value: string) => {
    values.set(name, value)
    hidden.delete(name)
  }
  const hide = (name: string) => {
    values.delete(name)
    hidden.add(name)
  }
  for (const source of sources)
    for (const [name, value] of source.found === undefined ? [] : textsOf(source.found.data))
      if (source.found?.kind === 'Secret') hide(name)
      else show(name, value)
  for (const [name, value] of textsOf(fieldsOf(substitute))) show(name, value)
  return {
    variables: {
      values,
      hidden,
      isComplete: sources.every(({ found }) => found !== undefined),
      isAlways: substituteStrategy === 'Always',
    },
    from: sources.flatMap(({ found }) => found?.file.path ?? []),
    hidden: sources.flatMap(({ name, found }, index) =>
      found === undefined || found.kind === 'Secret' ? [{ name, index }] : [],
    ),
  }
}

/** The ConfigMap that an object means by a name; nothing where it is not here, or several files write it otherwise. */
export function configMapFor(name: string, object: Deployer, folders: Folders): ConfigMap | undefined {
  return sourceNamed({ kind: 'ConfigMap', name }, object, folders).found
}

function sourceNamed(entry: JsonObject, object: Deployer, folders: Folders) {
  const [kind, name] = [textIn(entry['kind']) ?? '', textIn(entry['name']) ?? '']
  const isMeant = (each: ConfigMap) =>
    each.kind === kind &&
    each.name === name &&
    (each.namespace === undefined || object.namespace === undefined || each.namespace === object.namespace)
  const delivered = (object.configMaps ?? []).filter(isMeant)
  const written = (writtenConfigMaps(folders).get(`${kind} ${name}`) ?? []).filter(isMeant)
  return { name, found: onlyOne(delivered) ?? nearest(written, object.file) }
}

/** Each cluster has its own, in its folder; nothing where two that are as near say something else. */
function nearest(found: readonly ConfigMap[], from: SourceFile): ConfigMap | undefined {
  const shared = ({ file }: ConfigMap) => sharedSteps(folderOf(file.path), folderOf(from.path))
  const most = Math.max(...found.map(shared))
  return onlyOne(found.filter((each) => shared(each) === most))
}

function onlyOne([first, ...others]: readonly ConfigMap[]): ConfigMap | undefined {
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
