import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { reformatted, timeoutForAll } from '../report/scale.ts'
import type { Story as Sides } from '../report/story.ts'
import { commentsOf, foldedUp, namesOf, readPage, textOf } from '../support/read-page.ts'
import { owner as olga, openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const files = bookinfoFiles()

/** The text of a file of the Bookinfo mesh after one exact replacement. */
function changed(path: string, old: string, text: string, from = files): Readonly<Record<string, string>> {
  const before = from[path] ?? ''
  if (before.split(old).length !== 2) throw new Error(`${path} does not hold ${JSON.stringify(old)} once`)
  return { [path]: before.replace(old, () => text) }
}

const action = `      route:
        - destination:
            host: reviews.default.svc.cluster.local
            port:
              number: 9080
`
const catchAll = { [catalog]: `${files[catalog]}    -${action.slice(5)}` }
const oneMore = (path: string) =>
  changed(
    login,
    '            exact: /logout\n',
    `            exact: /logout\n        - uri:\n            exact: ${path}\n`,
  )

const logs = changed(
  catalog,
  '  http:\n',
  `  http:
    - match:
        - uri:
            prefix: /logs
        - uri:
            prefix: /api/v1/logs
${action}`,
)

const weights = (first: number) =>
  changed(
    catalog,
    '            host: productpage.default.svc.cluster.local\n            port:\n              number: 9080\n',
    ['v1', 'v2']
      .map(
        (version, at) => `            host: productpage.default.svc.cluster.local
            subset: ${version}
          weight: ${at === 0 ? first : 100 - first}
`,
      )
      .join('        - destination:\n'),
  )

const bot = 'bookinfo-release[bot]'

describe('what people read', () => {
  const known = new Set(['maya'])
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
    theatre.github.createUser(bot, 'Bot')
  })

  afterAll(() => theatre.close())

  async function expectPage(
    name: string,
    story: Story,
    pull: Proposed,
    shown = (page: string): string => page,
  ): Promise<void> {
    const page = shown(await readPage(theatre, story, pull))
    await expect(page).toMatchFileSnapshot(`golden/${name}.expected.md`)
  }

  describe('101: login adds a path of its own', () => {
    it('where nobody answered it', async () => {
      const story = await theatre.story()
      await expectPage('101-own-path', story, await story.propose('lina', oneMore('/login/reset')))
    })

    it('where the catch-all of catalog answered it', async () => {
      const story = await theatre.story({ files: catchAll })
      await expectPage('101-under-catch-all', story, await story.propose('lina', oneMore('/login/reset')))
    })

    it('where the repository wants to be told of every change', async () => {
      const story = await theatre.story({ configuration: 'comments: { summary: always, review: always }\n' })
      await expectPage('101-told-of-everything', story, await story.propose('lina', oneMore('/login/reset')))
    })
  })

  it('102: login takes more than it thinks', async () => {
    const story = await theatre.story({ files: logs })
    const pull = await story.propose('lina', changed(login, 'exact: /login\n', 'prefix: /log\n'))
    await expectPage('102-takes-logs', story, pull)
  })

  describe('103: one good line too many', () => {
    it('where nobody else answers', async () => {
      const story = await theatre.story()
      await expectPage('103-third-match', story, await story.propose('lina', oneMore('/account')))
    })

    it('where the catch-all of catalog answers instead', async () => {
      const story = await theatre.story({ files: catchAll })
      await expectPage('103-under-catch-all', story, await story.propose('lina', oneMore('/account')))
    })
  })

  it('105: a release moves on', async () => {
    const story = await theatre.story({ files: weights(90) })
    theatre.github.grant(story.repo, { user: bot }, 'write')
    const pull = await story.propose(bot, weights(50))
    await expectPage('105-release', story, pull)

    await pull.approve('carla')
    await expectPage('105-release-approved', story, pull)
  })

  /** A repository with one side of a story that is told in two folders, and what the other side has otherwise. */
  async function storyOf({ base, head, members }: Sides, configuration?: string) {
    const [before, after] = [base, head].map(
      (side) => new Map(side.map(({ path, text }) => [path, text] as const)),
    )
    if (before === undefined || after === undefined) throw new Error('a story has two sides')
    const teams = Object.entries(members).map(
      ([owner, logins]) => [owner.slice('@bookinfo/'.length), logins] as const,
    )
    for (const each of teams.flatMap(([, logins]) => logins)) {
      if (!known.has(each)) theatre.github.createUser(each)
      known.add(each)
    }
    const gone = Object.fromEntries([login, catalog].map((path) => [path, null]))
    const story = await theatre.story({
      files: {
        ...gone,
        ...Object.fromEntries(before),
        ...(configuration === undefined ? {} : { '.github/firebreak.yml': configuration }),
      },
      teams: Object.fromEntries(teams),
    })
    const edits = [...after].filter(([path, text]) => path.endsWith('.yaml') && before.get(path) !== text)
    return { story, edits: Object.fromEntries(edits) }
  }

  it('104: one edit, 38 teams', async () => {
    const { story, edits } = await storyOf(timeoutForAll)
    const pull = await story.propose('maya', edits)
    const [one = '', ...others] = timeoutForAll.cast.approvedBy ?? []
    await pull.approve(one)
    const review = { repo: story.repo, number: pull.number, event: 'APPROVE' } as const
    for (const by of others) await theatre.github.submitReview({ ...review, by })
    await expectPage('104-timeout', story, pull, foldedUp)
  })

  it('104: the same where fields of the primary are told, not asked', async () => {
    const { story, edits } = await storyOf(timeoutForAll, 'consent: { inherited: report }\n')
    await expectPage('104-told', story, await story.propose('maya', edits), foldedUp)
  })

  describe('106: 412 files reformatted', () => {
    it('with two entries exchanged', async () => {
      const { story, edits } = await storyOf(reformatted('exchanged'), '')
      await expectPage('106-exchanged', story, await story.propose('maya', edits), foldedUp)
    })

    it('and nothing else', async () => {
      const { story, edits } = await storyOf(reformatted('as-they-were'), '')
      await expectPage('106-reformatted', story, await story.propose('maya', edits), foldedUp)
    })
  })

  describe('109: who owns what', () => {
    it('a line of CODEOWNERS', async () => {
      const story = await theatre.story()
      const edit = story.edited(
        '.github/CODEOWNERS',
        `/teams/login/     @${story.org}/login`,
        `/teams/login/     @${story.org}/catalog`,
      )
      await expectPage('109-codeowners', story, await story.propose('carla', edit))
    })

    it.each([
      ['exclude', '', 'manifests: { exclude: [teams/login/**] }\n'],
      ['rule', '', 'rules: { dropped-entry: off }\n'],
      ['version', '', 'istio: { version: "1.20" }\n'],
    ])('what .github/firebreak.yml says: %s', async (name, configuration, text) => {
      const story = await theatre.story({ configuration })
      const pull = await story.propose('carla', { '.github/firebreak.yml': text })
      await expectPage(`109-${name}`, story, pull)
    })
  })

  it('108: two that are safe alone, in the merge queue', async () => {
    const story = await theatre.story({ files: catchAll })
    const { github } = theatre
    github.protectBranch(story.repo, 'main', { requiredChecks: ['firebreak'], mergeQueue: true })
    const without = changed(login, '        - uri:\n            exact: /logout\n', '')
    const first = await story.propose('lina', without)
    await first.approve('carla')
    const second = await story.propose('carla', { [catalog]: files[catalog] ?? '' })
    await second.approve('leo')
    await theatre.settle()
    await github.enqueue({ repo: story.repo, number: first.number, by: olga })
    const { head } = await github.enqueue({ repo: story.repo, number: second.number, by: olga })
    await theatre.settle()

    const run = github.checkRuns(story.repo, head).at(-1)
    const names = new Map([...(await namesOf(theatre, story, second)), [head, 'GROUP']])
    const page = textOf([
      // Whether the turn ahead is merged by now hangs on the clock.
      `# ${(run?.output?.title ?? '').replace('after #1', 'with #1 ahead of it')}`,
      `${run?.conclusion}, on the commit of the queue`,
      '## The comments',
      commentsOf(theatre, story, second, names),
    ])
    await expect(foldedUp(page)).toMatchFileSnapshot('golden/108-queue.expected.md')
    await expectPage('108-afterwards', story, second)
  })
})
