import { expect, test } from 'vitest'
import { terminalCheck } from '../../../../src/report/page/text/check-text.ts'
import { plain } from '../../../../src/report/print/screen.ts'
import { hugeStory } from '../../huge.ts'
import { expectPromises } from '../../promises.ts'
import { assessStory, diffOf, type Story } from '../../story.ts'

const sixty = hugeStory(60, 'consent: { many: 100 }\n')
const nobodyKnown: Story = { ...sixty, members: {} }

function consentOf(story: Story): string {
  const text = terminalCheck(assessStory(story), { paint: plain, width: 100 })
  return text.slice(text.indexOf('To merge:'))
}

test('that nobody can say who is in many teams is said once', () => {
  const { title, comment = '' } = expectPromises(assessStory(nobodyKnown), diffOf(nobodyKnown))

  expect(comment).toContain('Not possible for all of them as things stand: who is in these teams cannot')
  expect(comment.split('cannot be looked up')).toHaveLength(2)
  expect(title).toBe('Waiting for 61 teams: 180 paths would get a 5 s timeout')
})

test('in a terminal they are named, as far as there is room, with why they are asked and where the rest is', () => {
  expect(consentOf(nobodyKnown).split('\n').length).toBeLessThanOrEqual(12)
  expect(consentOf(nobodyKnown).replaceAll(/\s+/g, ' ')).toMatch(
    /60 teams: requests of theirs may change .* and 21 more: firebreak check --format html --members FILE says/,
  )
  expect(consentOf(sixty)).not.toContain('--members')
})
