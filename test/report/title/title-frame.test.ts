import { expect, test } from 'vitest'
import { type Phrase, plainOf, quoted, words } from '../../../src/domain/words/phrase.ts'
import type { Announced } from '../../../src/report/title/announcement.ts'
import { type Frame, framed, framedInFull } from '../../../src/report/title/title-frame.ts'

const frames: readonly Frame[] = ['plain', 'draft', 'observing', 'merged', 'past']
const body = words('/login goes to catalog')
const whom = words('login')
const inFull = quoted('bookinfo/login')

/** In the order of `frames`. */
const rows: readonly (readonly [verdict: Announced, titles: readonly string[]])[] = [
  [{ kind: 'ok' }, ['OK: …', 'Draft: …', 'Observing: …', 'OK: …', 'OK: …']],
  [
    { kind: 'ok', proviso: { kind: 'effect-unknown' } },
    [
      'OK here, effect unknown: …',
      'Draft: here, effect unknown: …',
      'Observing: here, effect unknown: …',
      'OK here, effect unknown: …',
      'OK here, effect unknown: …',
    ],
  ],
  [
    { kind: 'ok', proviso: { kind: 'order-uncertain' } },
    [
      'OK, order not certain: …',
      'Draft: order not certain: …',
      'Observing: order not certain: …',
      'OK, order not certain: …',
      'OK, order not certain: …',
    ],
  ],
  [
    { kind: 'ok', proviso: { kind: 'nobody-asked' } },
    [
      'OK, no CODEOWNERS: …',
      'Draft: no CODEOWNERS: …',
      'Observing: no CODEOWNERS: …',
      'OK, no CODEOWNERS: …',
      'OK, no CODEOWNERS: …',
    ],
  ],
  [
    { kind: 'nobody-named', whom },
    [
      'Would wait for login: …',
      'Draft: would wait for login (…)',
      'Observing: would wait for login (…)',
      'Would wait for login: …',
      'Would wait for login: …',
    ],
  ],
  [
    { kind: 'waiting', whom, inFull, again: false },
    [
      'Waiting for login: …',
      'Draft: would wait for login (…)',
      'Observing: would wait for login (…)',
      'Merged without login: …',
      'Would wait for login: …',
    ],
  ],
  [
    { kind: 'waiting', whom, inFull, again: true },
    [
      'Waiting for login again: …',
      'Draft: would wait for login again (…)',
      'Observing: would wait for login again (…)',
      'Merged without login again: …',
      'Would wait for login: …',
    ],
  ],
  [
    { kind: 'blocked' },
    [
      'Blocked: …',
      'Draft: would be blocked (…)',
      'Observing: would be blocked (…)',
      'Merged although blocked: …',
      'Blocked: …',
    ],
  ],
  [
    { kind: 'undecided' },
    [
      'Cannot decide: …',
      'Draft: cannot decide (…)',
      'Observing: cannot decide (…)',
      'Merged, cannot decide: …',
      'Cannot decide: …',
    ],
  ],
]

const spoken = (phrase: Phrase) => plainOf(phrase).replace(plainOf(body), '…')

test.each(rows)('%o in every frame', (verdict, titles) => {
  expect(frames.map((frame) => spoken(framed(frame, verdict, body)))).toEqual(titles)
})

test.each(rows)('%o stands alone, too', (verdict, _) => {
  for (const frame of frames) expect(plainOf(framed(frame, verdict))).toMatch(/[^\s:(]$/)
})

test('teams stand by their full names where they are waited for, not where they would be', () => {
  const verdict: Announced = { kind: 'waiting', whom, inFull, again: false }

  expect(frames.map((frame) => spoken(framedInFull(frame, verdict, body)))).toEqual([
    'Waiting for bookinfo/login: …',
    'Draft: would wait for login (…)',
    'Observing: would wait for login (…)',
    'Merged without bookinfo/login: …',
    'Would wait for login: …',
  ])
})

test('a team that is called like a verdict stays as it is called', () => {
  const verdict: Announced = { kind: 'waiting', whom: words('OK: Blocked'), inFull, again: false }

  expect(spoken(framed('draft', verdict, body))).toBe('Draft: would wait for OK: Blocked (…)')
})
