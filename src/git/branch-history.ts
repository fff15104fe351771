import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type GitProcess, GitUnusable, runGit, startGit } from './process.ts'

/** Who wrote a commit, as the commit says. */
export interface Author {
  readonly name: string
  readonly email: string
}

/** A path of which a commit has something else than its parent, as `git diff --raw` tells. */
export interface RawChange {
  readonly path: string
  /** `000000` where there is nothing. */
  readonly modes: readonly [before: string, after: string]
}

/** One step of a branch by itself: a merge, a squashed or rebased pull request, or a push. */
export interface BranchCommit {
  readonly sha: string
  /** What the branch held before; absent where it begins, or where a shallow clone ends. */
  readonly parent?: string
  /** The tip of what was merged. */
  readonly merged?: string
  /** When it came into the branch, in seconds since 1970. */
  readonly at: number
  readonly author: Author
  readonly subject: string
  /** The first line below the subject. */
  readonly further: string
  readonly changed: readonly RawChange[]
}

/** Which steps of a branch are meant, by commits and by when they came in, in seconds since 1970. */
export interface BranchRange {
  readonly tip: string
  /** Whatever this commit holds is left out. */
  readonly not?: string
  readonly since?: number
  readonly until?: number
}

/** The steps of branches, each against the one before it. */
export interface BranchHistory {
  /** The newest first; reading goes on only as far as it is listened to. */
  steps(range: BranchRange): AsyncGenerator<BranchCommit>
  /** How many steps there are. */
  count(range: BranchRange): Promise<number>
  /** The commits beyond which a shallow clone has nothing. */
  cuts(): Promise<ReadonlySet<string>>
  /** The branch that a ref stands for, or the ref itself where that is none. */
  nameOf(ref: 'HEAD' | 'origin/HEAD'): Promise<string>
  /** Who wrote what lies between two commits, the newest first. */
  authorsBetween(base: string, head: string): Promise<readonly Author[]>
}

const fields = ['%H', '%P', '%ct', '%an', '%ae', '%s', '%b'] as const

/** Whatever the settings of the user are, the answer is the same. */
const exactly = [
  '--no-mailmap',
  '--no-show-signature',
  '--no-notes',
  '--no-color',
  '--no-decorate',
  '--no-relative',
  '--no-renames',
  '--ignore-submodules=none',
  '--encoding=UTF-8',
]

/** The history of a clone. */
export function branchHistory(git: GitProcess): BranchHistory {
  return {
    steps: (range) => readSteps(tokensOf(git, argumentsFor(range))),
    async count(range) {
      const { output } = await runGit(['rev-list', '--first-parent', '--count', ...limits(range)], git)
      return Number(output.toString())
    },
    async cuts() {
      const { output } = await runGit(['rev-parse', '--git-path', 'shallow'], git)
      const path = resolve(git.directory, output.toString().replace(/\n$/, ''))
      const text = await readFile(path, 'utf8').catch(() => '')
      return new Set(text.split('\n').filter((line) => line !== ''))
    },
    async nameOf(ref) {
      const { code, output } = await runGit(['rev-parse', '--abbrev-ref', ref], git)
      return (code === 0 && output.toString().trim()) || ref
    },
    async authorsBetween(base, head) {
      const args = ['log', '-z', '--no-merges', ...exactly, '--format=%an%x00%ae', head, '--not', base, '--']
      const { output } = await runGit(args, git)
      const texts = output.toString().split('\0')
      return Array.from({ length: Math.floor(texts.length / 2) }, (_, at) => ({
        name: texts[2 * at] ?? '',
        email: texts[2 * at + 1] ?? '',
      }))
    },
  }
}

function argumentsFor(range: BranchRange): readonly string[] {
  return [
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '-z',
    '--raw',
    '--root',
    '--no-abbrev',
    ...exactly,
    `--format=${fields.join('%x00')}`,
    ...limits(range),
  ]
}

function limits({ tip, not, since, until }: BranchRange): readonly string[] {
  return [
    ...(since === undefined ? [] : [`--since-as-filter=${dated(since)}`]),
    ...(until === undefined ? [] : [`--until=${dated(until)}`]),
    tip,
    ...(not === undefined ? [] : ['--not', not]),
    '--',
  ]
}

/** In Git's own words. As a day of the calendar it takes what is before 1970, or after 2099, for something else. */
function dated(seconds: number): string {
  return `@${Math.max(0, seconds)} +0000`
}

/** The texts between the zeros of what Git prints. Git is ended where nobody listens any more. */
async function* tokensOf(git: GitProcess, args: readonly string[]): AsyncGenerator<string> {
  const child = startGit(args, git)
  const complaint: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end()
  const ended = new Promise<number>((done) => {
    child.on('error', () => done(1))
    child.on('close', (code) => done(code ?? 1))
  })
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      let from = 0
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
        yield Buffer.concat([rest, chunk.subarray(from, end)]).toString()
        rest = Buffer.alloc(0)
        from = end + 1
      }
      rest = Buffer.concat([rest, chunk.subarray(from)])
    }
    if ((await ended) !== 0)
      throw new GitUnusable(`git log failed: ${Buffer.concat(complaint).toString().trim()}`)
  } finally {
    child.kill()
  }
}

async function* readSteps(tokens: AsyncGenerator<string>): AsyncGenerator<BranchCommit> {
  let head: string[] = []
  let changed: RawChange[] = []
  let entry: RawChange['modes'] | undefined
  for await (const token of tokens) {
    if (entry !== undefined) {
      changed.push({ path: token, modes: entry })
      entry = undefined
    } else if (head.length < fields.length) head.push(token)
    else if (isEntry(token)) entry = modesOf(token)
    else {
      yield stepOf(head, changed)
      head = [token]
      changed = []
    }
  }
  if (head.length === fields.length) yield stepOf(head, changed)
}

/** Before the first path of a commit Git ends a line. */
function isEntry(token: string): boolean {
  return /^\n?:/.test(token)
}

function modesOf(token: string): RawChange['modes'] {
  const [, before = '', after = ''] = /:(\d+) (\d+) /.exec(token) ?? []
  return [before, after]
}

/** Of the year 9999: a commit may say that it is of any second, and days have four digits for their year. */
const lastSecond = 253_402_300_799

function stepOf(head: readonly string[], changed: readonly RawChange[]): BranchCommit {
  const [sha = '', parents = '', at = '', name = '', email = '', subject = '', body = ''] = head
  const [parent, merged] = parents.split(' ').filter((each) => each !== '')
  return {
    sha,
    ...(parent !== undefined && { parent }),
    ...(merged !== undefined && { merged }),
    at: Math.min(Number(at), lastSecond),
    author: { name, email },
    subject,
    further: body.trimStart().split('\n')[0] ?? '',
    changed,
  }
}
