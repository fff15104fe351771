import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonValue } from '../../json.ts'
import type { Kustomization } from '../kustomization.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { isWorkload } from '../partly-deciding.ts'
import { resolvedPath } from '../paths.ts'
import type { SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'
import { type Selector, selectedFiles, selectorOf, selectorOfPatch } from './selected.ts'

/** The files that the objects lie in which a kustomization works on, and the side that they are of. */
export interface Built {
  readonly files: readonly string[]
  /** The files of all that is built together with it. */
  readonly whole: readonly string[]
  readonly side: SideFiles
  /** All kustomizations that are built together with it. */
  readonly family: readonly Kustomization[]
}

/** What the patches of a kustomization say, each of the objects that it selects: a patch of a Deployment reaches no mesh. */
export function patchStatements(kustomization: Kustomization, built: Built): readonly LayerStatement[] {
  return entriesOf(kustomization).flatMap((entry) => statementsOf(entry, kustomization, built))
}

/** The patches themselves, in place or from the files that are named. */
export function patchTexts(kustomization: Kustomization, { side }: Built): readonly string[] {
  return entriesOf(kustomization).flatMap(
    (entry) => textOf(writtenIn(entry), kustomization.folder, side)?.text ?? [],
  )
}

function entriesOf({ body = {} }: Kustomization): readonly JsonValue[] {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((field) => listIn(body[field]))
}

/** The patch, or where it is. */
function writtenIn(entry: JsonValue): string {
  const { path, patch } = fieldsOf(entry)
  return textIn(patch) ?? textIn(path) ?? textIn(entry) ?? ''
}

function statementsOf(entry: JsonValue, { folder }: Kustomization, built: Built): readonly LayerStatement[] {
  const { target, options } = fieldsOf(entry)
  const text = textOf(writtenIn(entry), folder, built.side)
  const documents = text && documentsIn(text)
  const from = text !== undefined && text.path !== '' && { from: text.path }
  const reachOf = (selector: Selector) =>
    decidedBy(text?.text ?? '', selectedFiles(selector, built.files, built.side), built.side)
  if (target !== undefined) {
    const what = { patch: documents ?? text?.text ?? entry, target, options: options ?? null }
    return [{ what, reach: reachOf(selectorOf(target)), ...from }]
  }
  if (documents === undefined) return [{ what: { patch: text?.text ?? entry }, reach: built.files, ...from }]
  return documents.map((document) => ({
    what: { patch: document },
    reach: reachOf(selectorOfPatch(document)),
    ...from,
  }))
}

/** Of workloads only labels and annotations decide, and whether they are there. */
const decisive =
  /label|annotation|selector|\$patch|metadata\/(?:name|\*)|"?op"?: *"?(?:move|copy)|path"?: *"?\/(?:spec(?:\/template)?(?:\/metadata)?|metadata)?"?(?=[\s,}]|$)/im

function decidedBy(patch: string, files: readonly string[], { mesh }: SideFiles): readonly string[] {
  if (decisive.test(patch)) return files
  return files.filter((path) => mesh.get(path)?.every(({ kind }) => isWorkload(kind)) !== true)
}

/** A patch is written in place, or in a file of whatever name; nothing where it is neither. */
function textOf(written: string, folder: string, { files }: SideFiles): SourceFile | undefined {
  const path = resolvedPath(folder, written)
  const file = path === undefined ? undefined : files.get(path)
  return file ?? (/[\n:{[]/.test(written) ? { path: '', text: written } : undefined)
}
