import type { Manifests } from '../manifest/manifests.ts'
import { type ManifestReading, parseManifests } from '../manifest/parse-manifests.ts'
import type { SourceFile } from '../source/source-file.ts'
import { deploy } from './deploy.ts'

/** The manifests of one side alone, as units deliver them. */
export function deliveredAlone(files: readonly SourceFile[], reading: ManifestReading): Manifests {
  const { base, rendered } = deploy({ files }, { files })
  if (base.files === files && base.notDeployed.length === 0) return parseManifests(files, reading)
  const { notDeployed } = base
  return parseManifests(base.files, { ...reading, delivery: { written: files, rendered, notDeployed } })
}
