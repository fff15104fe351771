import type { Past } from '../past-change.ts'
import { schema } from './schema.ts'

/** What would have been said of what was merged, for programs: the `history` object of the `firebreak/1` contract. */
export function pastJson({ branch, tip, since, until, changes, untouched, limit, beginning }: Past): object {
  return {
    schema,
    branch,
    tip,
    since,
    ...(until !== undefined && { until }),
    ...(limit !== undefined && { limit }),
    changes,
    untouched,
    ...(beginning && { beginning }),
  }
}
