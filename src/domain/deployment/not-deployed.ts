import { textOf, valueAt } from '../kustomize/values/tree.ts'
import { decidesAsAWhole } from '../manifest/kinds/deciding-groups.ts'
import { namesADecidingKind } from '../manifest/kinds/names-the-mesh.ts'
import type { NotDeployed } from '../manifest/not-deployed.ts'
import type { SourceFile } from '../source/source-file.ts'
import { foldersOf } from './folders.ts'
import { type DeliveredObject, isDelivered } from './units/build-unit.ts'
import type { BuiltUnit } from './units/built-unit.ts'

/**
 * The units that do not build, each with the files of the mesh of which it is: those that it is known to deliver (`delivered`), and
 * those that it had come to when it failed. One that has none concerns nobody here.
 */
export function notDeployedOf(
  units: readonly BuiltUnit[],
  files: readonly SourceFile[],
  delivered: (unit: BuiltUnit) => readonly string[] = () => [],
): readonly NotDeployed[] {
  const folders = foldersOf(files)
  return units.flatMap((each) => {
    const { unit, built } = each
    if (built === 'not known' || isDelivered(built)) return []
    const met = built.parts.map(({ path }) => path).filter((path) => isOfMesh(folders.file(path)))
    const reaches = [...new Set([...delivered(each), ...met])].toSorted()
    return reaches.length === 0 ? [] : [{ unit: unit.key, folder: unit.folder, fault: built.failed, reaches }]
  })
}

/** The files of the objects of a unit that may decide about requests. */
export function objectPathsOf(unit: BuiltUnit | undefined): readonly string[] {
  if (unit === undefined || !isDelivered(unit.built)) return []
  return unit.built.objects.filter(isObjectOfMesh).map(({ from }) => from.path)
}

/** A template of a chart need not say what it gives. */
function isObjectOfMesh({ node, from }: DeliveredObject): boolean {
  return isOfMesh(from) || decidesAsAWhole(textOf(valueAt(node, 'apiVersion')), textOf(valueAt(node, 'kind')))
}

function isOfMesh(file: SourceFile | undefined): boolean {
  return file !== undefined && namesADecidingKind(file.text)
}
