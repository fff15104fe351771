import { isBelow } from '../../manifest/layers/paths.ts'
import { configurationMistake } from '../../policy/configuration/configuration-fault.ts'
import type { StatedUnit } from '../../policy/configuration/policy.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { type Folders, foldersOf } from '../folders.ts'
import type { Takes, Unit } from './unit.ts'

const takesOf: Readonly<Record<StatedUnit['kind'], Takes>> = {
  kustomize: 'kustomization',
  directory: 'files',
  'recursive-directory': 'files below',
}

/** The units that the configuration states, as far as their folders are there. */
export function statedUnits(stated: readonly StatedUnit[], folders: Folders): readonly Unit[] {
  return stated
    .filter(({ path }) => folders.isFolder(path))
    .map(({ path, kind, mesh, namespace }) => ({
      key: path,
      by: [],
      folder: path,
      takes: takesOf[kind],
      over: {},
      isStated: true,
      ...(mesh !== undefined && { mesh }),
      ...(namespace !== undefined && { otherwise: namespace }),
    }))
}

/** Whether the configuration says how a folder is delivered: by itself, or with all that lies below another. */
export function isStatedFolder(folder: string, stated: readonly StatedUnit[]): boolean {
  return stated.some(
    ({ path, kind }) => folder === path || (kind === 'recursive-directory' && isBelow(folder, path)),
  )
}

/** The units that the configuration states and that are not there as it says. */
export function statedMistakes(
  stated: readonly StatedUnit[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  if (stated.length === 0) return []
  const folders = foldersOf(files)
  return stated.flatMap((each) => {
    const code = faultOf(each, folders)
    const range = rangeOf(each)
    return code === undefined || range === undefined
      ? []
      : [configurationMistake(code, range, each.path === '' ? '.' : each.path)]
  })
}

function faultOf({ path, kind }: StatedUnit, folders: Folders) {
  if (!folders.isFolder(path)) return 'unit-missing'
  return kind === 'kustomize' && folders.kustomization(path) === undefined
    ? 'unit-no-kustomization'
    : undefined
}
