import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { answers, virtualService } from '../support/manifests.ts'
import { owner as olga, openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const primary = 'mesh/bookinfo.yaml'
const text = (path: string) => bookinfoFiles()[path] ?? ''
const timeout = (seconds: number, path = login) => ({ [path]: `${text(path)}      timeout: ${seconds}s\n` })

describe('what came into a branch without those who had to agree', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  /** What is told on a commit of what came in with it. */
  async function told({ repo }: Story, sha: string, branch = 'main') {
    await theatre.settle()
    const runs = theatre.github.checkRuns(repo, sha)
    return runs
      .filter(({ name }) => name === `firebreak merged into ${branch}`)
      .map(({ conclusion, output }) => ({
        conclusion,
        title: output?.title ?? '',
        summary: output?.summary ?? '',
      }))
  }

  function merge({ repo }: Story, { number }: Proposed, method: 'merge' | 'squash' = 'merge') {
    return theatre.github.mergePullRequest({ repo, number, by: olga }, method)
  }

  /** Whoever may bypass the rules merges what is red. */
  function bypass(story: Story, pull: Proposed) {
    theatre.github.protectBranch(story.repo, 'main', { requiredChecks: [] })
    return merge(story, pull)
  }

  const withoutLogin = [{ conclusion: 'failure', title: expect.stringMatching(/^Merged without login: /) }]

  describe('is told on its commit', () => {
    it.concurrent('a push to the default branch', async () => {
      const story = await theatre.story()
      const [run] = await told(story, await story.push('carla', 'main', timeout(9)))

      expect([run]).toMatchObject(withoutLogin)
      expect(run?.summary).toContain('`carla` pushed this to `main` without a pull request.')
      expect(run?.summary).toContain('did not agree')
      expect(run?.summary).not.toContain('approving review')
    })

    it.concurrent('a forced push, and one to another branch that is protected', async () => {
      const story = await theatre.story()
      const first = (await theatre.github.branchTip(story.repo, 'main')) ?? ''
      await story.push('lina', 'main', timeout(3))
      const back = await story.push('carla', 'main', { 'a.md': 'a\n' }, { from: first, force: true })
      expect(await told(story, back)).toMatchObject(withoutLogin)

      theatre.github.protectBranch(story.repo, 'release', { requiredChecks: [] })
      await story.push(olga, 'release', { 'README.md': 'Release.\n' }, { from: 'main' })
      const there = await story.push('carla', 'release', timeout(9))
      expect(await told(story, there, 'release')).toMatchObject(withoutLogin)
    })

    it.concurrent('a pull request that was merged although it was red', async () => {
      const story = await theatre.story()
      const pull = await story.propose('carla', timeout(9))
      await pull.verdict()
      const [run] = await told(story, await bypass(story, pull))

      expect([run]).toMatchObject(withoutLogin)
      expect(run?.summary).toContain(`\`${olga}\` merged pull request \`#${pull.number}\` into \`main\`.`)
    })

    it.concurrent('one that an owner objected to, and one with a fault', async () => {
      const story = await theatre.story()
      const pull = await story.propose('carla', timeout(9))
      await pull.approve('leo')
      await pull.review('lina', 'REQUEST_CHANGES', 'No.')
      await pull.verdict()
      expect(await told(story, await bypass(story, pull))).toMatchObject(withoutLogin)

      const broken = await story.propose('carla', {
        [catalog]: 'apiVersion: networking.istio.io/v1\nkind: [\n',
      })
      await broken.verdict()
      const [run] = await told(story, await bypass(story, broken))
      expect(run?.conclusion).toBe('failure')
    })

    it.concurrent('one to which somebody objected after its last verdict was green', async () => {
      const story = await theatre.story()
      const pull = await story.propose('carla', timeout(9))
      await pull.approve('leo')
      await pull.verdict()
      await pull.review('lina', 'REQUEST_CHANGES', 'Nine seconds are too few')

      expect(await told(story, await bypass(story, pull))).toMatchObject(withoutLogin)
    })

    it.concurrent('one of which an approval was dismissed after its last verdict was green', async () => {
      const story = await theatre.story()
      const pull = await story.propose('carla', timeout(9))
      const review = await pull.approve('leo')
      await pull.verdict()
      theatre.github.dismissReview({ repo: story.repo, number: pull.number, by: 'lina' }, review, 'Late')

      expect(await told(story, await bypass(story, pull))).toMatchObject(withoutLogin)
    })

    it.concurrent('the second of two green ones that are wrong together, merged within seconds', async () => {
      const spare = 'teams/catalog/spare.yaml'
      const story = await theatre.story({
        files: { [spare]: virtualService({ name: 'spare', namespace: 'ns1', http: [answers('/new/page')] }) },
      })
      const delegating = text(primary).replace(
        '  http:\n',
        '  http:\n    - match: [{ uri: { prefix: /new } }]\n      delegate: { name: spare, namespace: ns1 }\n',
      )
      const first = await story.propose('maya', { [primary]: delegating })
      await first.approve('carla')
      const second = await story.propose('carla', { [spare]: null })
      expect(await first.verdict()).toMatchObject({ conclusion: 'success' })
      expect(await second.verdict()).toMatchObject({ conclusion: 'success' })

      const [one, two] = [await merge(story, first), await merge(story, second)]
      expect(await told(story, one)).toEqual([])
      const [run] = await told(story, two)
      expect(run?.title).toMatch(/^Merged although blocked/)
      expect(run?.summary).toContain('spare')
    })

    it.concurrent('a merge made elsewhere, of an approved pull request and something more', async () => {
      const story = await theatre.story()
      const pull = await story.propose('lina', timeout(3))
      expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })
      const more = { ...timeout(3), [primary]: text(primary).replace('prefix: /log\n', 'prefix: /l\n') }
      const sha = await story.push('carla', 'main', more, { merges: [pull.branch] })

      const [run] = await told(story, sha)
      expect(run?.conclusion).toBe('failure')
      expect(run?.summary).toContain('`carla` pushed this to `main` without a pull request.')
    })

    it.concurrent('a change of CODEOWNERS or of the configuration', async () => {
      const story = await theatre.story()
      const owners = `${story.files['.github/CODEOWNERS']}/teams/login/ @carla\n`
      const [run] = await told(story, await story.push('carla', 'main', { '.github/CODEOWNERS': owners }))
      expect(run?.conclusion).toBe('failure')
    })

    it.concurrent('once more when it is asked for, by the same name', async () => {
      const story = await theatre.story()
      const sha = await story.push('carla', 'main', timeout(9))
      await told(story, sha)
      const run = theatre.github.checkRuns(story.repo, sha).find(({ name }) => name.includes('merged into'))
      theatre.github.rerequestCheckRun({ repo: story.repo, id: run?.id ?? 0, by: olga })

      expect(await told(story, sha)).toMatchObject([...withoutLogin, ...withoutLogin])
    })
  })

  describe('is told nowhere', () => {
    it.concurrent('what an owner pushes into their own file, and what touches nothing that matters', async () => {
      const story = await theatre.story()
      expect(await told(story, await story.push('lina', 'main', timeout(3)))).toEqual([])
      expect(await told(story, await story.push('carla', 'main', { 'README.md': 'Hello.\n' }))).toEqual([])
      const commented = { [catalog]: `# Ours.\n${text(catalog)}` }
      expect(await told(story, await story.push('carla', 'main', commented))).toEqual([])
      const image = { 'deploy/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n' }
      expect(await told(story, await story.push('carla', 'main', image))).toEqual([])
    })

    it.concurrent('a push to a branch of one’s own, and a new branch', async () => {
      const story = await theatre.story()
      await story.push('carla', 'mine', timeout(9), { from: 'main' })
      const sha = await story.push('carla', 'mine', timeout(8))
      expect(await told(story, sha, 'mine')).toEqual([])

      theatre.github.protectBranch(story.repo, 'release', { requiredChecks: [] })
      const fresh = await story.push('carla', 'release', timeout(7), { from: 'main' })
      expect(await told(story, fresh, 'release')).toEqual([])
    })

    it.concurrent.each(['merge', 'squash'] as const)(
      'a green pull request that was merged (%s)',
      async (how) => {
        const story = await theatre.story()
        const pull = await story.propose('carla', timeout(9))
        await pull.approve('leo')
        await pull.verdict()

        expect(await told(story, await merge(story, pull, how))).toEqual([])
      },
    )

    it.concurrent('an approved pull request whose very head was pushed', async () => {
      const story = await theatre.story()
      const pull = await story.propose('carla', timeout(9))
      await pull.approve('leo')
      await pull.verdict()
      const sha = await story.push(olga, 'main', {}, { from: pull.branch })

      expect(await told(story, sha)).toEqual([])
    })

    it.concurrent('what a merge queue let in', async () => {
      const story = await theatre.story()
      theatre.github.protectBranch(story.repo, 'main', { requiredChecks: ['firebreak'], mergeQueue: true })
      const pull = await story.propose('lina', timeout(3))
      await pull.verdict()
      const { head } = await theatre.github.enqueue({ repo: story.repo, number: pull.number, by: olga })
      await theatre.settle()

      expect(theatre.github.pullRequest(story.repo, pull.number).merged).toBeDefined()
      expect(await told(story, head)).toEqual([])
    })

    it.concurrent('where the configuration only observes', async () => {
      const story = await theatre.story({ configuration: 'mode: observe\n' })

      expect(await told(story, await story.push('carla', 'main', timeout(9)))).toEqual([])
    })
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
