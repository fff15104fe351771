import { expect, test } from 'vitest'
import { checkDetails } from '../../../src/report/github/check-details.ts'
import { viewOf } from '../../../src/report/sentences/view.ts'
import { assessStory, readStory } from '../story.ts'

const detailsOf = (story: string) => checkDetails(viewOf(assessStory(readStory(story))))

test('below the summary there are requests to try, who delegates to whom, and how to get the page', async () => {
  await expect(detailsOf('own-path')).toMatchFileSnapshot('../golden/own-path/details.expected.md')
  expect(detailsOf('takes-logs')).toContain('after merge: productpage (login)')
})

test('there is nothing below where no request changes', () => {
  expect(detailsOf('no-manifest')).toBe('')
  expect(detailsOf('formatting-only')).toBe('')
})

test('no name of a manifest is taken for what a check keeps', () => {
  for (const line of detailsOf('hostile-names').split('\n')) expect(line).not.toMatch(/^<!--/)
})
