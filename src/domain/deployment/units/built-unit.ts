import { folderOf } from '../../manifest/layers/paths.ts'
import { type Built, isDelivered } from './build-unit.ts'
import { isByHand, type Unit } from './unit.ts'

/** A unit, and what becomes of it. */
export interface BuiltUnit {
  readonly unit: Unit
  readonly built: Built
}

/** A root of Kustomize that Argo CD or Flux delivers, or builds upon, is no unit of its own beside that. */
export function withoutDelivered(units: readonly BuiltUnit[]): readonly BuiltUnit[] {
  const taken = new Set(
    units.flatMap(({ unit, built }) =>
      isByHand(unit) || !isDelivered(built) ? [] : [unit.folder, ...kustomizedFolders(built)],
    ),
  )
  return units.filter(({ unit }) => !isByHand(unit) || !taken.has(unit.folder))
}

/** The folders whose kustomizations take part in a build. */
export function kustomizedFolders(built: Built): readonly string[] {
  if (built === 'not known') return []
  return built.parts.filter(({ role }) => role === 'kustomization').map(({ path }) => folderOf(path))
}
