import { describe, expect, test } from 'vitest'
import { assess } from '../../../../src/domain/assess.ts'
import { decide } from '../../../../src/domain/policy/decide.ts'
import { factsOf } from '../../../../src/domain/policy/facts.ts'
import type { Assessment } from '../../../../src/domain/policy/judgement.ts'
import { edited, replacing } from '../../edited.ts'
import { expectPromises } from '../../promises.ts'
import { context, contextOf, peopleOf, proposalOf, readStory, type Story } from '../../story.ts'

const approved = readStory('takes-logs-approved')
const catalog = 'teams/catalog/vs-2.yaml'

/** catalog adds `/logbook` on main, after carla has approved that `/logs*` moves. */
const meanwhile = edited(approved, {
  both: {
    [catalog]: replacing(
      '  http:\n',
      '  http:\n    - match:\n        - uri:\n            exact: /logbook\n      route:\n        - destination:\n            host: ratings.default.svc.cluster.local\n',
    ),
  },
})

/** catalog gives the same entry that takes `/logs*` one more match on main. */
const alike = edited(approved, {
  both: {
    [catalog]: replacing(
      '            prefix: /logs\n',
      '            prefix: /logs\n        - uri:\n            exact: /logbook\n',
    ),
  },
})

/** A story as it is judged where a check had listed another one before anybody approved. */
function afterCheckOf(listed: Story, story: Story): Assessment {
  const facts = new Set(assess(proposalOf(listed)).requirements.flatMap(factsOf))
  const shown = [
    { at: '2026-01-01T00:00:00Z', digests: new Set<string>(), covers: (fact: string) => facts.has(fact) },
  ]
  return decide(assess(proposalOf(story)), { ...peopleOf(story), shown }, { sha: context.headSha })
}

describe('after an approval', () => {
  test('what is new is named and marked', async () => {
    const { title, comment } = expectPromises(afterCheckOf(approved, meanwhile), contextOf(meanwhile))

    expect(title).toBe('Waiting for catalog again: /logbook would move too')
    await expect(comment).toMatchFileSnapshot('./golden/since-approval/comment.expected.md')
    expect(comment).toContain("| catalog loses it | `/logbook` (new since carla's approval) |")
    expect(comment).toContain('| catalog loses it | `/logs*` |')
    expect(comment).toContain('carla approved before all of this was listed.')
    expect(comment).not.toContain('Not possible')
  })

  test('of requests that are treated alike those that are new are named', () => {
    const { title, comment } = expectPromises(afterCheckOf(approved, alike), contextOf(alike))

    expect(title).toBe('Waiting for catalog again: /logbook would move too')
    expect(comment).toContain(
      "| catalog loses them | `/logbook` and `/logs*` (`/logbook` new since carla's approval) |",
    )
  })

  test('the same the other way round: what was listed is one of several', () => {
    const more = edited(alike, {
      both: {
        [catalog]: replacing(
          '            exact: /logbook\n',
          '            exact: /logbook\n        - uri:\n            exact: /logic\n',
        ),
      },
    })
    const { title } = expectPromises(afterCheckOf(approved, more), contextOf(more))

    expect(title).toBe('Waiting for catalog again: /logbook and /logic would move too')
  })

  test('what was listed with another answer is new', () => {
    const { title } = expectPromises(afterCheckOf(meanwhile, alike), contextOf(alike))

    expect(title).toBe('Waiting for catalog again: /logbook would move too')
  })

  test('nothing is new where the check had listed it all', () => {
    const { title, comment } = expectPromises(afterCheckOf(meanwhile, meanwhile), contextOf(meanwhile))

    expect(title).toMatch(/^OK: .*catalog agreed \(carla\)$/)
    expect(comment ?? '').not.toContain('new since')
  })

  test('nothing is waited for again where nothing of it had been listed', () => {
    const nothing = { ...approved, head: approved.base }
    const { title, comment } = expectPromises(afterCheckOf(nothing, meanwhile), contextOf(meanwhile))

    expect(title).toMatch(/^Waiting for catalog: /)
    expect(comment).not.toContain('new since')
  })
})
