import { expect, it } from 'vitest'
import { evaluate, type PeopleSource } from '../../src/app/evaluate.ts'
import { context, peopleOf, proposalOf, readStory } from '../report/story.ts'

/** Asks as a story tells, and keeps what was asked. */
function sourceOf(name: string) {
  const story = readStory(name)
  const asked: string[] = []
  const source: PeopleSource = {
    async people({ requirements }, owners) {
      asked.push(`people of ${owners.join(' and ')} for ${requirements.length}`)
      return peopleOf(story)
    },
    async members(owners) {
      asked.push(`members of ${owners.join(' and ')}`)
      return (owner) => [
        { login: 'dora', bot: false },
        { login: owner, bot: false },
      ]
    },
  }
  return { asked, judged: evaluate(proposalOf(story), source, { sha: context.headSha }) }
}

it('people are asked for once it is known whom it concerns, and members where several teams are open', async () => {
  const { asked, judged } = sourceOf('takes-logs-nobody-named')
  const { assessment, ways } = await judged

  expect(asked).toEqual([
    'people of @bookinfo/catalog and @bookinfo/login for 2',
    'members of @bookinfo/catalog and @bookinfo/login',
  ])
  expect(assessment.sharedApprovers?.map(({ logins }) => logins)).toEqual([['dora']])
  expect(ways().length).toBeGreaterThan(0)
})

it('nobody is looked for who could speak for several where one team is open', async () => {
  const { asked, judged } = sourceOf('takes-logs')
  const { assessment } = await judged

  expect(asked).toEqual(['people of @bookinfo/catalog and @bookinfo/login for 2'])
  expect(assessment.sharedApprovers).toBeUndefined()
  expect(assessment.decision.conclusion).toBe('action_required')
})
