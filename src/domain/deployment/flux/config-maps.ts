import { type ConfigMap, configMapsIn } from '../../manifest/layers/delivery/config-maps.ts'
import { memoized } from '../../source/memoized.ts'
import type { Folders } from '../folders.ts'

/** All that are written in files, by kind and name. */
export const writtenConfigMaps = memoized(({ all }: Folders) => Map.groupBy(all.flatMap(configMapsIn), keyOf))

function keyOf({ kind, name }: ConfigMap): string {
  return `${kind} ${name}`
}
