import { isObject, type JsonValue } from '../../manifest/json.ts'
import { at } from '../../manifest/json-fields.ts'
import { documentsIn } from '../../manifest/layers/written.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'

/** A template that may become an object of the mesh: its group, or its kind, stands there, or another tool fills it in. */
const ofMesh = /istio\.io|VirtualService|^[ \t]*kind:.*\{\{|toYaml|tpl /m

/** What stands below `hosts`, on lines of their own or in brackets. */
const hostLists =
  /^[ \t]*["']?hosts["']?:[ \t]*(?<flow>\[[^\]]*\]|\{\{.*)?[ \t]*(?<items>(?:\n[ \t]*(?:-.*|\{\{.*))*)/gm

/** One value, whatever is done to its text. */
const oneValue =
  /^\{\{-?[ \t]*(?:(?:quote|toYaml)[ \t]+)?\$?\.Values\.(?<place>[\w.]+)[ \t]*(?:\|[^}]*)?\}\}$/

/** Of which values the hosts are made, where that is all that they are made of; undefined where they may be made of any. */
function placesOfHosts(text: string): readonly string[] | undefined {
  const marks = [...text.matchAll(hostLists)].flatMap(({ groups }) =>
    [...`${groups?.['flow'] ?? ''}${groups?.['items'] ?? ''}`.matchAll(/\{\{[^}]*\}\}/g)].map(
      ([mark]) => mark,
    ),
  )
  const places = marks.map((mark) => oneValue.exec(mark)?.groups?.['place'])
  const known = places.filter((each) => each !== undefined)
  return marks.length === 0 || known.length < marks.length ? undefined : known
}

/**
 * The texts among the values of a template's chart that are some of these hosts, in lower case: what a chart leaves to its values may be
 * theirs, whichever of the values it reads.
 */
export function hostsInValues(
  { path, text }: SourceFile,
  { files }: Manifests,
  hosts: ReadonlySet<string>,
): readonly string[] {
  if (!ofMesh.test(text)) return []
  const roots = rootsOf(path)
  const own = roots.at(-1)
  const places = placesOfHosts(text)
  const texts = files.flatMap((file) => {
    const root = roots.findLast((each) => isValuesOf(each, file.path))
    if (root === undefined) return []
    return root === own && places !== undefined ? textsAt(file, places) : [...textsIn(file)]
  })
  const found = new Set(texts.filter((each) => hosts.has(each)))
  return [...found].toSorted()
}

/** The folders of the chart that a template is in, and of the charts that this one is in. */
function rootsOf(path: string): readonly string[] {
  return [...path.matchAll(/(?:^|\/)(?:templates|charts)\//g)].map(({ index, 0: found }) =>
    path.slice(0, index + (found.startsWith('/') ? 1 : 0)),
  )
}

function isValuesOf(root: string, path: string): boolean {
  return path.startsWith(root) && /^[^/]*values[^/]*\.ya?ml$/.test(path.slice(root.length))
}

const textsIn = memoized(
  (file: SourceFile): ReadonlySet<string> => new Set((documentsIn(file) ?? []).flatMap(textsOf)),
)

function textsAt(file: SourceFile, places: readonly string[]): readonly string[] {
  const documents = documentsIn(file) ?? []
  return places.flatMap((place) =>
    documents.flatMap((each) => textsOf(at(each, ...place.split('.')) ?? null)),
  )
}

function textsOf(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value.trim().toLowerCase()]
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => textsOf(each))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => [
    key.toLowerCase(),
    ...(each === undefined ? [] : textsOf(each)),
  ])
}
