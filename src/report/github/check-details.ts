import type { View } from '../sentences/view.ts'
import { graphFold, tryFold } from './proof-folds.ts'

/** What a check run shows below its summary: requests to try, who delegates to whom, and where all of it is one page. */
export function checkDetails(view: View): string {
  const folds = [...tryFold(view), ...graphFold(view)]
  return folds.length === 0 ? '' : `${[...folds, onePage].join('\n\n')}\n`
}

const onePage =
  'All of it as one page to search, with a box that says who serves a request: `firebreak check --format html > check.html`, with the base branch as `--base`, in a clone with this branch.'
