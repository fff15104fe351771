import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createHelm } from '../../src/helm/helm.ts'

const oracles = join(import.meta.dirname, '../oracles')
const isRequired = process.env['REQUIRE_HELM'] === '1'

/** A helm that `npm run build:helm` has built. */
export interface BuiltHelm {
  readonly version: 3 | 4
  /** The folder that it lies in, as a search path. */
  readonly path: string
}

/** Both versions, as far as they were built; what needs one is skipped where it is not. */
export const builtHelms: readonly BuiltHelm[] = ([3, 4] as const)
  .map((version) => ({ version, path: join(oracles, `helm${version}`) }))
  .filter(({ path }) => isRequired || existsSync(join(path, 'helm')))

export const hasHelm = builtHelms.length > 0

/** Where to look for the newest of them; nowhere, where none was built. */
export const searchPath = builtHelms
  .map(({ path }) => path)
  .toReversed()
  .join(delimiter)

export const charts = createHelm({ path: searchPath })
