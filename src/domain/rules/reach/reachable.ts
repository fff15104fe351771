import { BudgetExceeded, contains, type StringSet, witness } from '../../language/string-set.ts'
import { type Box, isWithin, subtractBox, type Universe } from '../../match/box.ts'
import { type Candidate, literalWithin, wholeOf } from './candidates.ts'
import { withoutCandidates } from './first-answers.ts'

/** More routes than this on the same paths are not worked through where no simple proof was found. */
const maxMeeting = 2_000

/**
 * Whether some request reaches a candidate that has these others before it (all that can meet it, in order). Exact;
 * `unknown` only where the budget does not suffice.
 */
export function isReachable(
  candidate: Candidate,
  before: readonly Candidate[],
  universe: Universe,
): 'yes' | 'no' | 'unknown' {
  try {
    if (samplePaths(candidate).some((path) => reachesWith(path, candidate, before, universe))) return 'yes'
    const whole = wholeOf(candidate)
    if (whole === undefined) return 'no'
    if (before.some((earlier) => coversAlone(earlier, candidate, universe))) return 'no'
    if (before.length > maxMeeting) return 'unknown'
    return withoutCandidates([whole], before, universe).length > 0 ? 'yes' : 'no'
  } catch (error) {
    if (error instanceof BudgetExceeded) return 'unknown'
    throw error
  }
}

/** Whether one earlier route takes every request of a candidate. */
export function coversAlone(earlier: Candidate, candidate: Candidate, universe: Universe): boolean {
  if (!literalWithin(candidate.path, earlier.path)) return mayCoverByPattern(earlier, candidate, universe)
  return isWithin(candidate.rest, earlier.rest, universe)
}

/** A candidate's own pattern can keep it within a literal that is longer than the pattern's beginning. */
function mayCoverByPattern(earlier: Candidate, candidate: Candidate, universe: Universe): boolean {
  if (!candidate.rest.has('path')) return false
  const [inner, outer] = [wholeOf(candidate), wholeOf(earlier)]
  return inner !== undefined && outer !== undefined && isWithin(inner, outer, universe)
}

/** A few paths of a candidate, the likeliest to be left over: most routes are proved live by one of them. */
function samplePaths({ path, rest }: Candidate): readonly string[] {
  const pattern = rest.get('path')
  const fits = (text: string) => pattern === undefined || contains(pattern, text)
  const literal = path.kind === 'exact' ? [path.text] : [path.text, `${path.text}~`, `${path.text}/~`]
  const fromPattern = pattern === undefined || path.kind === 'exact' ? [] : (witness(pattern) ?? [])
  return [...literal, ...fromPattern].filter((text) => text.startsWith(path.text) && fits(text))
}

/** Whether a request with just this path reaches the candidate: the other dimensions are worked out exactly. */
function reachesWith(
  path: string,
  candidate: Candidate,
  before: readonly Candidate[],
  universe: Universe,
): boolean {
  let boxes: readonly Box[] = [withoutPath(candidate.rest)]
  for (const earlier of before) {
    if (!takesPath(earlier, path)) continue
    const asks = withoutPath(earlier.rest)
    if (asks.size === 0) return false
    boxes = boxes.flatMap((box) => subtractBox(box, asks, universe))
    if (boxes.length === 0) return false
    if (boxes.length > 200) return false
  }
  return true
}

function takesPath({ path, rest }: Candidate, text: string): boolean {
  const literal = path.kind === 'exact' ? text === path.text : text.startsWith(path.text)
  const pattern: StringSet | undefined = rest.get('path')
  return literal && (pattern === undefined || contains(pattern, text))
}

function withoutPath(box: Box): Box {
  if (!box.has('path')) return box
  const rest = new Map(box)
  rest.delete('path')
  return rest
}
