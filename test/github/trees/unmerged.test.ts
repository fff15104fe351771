import { expect, test } from 'vitest'
import type { GitHubClient } from '../../../src/github/client.ts'
import { readIsUnmerged } from '../../../src/github/trees/unmerged.ts'
import { pullRequest } from '../../support/github.ts'

const missing = () => Object.assign(new Error('Not Found'), { status: 404 })

/** GitHub with some branches, and with what its comparison says of other names. */
function clientOf(branches: readonly string[], compared: Readonly<Record<string, string>>): GitHubClient {
  async function getRef({ ref }: { ref: string }) {
    if (!branches.includes(ref.replace('heads/', ''))) throw missing()
    return { data: {} }
  }
  async function compareCommitsWithBasehead({ basehead }: { basehead: string }) {
    const status = compared[basehead.split('...')[1] ?? '']
    if (status === undefined) throw missing()
    return { data: { status } }
  }
  return {
    rest: { git: { getRef }, repos: { compareCommitsWithBasehead } },
  } as unknown as GitHubClient
}

const client = clientOf(['v1', 'v2'], {
  v2: 'behind',
  v3: 'ahead',
  v4: 'diverged',
  v5: 'behind',
  v6: 'identical',
})

test.each([
  ['v1', true],
  ['v2', true],
  ['v3', true],
  ['v4', true],
  ['v5', false],
  ['v6', false],
  ['v7', false],
])('%s: %s', async (name, expected) => {
  expect(await readIsUnmerged(client, pullRequest(), name)).toBe(expected)
})

test('what else goes wrong is no answer', async () => {
  const failing = {
    rest: {
      git: {
        getRef: async () => {
          throw Object.assign(new Error('later'), { status: 502 })
        },
      },
    },
  } as unknown as GitHubClient

  await expect(readIsUnmerged(failing, pullRequest(), 'v1')).rejects.toThrow('later')
})
