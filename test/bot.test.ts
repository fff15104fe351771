import { generateKeyPairSync } from 'node:crypto'
import { Probot } from 'probot'
import { describe, expect, test } from 'vitest'
import type { Scope } from '../src/app/work/scope.ts'
import { createBot } from '../src/bot.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

const installation = { id: 3 }
const repository = { name: 'mesh', owner: { login: 'bookinfo' } }
const at = { installation: 3, owner: 'bookinfo', repo: 'mesh' }
const pull_request = { number: 7, head: { sha: 'head' } }

/** What the App asks for when it receives an event. */
async function asked(name: string, payload: object): Promise<readonly Scope[]> {
  const scopes: Scope[] = []
  const probot = new Probot({ appId: 42, privateKey, secret: 's', logLevel: 'fatal' })
  await probot.load(createBot({ appId: 42, request: async (scope) => void scopes.push(scope) }))
  const whole = { installation, repository, organization: { login: 'bookinfo' }, ...payload }
  await probot.receive({ id: '1', name, payload: whole } as never)
  return scopes
}

describe('a pull request', () => {
  const one = [{ kind: 'pull-request', ref: { ...at, number: 7 } }]

  test.each(['opened', 'reopened', 'ready_for_review', 'converted_to_draft'])(
    'that was %s is evaluated',
    async (action) => {
      expect(await asked('pull_request', { action, pull_request })).toEqual(one)
    },
  )

  test('with a new head is evaluated, and so are others that have its old one', async () => {
    expect(await asked('pull_request', { action: 'synchronize', pull_request, before: 'old' })).toEqual([
      ...one,
      { kind: 'head', repository: at, sha: 'old' },
    ])
  })

  test('from a fork with a new head says who pushed it, which nothing tells later', async () => {
    const fork = { ...pull_request, head: { sha: 'head', repo: { id: 2 } } }
    const event = { action: 'synchronize', before: 'old', sender: { login: 'lina' } }
    const whole = { ...event, repository: { ...repository, id: 1 } }

    expect(await asked('pull_request', { ...whole, pull_request: fork })).toEqual([
      { kind: 'pushed-fork', ref: { ...at, number: 7 }, head: 'head', by: 'lina' },
      { kind: 'head', repository: at, sha: 'old' },
    ])
    const own = { ...pull_request, head: { sha: 'head', repo: { id: 1 } } }
    expect((await asked('pull_request', { ...whole, pull_request: own }))[0]).toEqual(one[0])
  })

  test('is evaluated with all that have its head when its base changes, not when its title does', async () => {
    const base = { ref: { from: 'main' }, sha: { from: 'x' } }

    expect(await asked('pull_request', { action: 'edited', pull_request, changes: { base } })).toEqual([
      { kind: 'head', repository: at, sha: 'head' },
    ])
    expect(
      await asked('pull_request', { action: 'edited', pull_request, changes: { title: { from: 'x' } } }),
    ).toEqual([])
  })

  test.each(['submitted', 'edited', 'dismissed'])('is evaluated when a review is %s', async (action) => {
    expect(
      await asked('pull_request_review', { action, pull_request, review: { state: 'approved' } }),
    ).toEqual(one)
  })

  test('is not evaluated for a mere comment, such as GitHub makes of each of ours', async () => {
    const review = { state: 'commented' }

    expect(await asked('pull_request_review', { action: 'submitted', pull_request, review })).toEqual([])
  })

  const others = { kind: 'head', repository: at, sha: 'head' }

  test('that is closed without merging is superseded, and frees others with the same head', async () => {
    const closed = { ...pull_request, merged: false }

    expect(await asked('pull_request', { action: 'closed', pull_request: closed })).toEqual([...one, others])
  })

  test('that is merged frees others with the same head', async () => {
    const merged = { ...pull_request, merged: true }

    expect(await asked('pull_request', { action: 'closed', pull_request: merged })).toEqual([others])
  })

  test.each(['labeled', 'assigned', 'locked', 'enqueued'])('that is %s is left alone', async (action) => {
    expect(await asked('pull_request', { action, pull_request })).toEqual([])
  })

  test('of no installation is left alone, for nothing of it can be read', async () => {
    expect(await asked('pull_request', { action: 'opened', pull_request, installation: undefined })).toEqual(
      [],
    )
  })
})

