import { describe, expect, test } from 'vitest'
import { writeReport } from '../../../src/report/github/report.ts'
import type { Merged } from '../../../src/report/sentences/report-context.ts'
import { assessStory, contextOf, readStory, type Story, storyNames } from '../story.ts'

function told(story: Story, merged: Merged) {
  return writeReport(assessStory(story), { ...contextOf(story), merged })
}

const pushed: Merged = { branch: 'main', by: 'carla' }

describe('what is merged already', () => {
  test.each(storyNames())('asks nobody to wait or to approve: %s', (name) => {
    const { title, summary, conclusion } = told(readStory(name), pushed)

    expect(title.length).toBeLessThanOrEqual(80)
    expect(`${title}\n${summary}`).not.toMatch(/Waiting for|^Blocked|To merge|approving review/m)
    if (conclusion !== 'success') expect(title).toMatch(/^Merged /)
  })

  test('says how it came in, who was passed over, and what is left to do', () => {
    const story = { ...readStory('takes-logs'), cast: { author: 'dora' } }
    const summary = (merged: Merged) => told(story, merged).summary

    expect(summary(pushed)).toContain('`carla` pushed this to `main` without a pull request.')
    expect(summary({ branch: 'main', by: 'olga', number: 7 })).toContain(
      '`olga` merged pull request `#7` into `main`.',
    )
    expect(summary({ branch: 'main' })).toContain('Somebody pushed this to `main`')
    expect(summary(pushed)).toMatch(
      /`bookinfo\/\w+` and `bookinfo\/\w+` did not agree\. .* tell them, or revert it\./,
    )
  })

  test('cannot write Markdown with the name of a branch', () => {
    const { summary } = told(readStory('takes-logs'), { branch: '@all`**x**', by: 'carla' })

    expect(summary).toContain('pushed this to ``@all`**x**`` without')
  })
})
