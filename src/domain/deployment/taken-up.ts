import { testDataFolder } from '../manifest/files/test-data.ts'
import type { Manifests } from '../manifest/manifests.ts'
import type { IsTaken } from '../policy/test-data.ts'
import type { Both } from './both.ts'
import type { BuiltUnit } from './units/built-unit.ts'

/** Which files something is known to deliver, on one of the sides; what stands in test data itself delivers nothing. */
export function takenUp(units: readonly BuiltUnit[], sides: Both<Manifests>): IsTaken {
  const known = units.filter(
    ({ unit: { by, folder } }) => testDataFolder(by[0] ?? `${folder}/`) === undefined,
  )
  const paths = new Set([
    ...known.flatMap(({ built }) => (built === 'not known' ? [] : built.parts.map(({ path }) => path))),
    ...[sides.base, sides.merged].flatMap(reachedByLayers),
  ])
  const folders = known.flatMap(({ unit, built }) =>
    unit.by.length > 0 || built === 'not known' ? [unit.folder] : [],
  )
  return (path) => paths.has(path) || folders.some((folder) => folder === '' || path.startsWith(`${folder}/`))
}

function reachedByLayers({ unmodelled }: Manifests): readonly string[] {
  return unmodelled
    .filter(({ file }) => testDataFolder(file.path) === undefined)
    .flatMap(({ says = [] }) => says.flatMap(({ reach }) => (reach === 'mesh' ? [] : reach)))
}
