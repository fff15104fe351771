import { expect, test } from 'vitest'
import { goDuration } from '../../../../../src/domain/manifest/validation/values/go-duration.ts'

test.each([
  ['5s', 5_000_000_000n],
  ['1h30m', 5_400_000_000_000n],
  ['1.5s', 1_500_000_000n],
  ['.5s', 500_000_000n],
  ['1.s', 1_000_000_000n],
  ['0', 0n],
  ['-3ms', -3_000_000n],
  ['+1us', 1000n],
  ['1µs', 1000n],
  ['1m1ms', 60_001_000_000n],
])('%j is %d nanoseconds', (text, nanoseconds) => {
  expect(goDuration(text)).toBe(nanoseconds)
})

test.each(['', '5', 's', '.s', '5 s', '1d', '5s5', '--1s', '9999999999h', '1e3s'])(
  '%j is no duration',
  (text) => {
    expect(goDuration(text)).toBeUndefined()
  },
)
