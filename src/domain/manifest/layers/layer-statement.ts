import type { JsonValue } from '../json.ts'
import type { ChartFault } from './charts/chart-faults.ts'

/** One thing that a layer says of manifests, in normal form. */
export interface LayerStatement {
  readonly what: JsonValue
  /** Paths of the files with mesh manifests that it concerns; `mesh` where it may be any of them. */
  readonly reach: 'mesh' | readonly string[]
  /** It ends a build: only where it begins to does that concern anybody. */
  readonly fault?: ChartFault
  /** It keeps a cluster from what is merged: only where it begins to does that concern anybody. */
  readonly isHeld?: true
  /** The file in which it is written, where that is another one than the layer itself. */
  readonly from?: string
}
