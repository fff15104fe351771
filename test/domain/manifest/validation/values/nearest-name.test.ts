import { expect, test } from 'vitest'
import { nearestName } from '../../../../../src/domain/manifest/validation/values/nearest-name.ts'

const known = ['exact', 'prefix', 'regex', 'ignoreUriCase', 'uri', 'http', 'tcp', 'tls']

test.each([
  ['prefx', 'prefix'],
  ['Exact', 'exact'],
  ['ignore_uri_case', 'ignoreUriCase'],
  ['https', 'http'],
  ['url', 'uri'],
  ['something', undefined],
  ['abc', undefined],
  ['x'.repeat(10_000), undefined],
])('for %j, %s was meant', (written, meant) => {
  expect(nearestName(written, known)).toBe(meant)
})
