import { describe, expect, it } from 'vitest'
import type { SharedApprovers } from '../../src/domain/policy/shared-approvers.ts'
import { toMerge } from '../../src/report/consent-words.ts'
import { markdownOf } from '../../src/report/phrase.ts'
import { viewOf } from '../../src/report/view.ts'
import { assessStory, readStory } from './story.ts'

/** Nobody of either team wrote it, so that both are asked. */
const asked = assessStory({ ...readStory('takes-logs'), cast: { author: 'dora' } })
const teams = asked.decision.requirements.map(({ team }) => team)

function words(groups: readonly (readonly string[])[]): string {
  const sharedApprovers: readonly SharedApprovers[] = groups.map((logins) => ({ logins, teams }))
  const phrase = toMerge(viewOf({ ...asked, sharedApprovers }), () => false)
  return phrase === undefined ? '' : markdownOf(phrase)
}

describe('who is in several of the teams still unmet', () => {
  it.each([
    [[['nina']], 'One review by `nina` would do for both.'],
    [[['nina', 'omar']], 'One review by `nina` or `omar` would do for both.'],
    [[['a', 'b', 'c', 'd', 'e']], 'One review by `a`, `b`, `c` or 2 more would do for both.'],
  ])('%j', (groups, sentence) => {
    expect(words(groups)).toContain(` ${sentence}`)
  })

  it('is not mentioned where nobody is', () => {
    expect(words([])).not.toContain('would do for')
  })

  it('cannot write Markdown with a login', () => {
    expect(words([['@all `x` **y**']])).toContain(' ``@all `x` **y**`` would')
  })
})
