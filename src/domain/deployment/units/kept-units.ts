import { objectsOfFile } from '../argo-cd/directory-objects.ts'
import type { Both } from '../both.ts'
import type { Folders } from '../folders.ts'
import { isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-unit.ts'

/**
 * What becomes of a unit that newly fails: the cluster keeps what it has, where such a build fails the check (`kept`); else what is
 * written in files that change counts as it is written, or nobody would be asked about it before the build is repaired, nor then.
 */
export type Failing = 'kept' | 'as-written'

/** A unit that newly fails, as what it delivered before, with the files that change or go as they are written by now. */
export function asWrittenSince(
  failed: BuiltUnit,
  old: BuiltUnit,
  { base, merged }: Both<Folders>,
): BuiltUnit {
  if (!isDelivered(old.built)) return failed
  const isAsBefore = (path: string) => base.file(path)?.text === merged.file(path)?.text
  const parts = [...old.built.parts, ...partsOfFailed(failed)]
  const changed = new Set(
    parts.filter(({ role, path }) => role === 'resource' && !isAsBefore(path)).map(({ path }) => path),
  )
  const written = [...changed].flatMap((path) => merged.file(path) ?? []).flatMap(objectsOfFile)
  const objects = [...old.built.objects.filter(({ from }) => isAsBefore(from.path)), ...written]
  return { unit: failed.unit, built: { objects, parts, isComplete: false } }
}

function partsOfFailed({ built }: BuiltUnit) {
  return built === 'not known' ? [] : built.parts
}
