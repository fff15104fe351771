import { ownValue } from '../../../source/own-value.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, type ObjectName, type SideFiles } from '../side-files.ts'
import { documentsIn, textsIn } from '../written.ts'
import { type Call, callsIn } from './pipeline-calls.ts'
import { isOfRepository, isPipeline } from './pipeline-names.ts'

/**
 * What pipelines, makefiles and scripts apply to a cluster, remove from it or change in it: the manifests here that a call names by
 * their folder or file, or by what they are called. Nobody knows when they run; whoever's manifests a call newly names is asked.
 */
export function pipelines(side: SideFiles, reach: Reach): readonly Layer[] {
  return filesBelow('', side)
    .filter(({ path }) => isPipeline(path))
    .map((file) => ({
      kind: 'pipeline',
      name: file.path,
      file,
      statements: textsOf(file).flatMap((text) =>
        callsIn(text).map((call) => statementOf(call, file.path, { side, reach })),
      ),
    }))
}

/** The files that a pipeline names and that no manifest is called like: what is given to kubectl is one, whatever its name. */
export function filesOfPipeline(file: SourceFile): readonly string[] {
  if (!isPipeline(file.path)) return []
  const start = isOfRepository(file.path) ? '' : folderOf(file.path)
  return textsOf(file)
    .flatMap(callsIn)
    .flatMap(({ places, folder }) =>
      places
        .filter((place) => /\.\w+$/.test(place) && !/\.(?:ya?ml|json)$/.test(place))
        .flatMap((place) => [folder, start, ''].flatMap((from) => resolvedPath(from, place) ?? [])),
    )
}

function textsOf(file: SourceFile): readonly string[] {
  if (!/\b(?:kubectl|oc|kapp|helm)\b/.test(file.text)) return []
  const documents = /\.ya?ml$/.test(file.path) ? documentsIn(file) : undefined
  return documents === undefined ? [file.text] : documents.flatMap(textsIn)
}

interface Where {
  readonly side: SideFiles
  readonly reach: Reach
}

function statementOf(call: Call, path: string, { side, reach }: Where): LayerStatement {
  const start = isOfRepository(path) ? '' : folderOf(path)
  const files = [
    ...call.places.flatMap((place) => filesAt(place, [call.folder, start, ''], { side, reach })),
    ...call.named.flatMap(({ type, name }) => filesNamed(type, name, call.namespace, side)),
  ]
  return { what: { runs: [...call.says] }, reach: [...new Set(files)].toSorted() }
}

/** From the folder that the call runs in, from that of its file, or from the root: the first in which there is such a place. */
function filesAt(place: string, from: readonly string[], { side, reach }: Where): readonly string[] {
  for (const folder of from) {
    const path = resolvedPath(folder, place.replace(/^\/+/, ''))
    if (path === undefined) continue
    if (side.files.has(path)) return reach.ofEntry(path)
    if (filesBelow(path, side).length > 0) return reach.below(path)
  }
  return []
}

/** What kubectl also calls kinds of the mesh. */
const shortNames: Readonly<Record<string, string>> = {
  vs: 'virtualservice',
  gw: 'gateway',
  dr: 'destinationrule',
  se: 'serviceentry',
  svc: 'service',
  ns: 'namespace',
  deploy: 'deployment',
  sts: 'statefulset',
  ap: 'authorizationpolicy',
}

function filesNamed(
  type: string,
  name: string | undefined,
  namespace: string | undefined,
  { mesh }: SideFiles,
): readonly string[] {
  const isMeant = meaning(kindCalled(type), name, namespace)
  return [...mesh].filter(([, objects]) => objects.some(isMeant)).map(([path]) => path)
}

/** Its singular in small letters. */
function kindCalled(type: string): string {
  const word = (type.split('.')[0] ?? '').toLowerCase()
  const short = ownValue(shortNames, word)
  return (
    short ??
    word
      .replace(/ies$/, 'y')
      .replace(/sses$/, 'ss')
      .replace(/(?<!s)s$/, '')
  )
}

function meaning(
  kind: string,
  name: string | undefined,
  namespace: string | undefined,
): (object: ObjectName) => boolean {
  const isThere = (each: ObjectName) => each.namespace === undefined || each.namespace === namespace
  if (kind === 'all') return (each) => namespace !== undefined && isThere(each)
  if (kind === 'namespace')
    return (each) =>
      name !== undefined && (each.namespace ?? (each.kind === 'Namespace' && each.name)) === name
  return (each) =>
    kindCalled(each.kind) === kind &&
    (name === undefined || each.name === name) &&
    (namespace === undefined || isThere(each))
}