describe('a check run', () => {
  const run = (over: object = {}) => ({
    name: 'firebreak',
    head_sha: 'head',
    external_id: 'pr:7',
    app: { id: 42 },
    pull_requests: [],
    ...over,
  })

  test.each(['rerequested', 'requested_action'])(
    'that is %s says by itself whose it is, from forks too',
    async (action) => {
      expect(
        await asked('check_run', { action, check_run: run(), requested_action: { identifier: 'rerun' } }),
      ).toEqual([{ kind: 'pull-request', ref: { ...at, number: 7 } }])
    },
  )

  test.each(['', 'pr:', 'pr:x', 'pr:7 ', null])(
    'with the external id %j belongs to all with its head',
    async (external_id) => {
      expect(await asked('check_run', { action: 'rerequested', check_run: run({ external_id }) })).toEqual([
        { kind: 'head', repository: at, sha: 'head' },
      ])
    },
  )

  test.each(['created', 'completed'])(
    'of somebody else under our name that is %s is answered',
    async (action) => {
      const forged = run({ app: { id: 1 }, name: 'firebreak (main)' })

      expect(await asked('check_run', { action, check_run: forged })).toEqual([
        { kind: 'head', repository: at, sha: 'head' },
      ])
    },
  )

  test.each([run(), run({ app: { id: 1 }, name: 'tests' })])(
    'of ours, or of another name, is left alone',
    async (check_run) => {
      expect(await asked('check_run', { action: 'completed', check_run })).toEqual([])
    },
  )

  test('of a push that is asked for again has that push told of again', async () => {
    const before = 'a'.repeat(40)
    const check_run = run({ name: 'firebreak merged into main', external_id: `push:${before}:main` })

    expect(await asked('check_run', { action: 'rerequested', check_run })).toEqual([
      { kind: 'push', repository: at, push: { branch: 'main', before, after: 'head' }, isDefault: 'yes' },
    ])
  })

  test('is asked for with its whole suite too', async () => {
    const check_suite = { head_sha: 'head', head_branch: null, pull_requests: [] }

    expect(await asked('check_suite', { action: 'rerequested', check_suite })).toEqual([
      { kind: 'head', repository: at, sha: 'head' },
    ])
    expect(await asked('check_suite', { action: 'requested', check_suite })).toEqual([])
  })
})

