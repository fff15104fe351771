import type { NewFile } from '@firebreak/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, checked } from '../support/attempt.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const text = bookinfoFiles()[login] ?? ''

interface Bad {
  readonly says: string
  readonly files: Readonly<Record<string, NewFile>>
  readonly author?: string
  readonly conclusion: Attempt['conclusion']
  readonly title: RegExp
  /** What a forge lists, serves or says in its own way; everything else is the same engine. */
  readonly byTheForge?: true
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
    byTheForge: true,
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
    byTheForge: true,
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
    byTheForge: true,
  },
  {
    says: 'a configuration that is proposed with a mistake',
    files: { '.github/firebreak.yml': 'rules: { shadow-route: block }\n' },
    author: 'maya',
    conclusion: 'failure',
    title: /shadow-route/,
  },
  {
    says: 'a CODEOWNERS that is proposed with a mistake',
    files: { '.github/CODEOWNERS': `${bookinfoFiles()['.github/CODEOWNERS']}!x @bookinfo/login\n` },
    author: 'maya',
    conclusion: 'failure',
    title: /CODEOWNERS/,
    byTheForge: true,
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
    byTheForge: true,
  },
]

describe('bad input ends in a plain verdict', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  it.each(bad)('$says', async ({ says, files, author = 'lina', conclusion, title }) => {
    const outcome = await checked({ way: says, by: author, files, conclusion, waitsFor: [] })

    expect(outcome).toMatchObject({ conclusion, title: expect.stringMatching(title) })
  })

  const byTheForge = bad.filter((each) => each.byTheForge === true)

  it.concurrent.each(byTheForge)(
    'from the webhook to the check run: $says',
    async ({ files, author = 'lina', conclusion, title }) => {
      const story = await theatre.story()
      const pull = await story.propose(author, files)

      expect(await pull.verdict()).toMatchObject({ conclusion, title: expect.stringMatching(title) })
    },
  )

  it('a conflict with the base branch', async () => {
    const story = await theatre.story()
    await story.push('lina', 'topic', { [login]: text.replace('/login', '/login-1') }, { from: 'main' })
    await story.push('maya', 'main', { [login]: text.replace('/login', '/login-2') })
    const pull = await story.open('lina', 'topic')

    expect(await pull.verdict()).toMatchObject({
      conclusion: 'failure',
      title: expect.stringMatching(/conflict/i),
    })
  })

  it('a test merge that is older than the base branch: what main gained is part of the verdict', async () => {
    const story = await theatre.story()
    const spare = 'teams/login/spare.yaml'
    const pull = await story.propose('lina', { [spare]: text.replace('name: vs-1', 'name: spare') })
    expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })

    await story.push('maya', 'main', {
      'teams/login/other.yaml': text.replace('name: vs-1', 'name: spare'),
    })

    expect(await pull.verdict()).toMatchObject({
      conclusion: 'failure',
      title: expect.stringMatching(/spare/),
    })
  })

  it('a fork that was deleted', async () => {
    const story = await theatre.story()
    const { github } = theatre
    github.createUser('dora')
    const fork = await github.forkRepository(story.repo, 'dora')
    await github.push({
      repo: fork,
      branch: 'mine',
      by: 'dora',
      from: 'main',
      files: { [login]: `${text}      timeout: 9s\n` },
      message: 'mine',
    })
    const pull = await story.open('dora', 'dora:mine')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    await github.deleteRepository(fork)
    await pull.approve('leo')

    expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })
  })

  it('nothing in the local GitHub broke', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
