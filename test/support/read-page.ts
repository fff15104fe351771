import type { Proposed, Story, Theatre } from './stage.ts'

/** What is said of a commit, under the names that people use for it. */
type Names = ReadonlyMap<string, string>

/** A part of a page: a heading and what stands below it, or that there is nothing. */
function part(heading: string, body: string): string {
  return `## ${heading}\n\n${body.trim() || '(none)'}`
}

/** Commits have other names in each run, and each story its own organization. */
function plainly(text: string, { org }: Story, names: Names): string {
  const commits = [...names].reduce(
    (said, [sha, name]) => said.replaceAll(sha, name).replaceAll(sha.slice(0, 7), name),
    text,
  )
  return commits
    .replaceAll(org, 'bookinfo')
    .replaceAll(/(<!-- firebreak:(?:queue|review) )[0-9a-f]+/g, '$1...')
}

/** A whole page of the golden files: a heading for each part, as it would be read from top to bottom. */
export function textOf(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}

/** The comments of a pull request, each under who wrote it. */
export function commentsOf({ github }: Theatre, story: Story, { number }: Proposed, names: Names): string {
  return github
    .comments(story.repo, number)
    .map(({ body }) => plainly(body, story, names).trim())
    .join('\n\n----\n\n')
}

/** The review comments of a pull request with their places, replies included. */
export function remarksOf({ github }: Theatre, story: Story, { number }: Proposed, names: Names): string {
  return github
    .reviewComments(story.repo, number)
    .map(({ author, path, body, original, current, inReplyTo }) => {
      const place = current ?? original
      const lines = place.kind === 'file' ? '' : `, ${placeOf(place)}`
      const where = inReplyTo === undefined ? `${path}${lines}` : `${author.login} answers`
      return `### ${where}\n\n${plainly(body, story, names).trim()}`
    })
    .join('\n\n')
}

function placeOf({ startLine, line }: { readonly startLine?: number; readonly line: number }): string {
  return startLine === undefined || startLine === line ? `line ${line}` : `lines ${startLine} to ${line}`
}

/** The names of the commits of a pull request: what it is compared with, and what it brings. */
export async function namesOf({ github }: Theatre, story: Story, { number }: Proposed): Promise<Names> {
  const { head, base } = github.pullRequest(story.repo, number)
  const tip = (await github.branchTip(story.repo, base.ref)) ?? ''
  return new Map([
    [head.sha, 'HEAD'],
    [tip, 'TIP'],
  ])
}

/** As it is before anything is unfolded. */
export function foldedUp(page: string): string {
  return page.replaceAll(/<details><summary>(.*?)<\/summary>.*?<\/details>/gs, '> $1')
}

/** All that somebody reads on a pull request: the verdict, who is asked, the comments, the remarks, and the check. */
export async function readPage(theatre: Theatre, story: Story, pull: Proposed): Promise<string> {
  const { title, conclusion, summary } = await pull.verdict()
  const names = await namesOf(theatre, story, pull)
  const { users, teams } = theatre.github.requestedReviewers(story.repo, pull.number)
  const asked = [...teams, ...users].map((each) => plainly(each, story, names)).sort()
  return textOf([
    `# ${plainly(title, story, names)}`,
    `${conclusion}; asked for a review: ${asked.join(', ') || 'nobody'}`,
    part('The comment', commentsOf(theatre, story, pull, names)),
    part('On the lines', remarksOf(theatre, story, pull, names)),
    part('The check', plainly(summary, story, names)),
  ])
}
