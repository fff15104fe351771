import nock from 'nock'
import { afterEach, beforeEach, expect } from 'vitest'
import type { Log } from '../../src/app/log.ts'
import type { PullRequest, RepositoryRef } from '../../src/app/ports.ts'
import { createClientClass, type GitHubClient } from '../../src/github/client.ts'

/** A client that neither waits nor tries again. */
export function testClient(): GitHubClient {
  const Client = createClientClass({ pace: 'unlimited' }).defaults({ request: { retries: 0 } })
  return new Client({ auth: { token: 'token-of-a-test' }, log: silent })
}

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** The REST API of github.com. Within `withNock`, a request that no test has announced fails. */
export function github(): nock.Scope {
  return nock('https://api.github.com')
}

/** Lets only announced requests through, and demands that each of them was made. */
export function withNock(): void {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    nock.enableNetConnect()
    expect(pending).toEqual([])
  })
}

export const at: RepositoryRef = { installation: 1, owner: 'bookinfo', repo: 'mesh' }

const headSha = 'b'.repeat(40)
const baseSha = 'a'.repeat(40)

/** A pull request as the repository port gives it. */
export function pullRequest(over: Partial<PullRequest> = {}): PullRequest {
  return {
    ref: { ...at, number: 7 },
    state: 'open',
    draft: false,
    author: { login: 'carol', bot: false },
    head: { sha: headSha, branch: 'topic', repository: 'bookinfo/mesh' },
    base: { branch: 'main', tip: baseSha },
    defaultBranch: 'main',
    organization: 'bookinfo',
    mergeable: 'unknown',
    requestedReviewers: [],
    ...over,
  }
}

/** Keeps what is logged, to be asked about. */
export function recordingLog(): Log & {
  readonly lines: { level: string; fields: object; message: string }[]
} {
  const lines: { level: string; fields: object; message: string }[] = []
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message })
  }
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
