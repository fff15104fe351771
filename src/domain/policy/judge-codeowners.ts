import {
  type Codeowners,
  findCodeowners,
  isCodeownersPath,
  parseCodeowners,
} from '../ownership/codeowners.ts'
import { type CodeownersReadings, followGitHub } from '../ownership/codeowners-errors.ts'
import type { ChangedFile } from './touched.ts'

/** The CODEOWNERS of the base side, what the pull request makes of it, and what GitHub says of both. */
export interface ProposedCodeowners {
  readonly codeowners?: Codeowners
  readonly changed: readonly ChangedFile[]
  readonly readings?: CodeownersReadings
}

const notAsked: CodeownersReadings = { base: 'not-asked', merged: 'not-asked' }

/** Which CODEOWNERS decides, and the two whose mistakes are compared. */
export interface JudgedCodeowners {
  readonly inForce?: Codeowners
  readonly base?: Codeowners
  readonly merged?: Codeowners
}

/**
 * The base side's CODEOWNERS as GitHub takes it is in force. Mistakes are compared as GitHub sees them on both sides, or
 * on neither: where it was asked about one side alone, what it says there would look new, or mended.
 */
export function judgeCodeowners({
  codeowners,
  changed,
  readings = notAsked,
}: ProposedCodeowners): JudgedCodeowners {
  const inForce = codeowners && followGitHub(codeowners, readings.base)
  const merged = mergedCodeowners(changed, codeowners)
  const isKept = merged === codeowners
  const isComparable = codeowners === undefined || typeof readings.base !== 'string'
  const base = isKept || (isComparable && typeof readings.merged !== 'string') ? inForce : codeowners
  const after = isKept ? inForce : merged && (isComparable ? followGitHub(merged, readings.merged) : merged)
  return {
    ...(inForce && { inForce }),
    ...(base && { base }),
    ...(after && { merged: after }),
  }
}

/** The CODEOWNERS that would decide after the merge, as far as the changed files tell. */
function mergedCodeowners(
  changed: readonly ChangedFile[],
  base: Codeowners | undefined,
): Codeowners | undefined {
  const touched = changed.filter(({ path, previousPath }) =>
    [path, previousPath ?? path].some(isCodeownersPath),
  )
  if (touched.length === 0) return base
  const gone = touched.flatMap(({ path, previousPath, merged }) => [
    previousPath ?? path,
    ...(merged ? [] : [path]),
  ])
  const left = base !== undefined && !gone.includes(base.file.path) ? [base.file] : []
  const written = touched.flatMap(({ path, merged }) =>
    merged !== undefined && isCodeownersPath(path) ? [merged] : [],
  )
  const deciding = findCodeowners([...written, ...left])
  if (deciding === base?.file) return base
  return deciding && parseCodeowners(deciding)
}
