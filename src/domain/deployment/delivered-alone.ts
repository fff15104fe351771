import type { Manifests } from '../manifest/manifests.ts'
import { type ManifestReading, parseManifests } from '../manifest/parse-manifests.ts'
import { deliveredFiles } from './delivered-files.ts'
import { notDeployedOf } from './not-deployed.ts'
import { renderedOn } from './rendered.ts'
import { settledUnits } from './settled-units.ts'
import type { DeployedSide } from './tree-of-side.ts'

/** The manifests of one side alone, as units deliver them. */
export function deliveredAlone(side: DeployedSide, reading: ManifestReading): Manifests {
  const { files } = side
  const { units, givenUp } = settledUnits(side)
  const delivered = deliveredFiles(units, files)
  const notDeployed = notDeployedOf(givenUp, files)
  if (delivered === files && notDeployed.length === 0) return parseManifests(files, reading)
  const rendered = renderedOn(units)
  return parseManifests(delivered, { ...reading, delivery: { written: files, rendered, notDeployed } })
}
