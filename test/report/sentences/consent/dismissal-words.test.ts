import { describe, expect, test } from 'vitest'
import type { DismissedObjection } from '../../../../src/domain/policy/consent/dismissed-objections.ts'
import type { Assessment } from '../../../../src/domain/policy/judgement.ts'
import { writeReport } from '../../../../src/report/github/report.ts'
import { assessStory, contextOf, readStory } from '../../story.ts'

const story = { ...readStory('takes-logs'), cast: { author: 'dora', approvedBy: ['lina', 'carla'] } }

function report(dismissed: readonly DismissedObjection[], change: Partial<Assessment> = {}) {
  const assessment = assessStory(story)
  const { decision } = assessment
  const [first, ...rest] = decision.requirements
  if (first === undefined) throw new Error('somebody is asked')
  const requirements = [{ ...first, dismissed }, ...rest]
  return writeReport({ ...assessment, ...change, decision: { ...decision, requirements } }, contextOf(story))
}

const by = (membership: 'member' | 'no-member' | 'unresolvable') => ({ login: 'carla', membership })

describe('a dismissed objection', () => {
  test.each([
    [by('no-member'), /`leo` asked for changes for \w+; `carla`, who is not in \w+, dismissed the review\./],
    [by('member'), /`leo` asked for changes for \w+; `carla`, also of \w+, dismissed the review\./],
    [by('unresolvable'), /`carla`, who may be in \w+ or not, dismissed the review\./],
    [
      undefined,
      /`leo` asked for changes for \w+, and the review was dismissed; GitHub does not say by whom\./,
    ],
  ])('%j is told in the check and in the comment', (who, sentence) => {
    const { summary, comment } = report([{ objector: 'leo', ...(who && { by: who }) }])

    expect(summary).toMatch(sentence)
    expect(comment).toMatch(sentence)
  })

  test('is told up to a number, then counted', () => {
    const many = Array.from({ length: 8 }, (_, at) => ({ objector: `leo${at}`, by: by('no-member') }))

    expect(report(many).summary).toContain('3 more of this kind.')
  })

  test('is worth a comment of its own where somebody of another team dismissed it', () => {
    const quiet = { comparison: { ...assessStory(story).comparison, changes: [] } }

    expect(report([], quiet).comment).toBeUndefined()
    expect(report([{ objector: 'leo', by: by('no-member') }], quiet).comment).toBeDefined()
    expect(report([{ objector: 'leo', by: by('member') }], quiet).comment).toBeUndefined()
  })
})
