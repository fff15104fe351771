import type { BranchCommit } from '../../git/branch-history.ts'
import type { GitClone } from '../../git/clone.ts'
import type { NotJudged, Past, PastChange, PastCommit } from '../../report/page/past-change.ts'
import type { AskedRange } from './asked-range.ts'
import { authorOf } from './author-of.ts'
import { type JudgingSteps, judgeStep } from './judge-step.ts'
import { type Kept, type KeptVerdicts, keyOfVerdict } from './kept-verdicts.ts'
import { beginningAt, dayOf, pastCommit } from './past-commit.ts'
import { createTouching, type Touching } from './touching.ts'

/** What going through the past takes. */
export interface PastWorld extends JudgingSteps {
  readonly clone: Pick<GitClone, 'isUnmerged' | 'history'>
  readonly kept: KeptVerdicts
  /** What beside the two commits a verdict rests on. */
  readonly givens: Readonly<Record<string, string>>
  /** Is told what is looked at. */
  readonly doing: (what: string) => void
}

/** What was found: the newest first. */
type Found = Pick<Past, 'changes' | 'untouched' | 'beginning' | 'limit'>

/** Says of every step of a branch what would have been said. One that cannot be judged says why, and the others are judged. */
export async function pastOf({ range }: AskedRange, limit: number, world: PastWorld): Promise<Found> {
  const { history } = world.clone
  const touching = createTouching(world.storeOf, {
    charts: false,
    ...(world.defaults && { defaults: world.defaults }),
  })
  const changes: PastChange[] = []
  let untouched = 0
  const all = await history.count(range)
  for await (const step of history.steps(range)) {
    if (step.parent === undefined) return { changes, untouched, beginning: await beginningAt(step, history) }
    world.doing(`Judging ${changes.length + untouched + 1} of ${all} merged changes, of ${dayOf(step)}`)
    const found = await foundOf(step, step.parent, touching, world)
    if (found === 'untouched') untouched += 1
    else changes.push(found)
    if (changes.length === limit) return { changes, untouched, limit }
  }
  return { changes, untouched }
}

async function foundOf(
  step: BranchCommit,
  base: string,
  touching: Touching,
  world: PastWorld,
): Promise<PastChange | 'untouched'> {
  let author: PastCommit['author'] = { name: step.author.name }
  try {
    if (!(await touching.isTouched(step))) return 'untouched'
    author = await authorOf(step, world.clone.history)
    const kept = await verdictOn(step, base, author.login, world)
    return kept === 'untouched' ? kept : { ...pastCommit(step, base, author), ...kept }
  } catch (error) {
    return { ...pastCommit(step, base, author), ...notJudged(error) }
  }
}

function notJudged(error: unknown): NotJudged {
  return { verdict: 'not-judged', because: error instanceof Error ? error.message : String(error) }
}

/** As it was kept, or found now and kept. */
async function verdictOn(
  step: BranchCommit,
  base: string,
  login: string | undefined,
  world: PastWorld,
): Promise<Kept> {
  const author = world.members === undefined ? undefined : login
  const day = dayOf(step)
  const key = keyOfVerdict({ ...world.givens, base, head: step.sha, day, author: author ?? '' })
  const known = world.kept.get(key)
  if (known !== undefined) return known
  const judged = await judgeStep(
    { base, head: step.sha, day, ...(author !== undefined && { login: author }) },
    world,
  )
  if (judged.isLasting) await world.kept.keep(key, judged.kept)
  return judged.kept
}
