import { expect, test } from 'vitest'
import { aheadTitle, queueWords, sameTitle } from '../../../src/report/github/queue-comment.ts'
import { viewOf } from '../../../src/report/sentences/view.ts'
import { assessStory, readStory, type Story } from '../story.ts'

const wordsOf = (story: Story) => queueWords(viewOf(assessStory(story)), () => false)
const queued = (...numbers: readonly number[]) => ({ kind: 'queued', numbers }) as const

test('a title names what is ahead, in the fullest words that have room', () => {
  const { title } = wordsOf(readStory('takes-logs'))
  if (title === undefined) throw new Error('it is told as it is')

  expect(aheadTitle(title, queued(107))).toBe(
    'Waiting for catalog: with #107 ahead of it, /logs* would move to login',
  )
  expect(aheadTitle({ lead: 'Blocked', bodies: ['/a returns 404'] }, queued(107, 99, 98))).toBe(
    'Blocked: with #107 and 2 more ahead of it, /a returns 404',
  )
  expect(aheadTitle(title, { kind: 'merged', numbers: [107] })).toBe(
    'Waiting for catalog: after #107, /logs* would move from catalog to login',
  )
  expect(aheadTitle(title, queued())).toBeUndefined()
  expect(aheadTitle({ lead: 'Blocked', bodies: ['long '.repeat(20)] }, queued(107))).toBeUndefined()
})

test('what changes as agreed is told as the same, and what is no agreement is not', () => {
  expect(wordsOf(readStory('takes-logs-approved')).agreed).toBe('by-others')
  expect(wordsOf(readStory('own-path')).agreed).toBe('by-author')
  expect(wordsOf(readStory('takes-logs')).agreed).toBeUndefined()
  expect(wordsOf(readStory('no-manifest')).agreed).toBeUndefined()
  expect(sameTitle('by-others', 102)).toBe('OK: the same changes as in #102, all agreed')
  expect(sameTitle('by-author', 102)).toBe('OK: the same changes as in #102')
})

test('what was merged before is what there is today', () => {
  const { details } = wordsOf(readStory('takes-logs'))

  expect(details.merged).toContain('| Team | Requests | Today | With this |')
  expect(details.queued).toContain('| Team | Requests | With what is ahead | With this, too |')
})

test('a draft and a trial period are told otherwise', () => {
  expect(wordsOf(readStory('takes-logs-draft')).title).toBeUndefined()
  expect(wordsOf(readStory('takes-logs-observed')).title).toBeUndefined()
})
