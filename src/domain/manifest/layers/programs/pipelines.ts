import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { decidesAsAWhole } from '../../kinds/deciding-groups.ts'
import { type Delivering, reachOf } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import { filesBelow } from '../side-files.ts'
import { filesNamed, kindCalled } from './objects-called.ts'
import { type Call, callsIn } from './pipeline-calls.ts'
import { isOfRepository, isPipeline } from './pipeline-names.ts'
import { textsRun } from './texts-run.ts'

/**
 * What pipelines, makefiles and scripts apply to a cluster, remove from it or change in it: the manifests here that a call names by
 * their folder or file, by what they are called, or by what delivers them. Nobody knows when they run; whoever's manifests a call newly
 * names is asked.
 */
export function pipelines(delivering: Delivering): readonly Layer[] {
  return filesBelow('', delivering.side)
    .filter(isRun)
    .map((file) => ({
      kind: 'pipeline',
      name: file.path,
      file,
      statements: callsOf(file).map((call) => statementOf(call, file.path, delivering)),
    }))
}

const isRun = memoized(({ path }: SourceFile) => isPipeline(path))

/** Both sides, and whoever reads them as they are delivered, have most files in common. */
const callsOf = memoized((file: SourceFile): readonly Call[] => textsRun(file).flatMap(callsIn))

/** The files that a pipeline names and that no manifest is called like: what is given to kubectl is one, whatever its name. */
export function filesOfPipeline(file: SourceFile): readonly string[] {
  if (!isRun(file)) return []
  const start = isOfRepository(file.path) ? '' : folderOf(file.path)
  return callsOf(file).flatMap(({ places, folder }) =>
    places
      .filter((place) => /\.\w+$/.test(place) && !/\.(?:ya?ml|json)$/.test(place))
      .flatMap((place) => [folder, start, ''].flatMap((from) => resolvedPath(from, place) ?? [])),
  )
}

function statementOf(call: Call, path: string, delivering: Delivering): LayerStatement {
  const what = { runs: [...call.says] }
  if (call.named.some(isOfAll)) return { what, reach: 'mesh' }
  const start = isOfRepository(path) ? '' : folderOf(path)
  const files = [
    ...call.places.flatMap((place) => filesAt(place, [call.folder, start, ''], delivering)),
    ...call.named.flatMap((named) => filesNamed(named, call.namespace, delivering.side)),
    ...call.named.flatMap((named) => filesOfDeployer(named, delivering)),
  ]
  return { what, reach: [...new Set(files)].toSorted() }
}

type Named = Call['named'][number]

/** Istio itself, or the definitions of its kinds. */
function isOfAll({ type, name = '' }: Named): boolean {
  if (type === 'mesh') return true
  const group = name.slice(name.indexOf('.') + 1)
  return /^(?:crds?|customresourcedefinitions?)$/i.test(type) && decidesAsAWhole(`${group}/v1`, undefined)
}

/** From the folder that the call runs in, from that of its file, or from the root: the first in which there is such a place. */
function filesAt(place: string, from: readonly string[], { side, reach }: Delivering): readonly string[] {
  for (const folder of from) {
    const path = resolvedPath(folder, place.replace(/^\/+/, ''))
    if (path === undefined) continue
    if (side.files.has(path)) return reach.ofEntry(path)
    if (filesBelow(path, side).length > 0) return reach.below(path)
  }
  return []
}

/** What something delivers that a call names. */
function filesOfDeployer({ type, name }: Named, delivering: Delivering): readonly string[] {
  const kind = kindCalled(type)
  return delivering.objects
    .filter((each) => kindCalled(each.kind) === kind && (name === undefined || each.name === name))
    .flatMap((each) => {
      const found = reachOf(each, delivering)
      return found === 'mesh' ? [] : found
    })
}
