import { expect, test } from 'vitest'
import { createMirroredBlobs } from '../../../src/github/trees/mirrored-blobs.ts'
import { pullRequest } from '../../support/github.ts'

/** A mirror that holds what is told, and the others once it is fetched. */
function world(before: readonly string[], after: readonly string[], fault?: Error) {
  const fetched: (readonly string[])[] = []
  const faults: unknown[] = []
  let pulls = [pullRequest()]
  const mirror = {
    async bring(refs: readonly string[]) {
      fetched.push(refs)
      if (fault) throw fault
    },
    async held(shas: readonly string[]) {
      const there = fetched.length > 0 && fault === undefined ? [...before, ...after] : before
      return new Map(shas.filter((sha) => there.includes(sha)).map((sha) => [sha, Buffer.from(sha)]))
    },
  }
  const here = createMirroredBlobs({ mirror, pulls: () => pulls, onFault: (error) => faults.push(error) })
  const keys = async (...shas: string[]) => [...(await here(shas)).keys()]
  return { keys, fetched, faults, become: (next: typeof pulls) => (pulls = next) }
}

const refs = ['refs/heads/main', 'refs/pull/7/head']

test('what the mirror holds is not fetched', async () => {
  const { keys, fetched } = world(['a', 'b'], [])

  expect(await keys('a', 'b')).toEqual(['a', 'b'])
  expect(fetched).toEqual([])
})

test('what it lacks is fetched, once for the same commits', async () => {
  const { keys, fetched, become } = world(['a'], ['b'])
  expect(await keys('a', 'b', 'c')).toEqual(['a', 'b'])
  expect(fetched).toEqual([refs])

  expect(await keys('c')).toEqual([])
  expect(fetched).toEqual([refs])

  const pull = pullRequest()
  become([{ ...pull, head: { ...pull.head, sha: 'f'.repeat(40) } }])
  await keys('c')
  expect(fetched).toEqual([refs, refs])
})

test('nothing is fetched for nobody', async () => {
  const { keys, fetched, become } = world([], ['a'])
  become([])

  expect(await keys('a')).toEqual([])
  expect(fetched).toEqual([])
})

test('a mirror that cannot be fetched gives what it holds, and is told of', async () => {
  const { keys, faults } = world(['a'], ['b'], new Error('no network'))

  expect(await keys('a', 'b')).toEqual(['a'])
  expect(faults).toHaveLength(1)
})
