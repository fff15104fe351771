import type { App } from './app.ts'
import type { Repository } from './repository.ts'

/** An annotation as it was sent. */
export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number
  readonly end_column?: number
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title?: string
  readonly raw_details?: string
}

/** A button of a completed check run. */
export interface CheckAction {
  readonly label: string
  readonly description: string
  readonly identifier: string
}

/** What a check run shows. */
export interface CheckOutput {
  readonly title?: string
  readonly summary?: string
  readonly text?: string
}

/** The check runs of one App on one commit. */
export interface CheckSuite {
  readonly id: number
  readonly app: App
  readonly headSha: string
  readonly headBranch: string | null
  readonly createdAt: string
}

/** A check run; annotations are only ever added. */
export interface CheckRun {
  readonly id: number
  readonly suite: CheckSuite
  readonly repository: Repository
  readonly headSha: string
  readonly annotations: Annotation[]
  name: string
  externalId: string
  detailsUrl?: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion?: string
  startedAt: string
  completedAt?: string
  output: CheckOutput
  actions: readonly CheckAction[]
}
