import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { folderOf, resolvedPath } from '../../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, textIn, textsIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { isOpen } from '../argo-cd/destinations.ts'
import type { Folders } from '../folders.ts'

/** What the parts of a helmfile say for all of its releases, those of its bases first, so that the last one wins. */
export function helmfileSettings(file: SourceFile, folders: Folders): readonly JsonObject[] {
  return partsOf(file, folders, new Set())
}

function partsOf(file: SourceFile, folders: Folders, seen: ReadonlySet<string>): readonly JsonObject[] {
  if (seen.has(file.path)) return []
  const known = new Set([...seen, file.path])
  return (documentsIn(file) ?? []).map(fieldsOf).flatMap((part) => [
    ...textsIn(part['bases']).flatMap((path) => {
      const base = folders.file(resolvedPath(folderOf(file.path), path) ?? '')
      return base === undefined ? [] : partsOf(base, folders, known)
    }),
    part,
  ])
}

/**
 * The clusters that a release goes to, by the names that the contexts of kubectl have: what is said for the whole file goes before the
 * release, that before the environment, and that before the defaults. Each named environment is a variant, since which one runs is said
 * on the command line; nothing where that cluster is not known.
 */
export function helmfileContexts(
  release: JsonObject,
  settings: readonly JsonObject[],
): readonly (string | undefined)[] {
  const own = contextOf(settings.map(({ kubeContext }) => kubeContext)) ?? contextOf([release['kubeContext']])
  if (own !== undefined) return [own]
  const usual = contextOf(settings.map(({ helmDefaults }) => fieldsOf(helmDefaults)['kubeContext']))
  const environments = new Map(settings.flatMap((each) => Object.entries(fieldsOf(each['environments']))))
  const named = [...environments.values()].map((each) => contextOf([fieldsOf(each)['kubeContext']]) ?? usual)
  return named.length === 0 ? [usual] : [...new Set(named)]
}

/** The namespace of a release: what is said for the whole file goes before what it says itself. */
export function helmfileNamespace(
  { namespace }: JsonObject,
  settings: readonly JsonObject[],
): string | undefined {
  return lastText(settings.map((each) => each['namespace'])) ?? textIn(namespace)
}

/** What is left to be filled in names no cluster. */
function contextOf(values: readonly (JsonValue | undefined)[]): string | undefined {
  const text = lastText(values)
  return text === undefined || isOpen(text) ? undefined : text
}

function lastText(values: readonly (JsonValue | undefined)[]): string | undefined {
  return values.flatMap((value) => textIn(value) || []).at(-1)
}
