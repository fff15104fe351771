import { expect, it } from 'vitest'
import { readGitListing } from '../../src/git/listing.ts'

it('reads modes, sizes and any path, links and submodules among them', () => {
  const output = [
    '100644 blob aa      12\ta b\n\tc.yaml',
    '120000 blob bb       3\tlink',
    '160000 commit cc       -\tsub',
    '',
  ].join('\0')

  expect([...readGitListing(output)]).toEqual([
    ['a b\n\tc.yaml', { mode: '100644', sha: 'aa', size: 12 }],
    ['link', { mode: '120000', sha: 'bb', size: 3 }],
    ['sub', { mode: '160000', sha: 'cc' }],
  ])
})

it('has what the clone lacks, without a size, so that nobody takes it for nothing', () => {
  const output = '100644 blob aa     BAD\tlost.yaml\0'

  expect([...readGitListing(output)]).toEqual([['lost.yaml', { mode: '100644', sha: 'aa' }]])
})
