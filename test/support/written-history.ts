import { execFileSync } from 'node:child_process'

/** A commit that is written: what it changes of the one before, null for what it takes away. */
export interface WrittenCommit {
  readonly subject: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly files: Readonly<Record<string, string | null>>
  readonly author?: string
  /** Whether it is merged from a branch, by somebody else. */
  readonly merged?: true
}

const merger = 'Merger <noreply@github.com>'

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}

function dated(person: string, day: string): string {
  return `${person} ${Date.parse(`${day}T12:00:00Z`) / 1000} +0000`
}

function changes(files: WrittenCommit['files']): string {
  return Object.entries(files)
    .map(([path, text]) =>
      text === null
        ? `D ${JSON.stringify(path)}\n`
        : `M 100644 inline ${JSON.stringify(path)}\n${data(text)}`,
    )
    .join('')
}

/**
 * Writes commits into a repository without any, by one process: equal commits have equal names. The number of a merged pull request
 * is its place in the list.
 */
export function writeHistory(path: string, commits: readonly WrittenCommit[]): void {
  const author = 'Ada <1+ada@users.noreply.github.com>'
  let last: string | undefined
  const stream = commits.map(({ subject, day, files, author: by = author, merged }, at) => {
    const from = last === undefined ? '' : `from ${last}\n`
    const people = `author ${dated(by, day)}\ncommitter ${dated(by, day)}\n`
    if (merged === undefined) {
      last = `:${2 * at + 1}`
      return `commit refs/heads/main\nmark ${last}\n${people}${data(subject)}${from}${changes(files)}\n`
    }
    const topic = `commit refs/heads/topic-${at}\nmark :${2 * at + 1}\n${people}${data('On a branch')}${from}${changes(files)}\n`
    const message = `Merge pull request #${at} from acme/topic-${at}\n\n${subject}`
    last = `:${2 * at + 2}`
    const both = `author ${dated(merger, day)}\ncommitter ${dated(merger, day)}\n`
    return `${topic}commit refs/heads/main\nmark ${last}\n${both}${data(message)}${from}merge :${2 * at + 1}\n${changes(files)}\n`
  })
  execFileSync('git', ['fast-import', '--quiet', '--date-format=raw'], { cwd: path, input: stream.join('') })
}