describe('a push', () => {
  const push = (over: object = {}) => ({
    ref: 'refs/heads/main',
    before: 'a'.repeat(40),
    after: 'tip',
    forced: false,
    deleted: false,
    commits: [
      { added: ['a.yaml'], modified: [], removed: ['b.yaml'] },
      { added: [], modified: ['c.yaml'], removed: [] },
    ],
    ...over,
  })
  const base = { kind: 'base', repository: at, branch: 'main', tip: 'tip' }
  const moved = {
    kind: 'push',
    repository: at,
    push: { branch: 'main', before: 'a'.repeat(40), after: 'tip' },
    isDefault: 'no',
  }

  test('concerns pull requests into its branch and what the branch has come to hold, with the paths it changed', async () => {
    const paths = ['a.yaml', 'b.yaml', 'c.yaml']

    expect(await asked('push', push())).toEqual([
      { ...base, paths },
      { ...moved, paths },
    ])
  })

  test('says who pushed, and whether it is to the default branch', async () => {
    const sender = { login: 'lina', type: 'User' }
    const over = { sender, repository: { ...repository, default_branch: 'main' } }

    expect((await asked('push', push(over)))[1]).toMatchObject({
      isDefault: 'yes',
      push: { by: { login: 'lina', bot: false } },
    })
  })

  test('that makes the branch brings in nothing that was not there', async () => {
    expect(await asked('push', push({ before: '0'.repeat(40) }))).toEqual([base])
  })

  test.each([
    ['that is forced', { forced: true }],
    ['without commits', { commits: [] }],
    [
      'with a commit that changes no file, as a merge may be',
      { commits: [{ modified: ['a'] }, { added: [] }] },
    ],
    ['of more commits than GitHub lists', { commits: Array(2048).fill({ modified: ['README.md'] }) }],
  ])('%s may have changed anything', async (_, over) => {
    expect(await asked('push', push(over))).toEqual([base, moved])
  })

  test.each([
    ['of a tag', { ref: 'refs/tags/v1' }],
    ["to a merge queue's own branch", { ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' }],
    ['that deletes the branch', { deleted: true }],
  ])('%s is left alone', async (_, over) => {
    expect(await asked('push', push(over))).toEqual([])
  })

  describe('of the repository .github', () => {
    const defaults = { kind: 'defaults', installation: at.installation, owner: 'bookinfo' }
    const there = (over: object = {}) => ({
      ...push(over),
      repository: { name: '.GitHub', owner: { login: 'bookinfo' }, default_branch: 'main' },
    })
    const commits = (path: string) => ({ commits: [{ added: [path], modified: [], removed: [] }] })

    test.each([
      ['names the configuration', { before: 'a'.repeat(40), ...commits('.github/firebreak.yml') }],
      ['may have changed anything', { before: 'a'.repeat(40), forced: true }],
      ['is its first', { before: '0'.repeat(40), ...commits('.github/firebreak.yml') }],
    ])('concerns all of the owner where it %s', async (_, over) => {
      expect((await asked('push', there(over)))[0]).toEqual(defaults)
    })

    test.each([
      ['changes something else', commits('README.md')],
      ['is to another branch', { ref: 'refs/heads/topic', ...commits('.github/firebreak.yml') }],
    ])('concerns nobody else where it %s', async (_, over) => {
      expect(await asked('push', there({ before: 'a'.repeat(40), ...over }))).not.toContainEqual(defaults)
    })
  })

  test('to a branch that only looks like the queue’s is a push', async () => {
    expect(await asked('push', push({ ref: 'refs/heads/topic/gh-readonly-queue/x' }))).toMatchObject([
      { branch: 'topic/gh-readonly-queue/x' },
      { push: { branch: 'topic/gh-readonly-queue/x' } },
    ])
  })
})

test('a repository with another default branch is evaluated as a whole, for its checks have other names; other edits are nothing', async () => {
  const edited = (changes: object) => asked('repository', { action: 'edited', changes })

  expect(await edited({ default_branch: { from: 'main' } })).toEqual([{ kind: 'repository', repository: at }])
  expect(await edited({ description: { from: 'x' } })).toEqual([])
})

describe('a merge group', () => {
  const group = (head_ref: string) => ({
    action: 'checks_requested',
    merge_group: {
      head_sha: 'group',
      head_ref,
      base_sha: 'parent',
      base_ref: 'refs/heads/main',
      head_commit: {},
    },
  })

  test.each([
    ['refs/heads/gh-readonly-queue/main/pr-7-0a1b', 7],
    ['gh-readonly-queue/release/pr-1-ab/pr-12-0a1b', 12],
  ])('on %s is the turn of pull request %d', async (head_ref, number) => {
    expect(await asked('merge_group', group(head_ref))).toEqual([
      { kind: 'pull-request', ref: { ...at, number, group: { sha: 'group', parent: 'parent' } } },
    ])
  })

  test.each(['refs/heads/topic/gh-readonly-queue/main/pr-7-0a1b', 'refs/heads/gh-readonly-queue/main'])(
    'on %s is nobody’s, and gets no verdict',
    async (head_ref) => {
      expect(await asked('merge_group', group(head_ref))).toEqual([])
    },
  )

  test('that is over is left alone', async () => {
    expect(
      await asked('merge_group', {
        ...group('refs/heads/gh-readonly-queue/main/pr-7-0a'),
        action: 'destroyed',
        reason: 'merged',
      }),
    ).toEqual([])
  })

  test('is evaluated again with its pull request when its whole suite is asked for', async () => {
    const check_suite = { head_sha: 'group', head_branch: 'gh-readonly-queue/main/pr-7-0a1b' }

    expect(await asked('check_suite', { action: 'rerequested', check_suite })).toEqual([
      { kind: 'pull-request', ref: { ...at, number: 7 } },
    ])
  })

  test('is evaluated again by its check run', async () => {
    const parent = 'a'.repeat(40)
    const check_run = {
      name: 'firebreak',
      head_sha: 'group',
      external_id: `queue:7:${parent}`,
      app: { id: 42 },
    }

    expect(await asked('check_run', { action: 'rerequested', check_run })).toEqual([
      { kind: 'pull-request', ref: { ...at, number: 7, group: { sha: 'group', parent } } },
    ])
  })
})

test.each([
  ['membership', 'added'],
  ['membership', 'removed'],
  ['team', 'edited'],
  ['team', 'deleted'],
])('%s %s concerns whatever depends on teams', async (name, action) => {
  expect(await asked(name, { action, team: { slug: 'login' }, repository: undefined })).toEqual([
    { kind: 'teams', installation: 3, organization: 'bookinfo' },
  ])
})

test.each(['member_added', 'member_removed'])(
  'organization %s concerns whatever depends on teams, or on that person',
  async (action) => {
    const membership = { user: { login: 'leo' } }

    expect(await asked('organization', { action, membership, repository: undefined })).toEqual([
      { kind: 'teams', installation: 3, organization: 'bookinfo', login: 'leo' },
    ])
  },
)

test.each(['added', 'edited', 'removed'])('member %s concerns the repository', async (action) => {
  expect(await asked('member', { action, member: { login: 'leo' } })).toEqual([
    { kind: 'repository', repository: at },
  ])
})

test('a repository on which the App is installed later has its open pull requests evaluated', async () => {
  const payload = {
    action: 'added',
    installation: { id: 3, account: { login: 'bookinfo' } },
    repositories_added: [{ name: 'mesh' }, { name: 'web' }],
  }

  expect(await asked('installation_repositories', payload)).toEqual([
    { kind: 'repository', repository: at },
    { kind: 'repository', repository: { ...at, repo: 'web' } },
  ])
})
