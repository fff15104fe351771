import type { PathNormalization } from '../language/arriving-paths.ts'
import { assumedVersion, type IstioVersion } from '../manifest/istio-version.ts'

/** What Git does not know about the control plane; `.github/firebreak.yml`, section `istio`. */
export interface IstioSettings {
  /** `asm` adds the vendor's rule 1: a delegate whose secondary delegates contributes nothing. */
  readonly dialect: 'asm' | 'istio'
  readonly version: IstioVersion
  readonly clusterDomain: string
  /** meshConfig.defaultVirtualServiceExportTo */
  readonly defaultExportTo: readonly string[]
  /** Namespaces of the gateway pods; empty where they are not known. */
  readonly gatewayNamespaces: readonly string[]
  /** Names of headers that no entry may lose unseen, in small letters; one that ends with `*` stands for all that begin so. */
  readonly securityHeaders: readonly string[]
  /** meshConfig.pathNormalization */
  readonly pathNormalization: PathNormalization
}

export const defaultIstioSettings: IstioSettings = {
  dialect: 'asm',
  version: assumedVersion,
  clusterDomain: 'cluster.local',
  defaultExportTo: ['*'],
  gatewayNamespaces: [],
  securityHeaders: ['authorization', 'x-forwarded-*', 'strict-transport-security'],
  pathNormalization: 'BASE',
}
