import type { SourceRange } from '../source/source-file.ts'
import type { Limit } from './limits.ts'

/** Why something of a build is not known, as a closed list: it may exist, and nobody can say what it is. */
type NotRenderedCode =
  | 'remote-base'
  | 'remote-file'
  | 'helm-chart'
  | 'plugin'
  | 'unknown-hash'
  | 'doubtful-text'
  | 'limit'

/** What could not be rendered, and the line that asks for it. */
export interface NotRendered {
  readonly code: NotRenderedCode
  readonly range?: SourceRange
  /** The address, the kind of the plugin, the chart, the limit. */
  readonly detail: Limit | (string & {})
}

/** What a file or folder is to a build. */
export type Role =
  | 'kustomization'
  | 'resource'
  | 'patch'
  | 'replacement'
  | 'configuration'
  | 'schema'
  | 'generator'
  | 'transformer'

/** A file that took part in a build: a part of it is deployed only as far as a root builds it. */
export interface Part {
  readonly role: Role
  readonly path: string
}
