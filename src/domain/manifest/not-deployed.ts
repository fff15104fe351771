import type { Fault } from '../kustomize/fault.ts'
import type { SourceRange } from '../source/source-file.ts'

/** Why a unit does not build: what ends a build of Kustomize, what Flux cannot fill in in what was built, or what helm says. */
export interface BuildFault {
  readonly code: Fault['code'] | 'substitution' | 'helm'
  readonly path: string
  readonly range?: SourceRange
  readonly detail: string
}

/** A unit of which nothing is applied any more. */
export interface NotDeployed {
  /** The key of the unit. */
  readonly unit: string
  readonly folder: string
  readonly fault: BuildFault
  /** The files with objects of the mesh that do not arrive, or are not brought up to date. */
  readonly reaches: readonly string[]
}
