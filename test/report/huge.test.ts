import { describe, expect, test } from 'vitest'
import { assess } from '../../src/domain/assess.ts'
import { remarksOf } from '../../src/report/github/annotations.ts'
import { writeReport } from '../../src/report/github/report.ts'
import { workflowCommands } from '../../src/report/github/workflow-commands.ts'
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

  test('says in the summary how many annotations it does not hold', () => {
    const text = Array.from(
      { length: 300 },
      (_, at) =>
        `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: x${at}, namespace: ns1 }\nspec: { foo: 1 }\n`,
    ).join('---\n')
    const { findings } = assess({
      base: [],
      merged: [{ path: 'many.yaml', text }],
      changed: [{ path: 'many.yaml', merged: { path: 'many.yaml', text } }],
      obstructions: [],
      draft: false,
      today: '2026-01-01',
    })
    const story = hugeStory(2, 'consent: { many: 100 }\n')
    const assessment = { ...assessStory(story), findings }
    const report = writeReport(assessment, contextOf(story))
    const more = remarksOf(findings).length - 250

    expect(report.annotations).toHaveLength(250)
    expect(report.summary).toContain(`${more} more do not`)
    expect(workflowCommands(assessment).split('\n').length).toBeGreaterThan(250 + more)
  })
})
