import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles, repository } from '../../demo/bookinfo.ts'
import { openStage, type Stage } from '../../demo/play.ts'
import type { NewFile } from '../../simulator/git-commit.ts'

const login = 'teams/login/vs-1.yaml'
const text = bookinfoFiles()[login] ?? ''

interface Bad {
  readonly says: string
  readonly files: Readonly<Record<string, NewFile>>
  readonly author?: string
  readonly conclusion: string
  readonly title: RegExp
}

const bystander = (name: string, apiVersion: string) =>
  `apiVersion: ${apiVersion}\nkind: VirtualService\nmetadata: { name: ${name}, namespace: ns1 }\nspec: {}\n`

const thousand = Array.from({ length: 1_000 }, (_, index) =>
  bystander(`x-${index}`, 'gateway.solo.io/v1'),
).join('---\n')
const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
for (let level = 1; level < 9; level++)
  bomb.push(
    `a${level}: &a${level} [${Array(10)
      .fill(`*a${level - 1}`)
      .join(', ')}]`,
  )

const bad: readonly Bad[] = [
  {
    says: 'YAML that does not parse',
    files: { [login]: text.replace('  http:', '  http: [') },
    conclusion: 'failure',
    title: /vs-1\.yaml/,
  },
  {
    says: 'a key that stands twice',
    files: { [login]: text.replace('kind: VirtualService', 'kind: VirtualService\nkind: VirtualService') },
    conclusion: 'failure',
    title: /^Blocked: /,
  },
  {
    says: 'a manifest of more than 5 MB',
    files: { [login]: `${text}# ${'x'.repeat(5 * 1024 * 1024)}\n` },
    conclusion: 'failure',
    title: /5 MB/,
  },
  {
    says: 'a thousand documents of another API group',
    files: { 'teams/login/many.yaml': thousand },
    conclusion: 'success',
    title: /^OK: /,
  },
  {
    says: 'aliases that multiply',
    files: {
      [login]: `${text}---\napiVersion: networking.istio.io/v1\nkind: VirtualService\n${bomb.join('\n')}\n`,
    },
    conclusion: 'failure',
    title: /vs-1\.yaml/,
  },
  {
    says: 'an unknown field',
    files: { [login]: text.replace('exact: /login', 'exat: /login') },
    conclusion: 'failure',
    title: /^Blocked: /,
  },
  {
    says: 'a symbolic link where a manifest was',
    files: { [login]: { symlink: '../catalog/vs-2.yaml' } },
    conclusion: 'failure',
    title: /vs-1\.yaml/,
  },
  {
    says: 'a configuration that is proposed with a mistake',
    files: { '.github/firebreak.yml': 'rules: { shadow-route: block }\n' },
    author: 'maya',
    conclusion: 'failure',
    title: /firebreak\.yml.*shadow-route/,
  },
  {
    says: 'a CODEOWNERS that is proposed with a mistake',
    files: { '.github/CODEOWNERS': `${bookinfoFiles()['.github/CODEOWNERS']}!x @bookinfo/login\n` },
    author: 'maya',
    conclusion: 'failure',
    title: /CODEOWNERS/,
  },
  {
    says: 'every manifest deleted',
    files: {
      [login]: null,
      'teams/catalog/vs-2.yaml': null,
      'mesh/bookinfo.yaml': null,
      'mesh/gateway.yaml': null,
    },
    author: 'maya',
    conclusion: 'action_required',
    title: /^Waiting for /,
  },
]

describe('bad input ends in a plain verdict', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(() => stage.close())

  async function verdictFor(branch: string, files: Bad['files'], by: string) {
    const { github } = stage
    await github.push({ repo: repository, branch, by, from: 'main', files, message: branch })
    const number = await github.openPullRequest({
      repo: repository,
      title: branch,
      author: by,
      head: branch,
      base: 'main',
    })
    await stage.settle()
    return { number, ...lastRun(number) }
  }

  function lastRun(number: number): { readonly conclusion: string; readonly title: string } {
    const { head } = stage.github.pullRequest(repository, number)
    const run = stage.github.checkRuns(repository, head.sha).at(-1)
    return { conclusion: run?.conclusion ?? run?.status ?? 'none', title: run?.output?.title ?? '' }
  }

  it.each(bad)('$says', async ({ says, files, author, conclusion, title }) => {
    const verdict = await verdictFor(says.replaceAll(' ', '-').toLowerCase(), files, author ?? 'lina')

    expect(verdict).toMatchObject({ conclusion, title: expect.stringMatching(title) })
  })

  it('a conflict with the base branch', async () => {
    const { github } = stage
    const from = await github.branchTip(repository, 'main')
    await github.push({
      repo: repository,
      branch: 'conflict',
      by: 'lina',
      from: 'main',
      files: { [login]: text.replace('/login', '/login-1') },
      message: 'ours',
    })
    await github.push({
      repo: repository,
      branch: 'main',
      by: 'maya',
      files: { [login]: text.replace('/login', '/login-2') },
      message: 'theirs',
    })
    const number = await github.openPullRequest({
      repo: repository,
      title: 'conflict',
      author: 'lina',
      head: 'conflict',
      base: 'main',
    })
    await stage.settle()

    expect(from).toBeDefined()
    expect(lastRun(number)).toMatchObject({
      conclusion: 'failure',
      title: expect.stringMatching(/conflict/i),
    })
    await github.push({
      repo: repository,
      branch: 'main',
      by: 'maya',
      files: { [login]: text },
      message: 'back',
    })
  })

  it('a test merge that is older than the base branch: what main gained is part of the verdict', async () => {
    const { github } = stage
    const opened = await verdictFor(
      'stale',
      { 'README.md': 'hello\n', [login]: `${text}      timeout: 3s\n` },
      'lina',
    )
    expect(opened.conclusion).toBe('success')

    await github.push({
      repo: repository,
      branch: 'main',
      by: 'carla',
      files: { 'teams/catalog/vs-2.yaml': null },
      message: 'gone',
    })
    await stage.settle()

    expect(lastRun(opened.number).conclusion).toBe('success')
    await github.push({
      repo: repository,
      branch: 'main',
      by: 'carla',
      files: { 'teams/catalog/vs-2.yaml': bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? '' },
      message: 'back',
    })
    await stage.settle()
  })

  it('a fork that was deleted', async () => {
    const { github } = stage
    github.createUser('dora')
    const fork = await github.forkRepository(repository, 'dora')
    await github.push({
      repo: fork,
      branch: 'mine',
      by: 'dora',
      from: 'main',
      files: { [login]: `${text}      timeout: 9s\n` },
      message: 'mine',
    })
    const number = await github.openPullRequest({
      repo: repository,
      title: 'from a fork',
      author: 'dora',
      head: 'dora:mine',
      base: 'main',
    })
    await stage.settle()
    await github.deleteRepository(fork)
    await github.submitReview({ repo: repository, number, by: 'leo', event: 'APPROVE', body: 'Fine.' })
    await stage.settle()

    expect(lastRun(number).conclusion).toBe('success')
  })

  it('nothing in the local GitHub broke', () => {
    expect(stage.github.contractViolations()).toEqual([])
  })
})
