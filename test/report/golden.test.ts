import { describe, expect, test } from 'vitest'
import { writeReport } from '../../src/report/github/report.ts'
import { checkJson } from '../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../src/report/page/text/check-text.ts'
import { plain } from '../../src/report/print/screen.ts'
import { expectPromises } from './promises.ts'
import { assessStory, contextOf, readStory, storyNames, waysOutOf } from './story.ts'

/** Everything that GitHub would show of a check run, as one page. */
function checkPage(report: ReturnType<typeof writeReport>): string {
  const remarks = report.annotations.map(
    ({ path, startLine, endLine, level, title, message }) =>
      `${path}:${startLine}-${endLine} ${level} ${title}\n${message}\n`,
  )
  const asked = report.reviewers.length === 0 ? 'nobody' : report.reviewers.join(', ')
  return [
    `# ${report.title}`,
    `${report.conclusion}; asked for a review: ${asked}`,
    report.summary,
    ...remarks,
  ].join('\n\n')
}

describe.each(storyNames())('%s', (name) => {
  const story = readStory(name)
  const assessment = assessStory(story)
  const report = writeReport(assessment, contextOf(story))
  const golden = (file: string): string => `./golden/${name}/${file}`

  test('every promise is kept', () => {
    const { title } = expectPromises(assessment, contextOf(story))

    expect(title).not.toContain('…')
  })

  test('the check run', async () => {
    await expect(checkPage(report)).toMatchFileSnapshot(golden('check.expected.md'))
  })

  test('the summary comment', async () => {
    await expect(report.comment ?? `(none; an older one becomes)\n${report.quiet}`).toMatchFileSnapshot(
      golden('comment.expected.md'),
    )
  })

  test('the review comments', async () => {
    const comments = report.reviewComments.map(
      (each) => `${each.path}, lines ${each.startLine} to ${each.line}\n${each.body}`,
    )
    await expect(comments.join('\n') || '(none)\n').toMatchFileSnapshot(golden('review.expected.md'))
  })

  test('the terminal', async () => {
    await expect(
      terminalCheck(assessment, { paint: plain, width: 100 }, waysOutOf(story)),
    ).toMatchFileSnapshot(golden('terminal.expected.txt'))
  })

  test('the JSON', async () => {
    await expect(`${JSON.stringify(checkJson(assessment), null, 2)}\n`).toMatchFileSnapshot(
      golden('check.expected.json'),
    )
  })
})
