import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { decidesAsAWhole, groupOf } from '../../kinds/deciding-groups.ts'
import type { Layer } from '../layer.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from '../written.ts'

/** Groups of Kubernetes itself, and of deliverers and builds that are looked at by what they say. */
const known =
  /^$|(?:^|\.)k8s\.io$|^(?:apps|batch|autoscaling|policy)$|(?:^|\.)(?:argoproj\.io|toolkit\.fluxcd\.io|fleet\.cattle\.io|configsync\.gke\.io|k14s\.io|karmada\.io|tekton\.dev)$|^kpt\.dev$|^skaffold/

/** Fields that name a folder of a repository. */
const naming = /(?:^|[a-z_])(?:path|paths|dir|dirs|directory|folder|subPath)$/i

const mayNameFolders = memoized(
  ({ text }: SourceFile) => text.includes('apiVersion') && /(?:path|dir|folder)s?["']?[ \t]*:/i.test(text),
)

/** Objects of whatever other deliverer: those that name a folder here with manifests of the mesh. */
export function unknownDeliverers(side: SideFiles, reach: Reach): readonly Layer[] {
  return filesBelow('', side)
    .filter(mayNameFolders)
    .flatMap((file) =>
      (documentsIn(file) ?? []).flatMap((each) => layerOf(fieldsOf(each), file, { side, reach })),
    )
}

function layerOf(
  object: JsonObject,
  file: SourceFile,
  { side, reach }: { readonly side: SideFiles; readonly reach: Reach },
): readonly Layer[] {
  const { apiVersion, kind, metadata, ...said } = object
  const [version, own] = [textIn(apiVersion) ?? '', textIn(kind) ?? '']
  if (own === '' || known.test(groupOf(version)) || decidesAsAWhole(version, own)) return []
  const folders = foldersIn(said).filter((folder) => meshBelow(folder, side).length > 0)
  if (folders.length === 0) return []
  const files = [...new Set(folders.flatMap((folder) => reach.below(folder)))]
  const name = textIn(fieldsOf(metadata)['name']) ?? ''
  return [{ kind: own, name, file, statements: [{ what: said, reach: files }] }]
}

function foldersIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => foldersIn(each))
  return Object.entries(fieldsOf(value)).flatMap(([field, inner]) =>
    naming.test(field) ? listIn(inner).flatMap(textsIn).flatMap(folderOf) : foldersIn(inner ?? null),
  )
}

/** The root is every repository's, and says nothing of this one. */
function folderOf(text: string): readonly string[] {
  const folder = text.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')
  return /^[\w.-]+(?:\/[\w.-]+)*$/.test(folder) && !folder.includes('..') ? [folder] : []
}
