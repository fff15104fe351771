import { expect, test } from 'vitest'
import {
  externalId,
  groundsIn,
  isFor,
  notedPusher,
  pushNoteId,
  subjectOf,
  verdictId,
} from '../../../src/github/checks/external-id.ts'
import { at, pullRequest } from '../../support/github.ts'

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

const key = 'Zz09-_Zz09-_Zz09'

test.each([{ opinions: key }, {}, { defaults: key }, { opinions: key, defaults: key }])(
  'law: a verdict says what it rested on (%o), and whose it is',
  (grounds) => {
    const pull = pullRequest({ ref })
    const carried = verdictId(pull, grounds)

    expect(groundsIn(carried)).toEqual({ tip: pull.base.tip, ...grounds })
    expect(subjectOf(carried, sha)).toEqual({ number: 7 })
    expect(isFor(carried, pull)).toBe(true)
    expect(notedPusher(carried)).toBeUndefined()
  },
)

test('what a run is for is one pull request, or one turn of it', () => {
  const group = { sha, parent: 'b'.repeat(40) }
  const turn = externalId({ ref, group })

  expect(isFor(turn, { ref, group })).toBe(true)
  expect(isFor(turn, { ref })).toBe(false)
  expect(isFor(externalId({ ref }), { ref, group })).toBe(false)
  expect(isFor('pr:8', { ref })).toBe(false)
  expect(verdictId(pullRequest({ ref, group }), { defaults: key })).toBe(turn)
  expect(groundsIn(turn)).toBeUndefined()
})

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
  `pr:7:on:${sha}`,
  `pr:7:on:${sha}:short`,
  'pr:7:on:xyz:-',
  'queue:7',
  'queue:7:xyz',
  null,
])('%j is none of ours', (carried) => {
  expect(subjectOf(carried, sha)).toBeUndefined()
})
