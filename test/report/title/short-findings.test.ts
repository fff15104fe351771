import { expect, test } from 'vitest'
import { rules } from '../../../src/domain/rules/index.ts'
import type { Finding } from '../../../src/domain/rules/rule.ts'
import { plainOf } from '../../../src/domain/words/phrase.ts'
import { shortFindings, wordedRules } from '../../../src/report/title/short-findings.ts'
import { assessStory, readStory } from '../story.ts'

function firstOf(story: string): Finding {
  const [finding] = assessStory(readStory(story)).decision.blocking
  if (finding === undefined) throw new Error(`nothing blocks ${story}`)
  return finding
}

test('every rule has words of its own, and no others have', () => {
  expect([...wordedRules].sort()).toEqual(rules.map(({ id }) => id).sort())
})

test('the shortest says what is wrong in words, with a count of what else is', () => {
  const finding = firstOf('third-match')
  const all = (rule: string, ...others: readonly Finding[]) =>
    shortFindings([{ ...finding, rule, resource: '' }, ...others]).map(plainOf)

  expect(shortFindings([finding]).map(plainOf)[0]).toBe('Istio would drop an entry of vs-1')
  expect(all('not-deployed', finding, finding)).toEqual([
    'teams/login/vs-1.yaml line 13: a build fails, and nothing of it is applied (and 2 more)',
    'a build fails, and nothing of it is applied (and 2 more)',
  ])
})
