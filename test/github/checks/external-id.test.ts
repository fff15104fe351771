import { expect, test } from 'vitest'
import { externalId, notedPusher, pushNoteId, subjectOf } from '../../../src/github/checks/external-id.ts'
import { at } from '../../support/github.ts'

const ref = { ...at, number: 7 }
const sha = 'a'.repeat(40)

test('law: what a run carries says whom it is for', () => {
  const group = { sha, parent: 'b'.repeat(40) }

  expect(subjectOf(externalId({ ref }), sha)).toEqual({ number: 7 })
  expect(subjectOf(externalId({ ref, group }), sha)).toEqual({ number: 7, group })
})

test.each(['carla', 'release-bot[bot]', 'carla_acme'])(
  'law: a note says who pushed (%s), and whose it is',
  (login) => {
    const note = pushNoteId({ ref }, login)

    expect(notedPusher(note)).toEqual({ number: 7, login })
    expect(subjectOf(note, sha)).toEqual({ number: 7 })
  },
)

test('an evaluation notes nobody', () => {
  expect(notedPusher(externalId({ ref }))).toBeUndefined()
  expect(notedPusher(null)).toBeUndefined()
})

test.each([
  '',
  'pr:7:pushed-by:',
  'pr:7:pushed-by:a b',
  'pr:',
  'pr:7 ',
  'pr:9999999999',
  'queue:7',
  'queue:7:xyz',
  null,
])('%j is none of ours', (carried) => {
  expect(subjectOf(carried, sha)).toBeUndefined()
})
