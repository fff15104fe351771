import type { Manifests } from '../manifest/manifests.ts'
import { type ManifestReading, parseManifests } from '../manifest/parse-manifests.ts'
import type { SourceFile } from '../source/source-file.ts'
import { deliveredFiles } from './delivered-files.ts'
import { notDeployedOf } from './not-deployed.ts'
import { renderedOn } from './rendered.ts'
import type { SettledSide } from './units/settled-units.ts'

/** The manifests of one side alone, as its units deliver them. */
export function deliveredAlone(
  files: readonly SourceFile[],
  { units, givenUp }: Pick<SettledSide, 'units' | 'givenUp'>,
  reading: ManifestReading,
): Manifests {
  const delivered = deliveredFiles(units, files)
  const notDeployed = notDeployedOf(givenUp, files)
  if (delivered === files && notDeployed.length === 0) return parseManifests(files, reading)
  const rendered = renderedOn(units)
  return parseManifests(delivered, { ...reading, delivery: { written: files, rendered, notDeployed } })
}
