import { budgets } from '../../../budgets.ts'
import type { JsonValue } from '../../json.ts'
import { type Kustomization, pathsIn, saying } from '../kustomization.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { resolvedPath } from '../paths.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'
import type { Built } from './patch-statements.ts'
import { selectedFiles, selectorOf } from './selected.ts'
import { type Sources, sourceOf, valuesBehind } from './source-values.ts'

/** How many kustomizations are searched for the variables of one before each may stand in any patch. */
const mostSearched = budgets.searched.size

/**
 * What the replacements and variables of a kustomization put into mesh manifests, with the values themselves: whoever
 * writes the ConfigMap behind a host writes the host.
 */
export function replacementStatements(
  kustomization: Kustomization,
  built: Built,
  family: () => readonly Kustomization[],
): readonly LayerStatement[] {
  const { body = {}, folder } = kustomization
  const entries = listIn(body['replacements']).flatMap((entry) => unfolded(entry, folder, built))
  const variables = listIn(body['vars'])
  if (entries.length + variables.length === 0) return []
  const sources = { kustomizations: family(), side: built.side }
  const isMany = variables.length * sources.kustomizations.length > mostSearched
  return [
    ...entries.flatMap((entry) => replacement(entry, built, sources)),
    ...variables.flatMap((entry) => variable(entry, built, { ...sources, isMany })),
  ]
}

/** A file of replacements holds one or a list of them. */
function unfolded(entry: JsonValue, folder: string, { side }: Built): readonly JsonValue[] {
  const path = textIn(fieldsOf(entry)['path'])
  if (path === undefined) return [entry]
  const at = resolvedPath(folder, path)
  const file = at === undefined ? undefined : side.files.get(at)
  return file === undefined ? [entry] : (documentsIn(file)?.flatMap(listIn) ?? [file.text])
}

function replacement(entry: JsonValue, built: Built, sources: Sources): readonly LayerStatement[] {
  const { source, targets } = fieldsOf(entry)
  const from = sourceOf(source)
  const values = from === undefined ? [] : valuesBehind(from, sources)
  if (targets === undefined) return [{ what: { replacement: entry }, reach: built.files }]
  return listIn(targets).map((target) => ({
    what: { replacement: { source: source ?? entry, target }, values },
    reach: selectedFiles(selectorOf(fieldsOf(target)['select']), built.files, built.side),
  }))
}

/** `$(NAME)` is replaced where it is written, be that in a patch. */
function variable(
  entry: JsonValue,
  { whole: files, side }: Built,
  sources: Sources & { readonly isMany: boolean },
): readonly LayerStatement[] {
  const { name, objref, fieldref } = fieldsOf(entry)
  const source = sourceOf(objref, fieldsOf(fieldref)['fieldpath'] ?? fieldsOf(fieldref)['fieldPath'])
  const values = source === undefined ? [] : valuesBehind(source, sources)
  const mark = `$(${textIn(name) ?? ''}`
  const writes = (path: string) => side.files.get(path)?.text.includes(mark) === true
  const patched =
    sources.isMany ||
    sources.kustomizations.some(
      (each) => each.file.text.includes(mark) || saying.some((field) => pathsIn(each, field).some(writes)),
    )
  return [{ what: { variable: entry, values }, reach: patched ? files : files.filter(writes) }]
}
