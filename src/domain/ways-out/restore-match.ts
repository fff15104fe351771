import { type BlockingDrop, blockingDrops } from './blocking-drops.ts'
import { goneUris, isNew } from './both-sides.ts'
import type { Candidate, Generator } from './candidate.ts'
import { rewriteUri } from './rewrite-uri.ts'

/** Where one path was replaced by another, and Istio drops an entry because of it: writes the path of the base side again. */
export const restoreMatch: Generator = (judgement) =>
  blockingDrops(judgement).flatMap((drop) => [...inSecondary(drop), ...inPrimary(drop)])

function inSecondary({ secondary, bad, base }: BlockingDrop): readonly Candidate[] {
  const [match, ...others] = bad
  const [gone, ...more] = goneUris(base, secondary)
  if (match === undefined || gone === undefined || others.length + more.length > 0) return []
  return isNew(match, base) ? oneOrNone(rewriteUri(match.uri, gone)) : []
}

function inPrimary({ edge, basePrimary }: BlockingDrop): readonly Candidate[] {
  const [match, ...others] = (edge.route.match ?? []).filter((each) => isNew(each, basePrimary))
  const [gone, ...more] = goneUris(basePrimary, edge.primary)
  if (match === undefined || gone === undefined || others.length + more.length > 0) return []
  return oneOrNone(rewriteUri(match.uri, gone))
}

function oneOrNone(candidate: Candidate | undefined): readonly Candidate[] {
  return candidate === undefined ? [] : [candidate]
}
