import { describe, expect, test } from 'vitest'
import { hugeStory } from './huge.ts'
import { expectPromises } from './promises.ts'
import { assessStory, contextOf } from './story.ts'

function written(configuration: string, teams = 38): ReturnType<typeof expectPromises> {
  const story = hugeStory(teams, configuration)
  return expectPromises(assessStory(story), contextOf(story))
}

describe('a pull request that touches many teams', () => {
  test('counts them, in a comment of one screen', async () => {
    const report = written('consent: { many: 100 }\n')

    expect(report.title).toBe('Waiting for 24 of 38 teams: 114 paths would get a 5 s timeout')
    await expect(report.comment).toMatchFileSnapshot('./golden/huge/comment.expected.md')
    expect(report.reviewComments.length).toBeLessThanOrEqual(10)
  })

  test('says that two administrators speak for all where the repository wants it so', async () => {
    const report = written('consent: { many: 5 }\n')

    expect(report.title).toBe('Waiting for mesh-admins: 114 paths would get a 5 s timeout')
    await expect(report.comment).toMatchFileSnapshot('./golden/huge-stood-in/comment.expected.md')
  })

  test('tells instead of asking where the repository wants it so', async () => {
    const report = written('consent: { inherited: report }\n')

    expect(report.title).toBe('OK: 114 paths get a 5 s timeout (told, not asked)')
    await expect(report.comment).toMatchFileSnapshot('./golden/huge-told/comment.expected.md')
  })

  test('stays within what GitHub takes for a hundred teams', () => {
    written('consent: { many: 10000 }\n', 100)
  })
})
