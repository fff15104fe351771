import { describe, expect, test } from 'vitest'
import { terminalCheck } from '../../src/report/page/text/check-text.ts'
import { plain } from '../../src/report/print/screen.ts'
import { expectPromises } from './promises.ts'
import { thousandMoved, timeoutForAll, weightsOfForty } from './scale.ts'
import { assessStory, contextOf, type Story, waysOutOf } from './story.ts'

function terminal(story: Story): string {
  return terminalCheck(assessStory(story), { paint: plain, width: 100 }, waysOutOf(story))
}

describe.each([
  [timeoutForAll, 'Waiting for 24 of 38 teams: 38 paths would get a 5 s timeout'],
  [weightsOfForty, 'Waiting for 26 of 40 teams: 40 services would split 50/50 (was 90/10)'],
  [thousandMoved, 'Waiting for 1000 teams: 1000 paths would change'],
])('$name', (story, title) => {
  const report = expectPromises(assessStory(story), contextOf(story))

  test('is told in one title', () => {
    expect(report.title).toBe(title)
  })

  test('is one comment of a screen', async () => {
    await expect(report.comment).toMatchFileSnapshot(`./golden/${story.name}/comment.expected.md`)
  })

  test('is at most two screens of a terminal', () => {
    expect(terminal(story).split('\n').length).toBeLessThanOrEqual(100)
  })
})

test.each([timeoutForAll, weightsOfForty])(
  'equal changes of many teams are one review comment: $name',
  async (story) => {
    const { reviewComments } = expectPromises(assessStory(story), contextOf(story))

    expect(reviewComments).toHaveLength(1)
    await expect(reviewComments[0]?.body).toMatchFileSnapshot(`./golden/${story.name}/review.expected.md`)
  },
)

test('what is left out of a terminal is counted, with the command that prints it', () => {
  expect(terminal(thousandMoved)).toMatch(
    /^\.\.\. and 9\d\d more like these, with 9\d\d paths: firebreak check --format html$/m,
  )
})
