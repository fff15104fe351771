import { type Commit, readCommit, readCommits } from './objects.ts'
import { remember } from './remember.ts'
import { GitError, git, gitText } from './run.ts'

/** Longer histories are left to Git. */
const longestLine = 64

/** The commits from one back along only parents, and whether that led to the beginning. */
interface Line {
  readonly commits: readonly Commit[]
  readonly isWhole: boolean
}

async function lineFrom(directory: string, id: string): Promise<Line> {
  const commits: Commit[] = []
  for (let next: string | undefined = id; next !== undefined; ) {
    const commit: Commit | undefined = await readCommit(directory, next)
    if (commit === undefined || commits.length === longestLine) return { commits, isWhole: false }
    commits.push(commit)
    if (commit.parents.length > 1) return { commits, isWhole: false }
    next = commit.parents[0]
  }
  return { commits, isWhole: true }
}

/** Where two lines meet: an id, `apart` where they surely never do, or undefined where Git has to be asked. */
function meeting(one: Line, other: Line): string | undefined {
  const ids = new Set(other.commits.map(({ sha }) => sha))
  const met = one.commits.find(({ sha }) => ids.has(sha))
  if (met !== undefined) return met.sha
  return one.isWhole && other.isWhole ? 'apart' : undefined
}

async function meetingOf(directory: string, a: string, b: string): Promise<string | undefined> {
  const [one, other] = await Promise.all([lineFrom(directory, a), lineFrom(directory, b)])
  return meeting(one, other)
}

const ancestries = remember<boolean>(1000)

/** Whether a commit can be reached from another. */
export function isAncestor(directory: string, ancestor: string, commit: string): Promise<boolean> {
  return ancestries(`${directory} ${ancestor} ${commit}`, async () => {
    const met = await meetingOf(directory, commit, ancestor)
    if (met !== undefined) return met === ancestor
    try {
      await git(directory, ['merge-base', '--is-ancestor', ancestor, commit])
      return true
    } catch (error) {
      if (error instanceof GitError && error.code === 1) return false
      throw error
    }
  })
}

const bases = remember<string | undefined>(1000)

/** The best common ancestor of two commits, or undefined where they share none. */
export function mergeBase(directory: string, a: string, b: string): Promise<string | undefined> {
  return bases(`${directory} ${a} ${b}`, async () => {
    const met = await meetingOf(directory, a, b)
    if (met !== undefined) return met === 'apart' ? undefined : met
    try {
      return (await gitText(directory, ['merge-base', a, b])).split('\n')[0]
    } catch (error) {
      if (error instanceof GitError && error.code === 1) return undefined
      throw error
    }
  })
}

const ranges = remember<Commit[]>(500)

/** The commits that one commit has and another has not, oldest first. Both are given by id. */
export function commitsBetween(directory: string, from: string, to: string): Promise<Commit[]> {
  return ranges(`${directory} ${from} ${to}`, async () => {
    const [one, other] = await Promise.all([lineFrom(directory, to), lineFrom(directory, from)])
    const met = meeting(one, other)
    if (met === undefined) return readCommits(directory, `${from}..${to}`)
    const end = one.commits.findIndex(({ sha }) => sha === met)
    return (end === -1 ? [...one.commits] : one.commits.slice(0, end)).reverse()
  })
}
