import type { SourceFile } from '../../source/source-file.ts'
import { objectsOfFile } from '../argo-cd/directory-objects.ts'
import { isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-unit.ts'

/**
 * What becomes of a unit that newly fails: the cluster keeps what it has, where such a build fails the check (`kept`); else what is
 * written in files that change counts as it is written, or nobody would be asked about it before the build is repaired, nor then.
 */
export type Failing = 'kept' | 'as-written'

/** The texts of both sides by path. */
export interface TextsOfSides {
  readonly base: ReadonlyMap<string, SourceFile>
  readonly merged: ReadonlyMap<string, SourceFile>
}

/** A unit that newly fails, as what it delivered before, with the files that change or go as they are written by now. */
export function asWrittenSince(failed: BuiltUnit, old: BuiltUnit, { base, merged }: TextsOfSides): BuiltUnit {
  if (!isDelivered(old.built)) return failed
  const isAsBefore = (path: string) => base.get(path)?.text === merged.get(path)?.text
  const parts = [...old.built.parts, ...partsOfFailed(failed)]
  const changed = new Set(
    parts.filter(({ role, path }) => role === 'resource' && !isAsBefore(path)).map(({ path }) => path),
  )
  const written = [...changed].flatMap((path) => merged.get(path) ?? []).flatMap(objectsOfFile)
  const objects = [...old.built.objects.filter(({ from }) => isAsBefore(from.path)), ...written]
  return { unit: failed.unit, built: { objects, parts, isComplete: false } }
}

function partsOfFailed({ built }: BuiltUnit) {
  return built === 'not known' ? [] : built.parts
}
