import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { answers, virtualService } from '../support/manifests.ts'
import { owner as olga, openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const primary = 'mesh/bookinfo.yaml'
const spare = 'teams/catalog/spare.yaml'
const primaryText = bookinfoFiles()[primary] ?? ''
const delegating = primaryText.replace(
  '  http:\n',
  '  http:\n    - match: [{ uri: { prefix: /new } }]\n      delegate: { name: spare, namespace: ns1 }\n',
)

describe('a merge queue', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  /** A repository with a queue, and a secondary that nobody delegates to yet. */
  async function queued(): Promise<Story> {
    const files = {
      [spare]: virtualService({ name: 'spare', namespace: 'ns1', http: [answers('/new/page')] }),
    }
    const story = await theatre.story({ files })
    theatre.github.protectBranch(story.repo, 'main', { requiredChecks: ['firebreak'], mergeQueue: true })
    return story
  }

  function enqueue({ repo }: Story, { number }: Proposed) {
    return theatre.github.enqueue({ repo, number, by: olga })
  }

  function isMerged({ repo }: Story, { number }: Proposed): boolean {
    return theatre.github.pullRequest(repo, number).merged !== undefined
  }

  /** Delegates to the spare secondary, which its owners agree to. */
  async function delegate(story: Story): Promise<Proposed> {
    const pull = await story.propose('maya', { [primary]: delegating })
    await pull.approve('carla')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })
    return pull
  }

  it.concurrent('merges what its verdict on the group allows', async () => {
    const story = await queued()
    const pull = await delegate(story)
    const { head } = await enqueue(story, pull)
    await theatre.settle()

    expect(theatre.github.checkRuns(story.repo, head).at(-1)).toMatchObject({
      conclusion: 'success',
      output: { title: `OK: the same changes as in #${pull.number}, all agreed` },
    })
    expect(isMerged(story, pull)).toBe(true)
  })

  it.concurrent('throws out the second of two pull requests that are safe alone and not together, and says why', async () => {
    const story = await queued()
    const first = await delegate(story)
    const second = await story.propose('carla', { [spare]: null })
    expect(await second.verdict()).toMatchObject({ conclusion: 'success' })

    await enqueue(story, first)
    const { head } = await enqueue(story, second)
    await theatre.settle()

    expect(isMerged(story, first)).toBe(true)
    expect(isMerged(story, second)).toBe(false)
    expect(theatre.github.checkRuns(story.repo, head).at(-1)).toMatchObject({ conclusion: 'failure' })
    const comments = theatre.github.comments(story.repo, second.number).map(({ body }) => body)
    expect(comments.filter((body) => body.includes('Taken out of the merge queue'))).toHaveLength(1)
    expect(comments.join('\n')).toContain('spare')
  })

  it.concurrent('asks again for what an approval could not cover: the entry ahead gave the change another meaning', async () => {
    const story = await queued()
    const first = await story.propose('maya', {
      [primary]: primaryText.replace('prefix: /log\n', 'prefix: /l\n'),
    })
    await first.approve('lina')
    await first.approve('carla')
    const second = await story.propose('carla', {
      'teams/catalog/vs-2.yaml': virtualService({
        name: 'vs-2',
        namespace: 'ns1',
        http: [answers('/productpage'), answers('/list')],
      }),
    })
    expect(await first.verdict()).toMatchObject({ conclusion: 'success' })
    expect(await second.verdict()).toMatchObject({ conclusion: 'success' })

    await enqueue(story, first)
    const { head } = await enqueue(story, second)
    await theatre.settle()

    expect(isMerged(story, first)).toBe(true)
    expect(isMerged(story, second)).toBe(false)
    expect(theatre.github.checkRuns(story.repo, head).at(-1)).toMatchObject({
      conclusion: 'action_required',
      output: {
        title: expect.stringMatching(
          new RegExp(`^Waiting for .*: (?:after #${first.number}|with #${first.number} ahead of it), `),
        ),
      },
    })
  })

  it('keeps its place while GitHub fails for longer than anybody has patience, and is merged once it answers', async () => {
    const story = await queued()
    const { github } = theatre
    const pull = await delegate(story)
    github.inject({
      path: new RegExp(`^/repos/${story.repo}/activity`),
      effect: { kind: 'respond', status: 500 },
      times: 6,
    })
    const { head } = await enqueue(story, pull)
    const runs = () => github.checkRuns(story.repo, head)

    await expect.poll(() => isMerged(story, pull)).toBe(true)
    expect(runs().filter(({ conclusion }) => conclusion === 'failure')).toEqual([])
    await expect.poll(() => runs().filter(({ status }) => status !== 'completed')).toEqual([])
  })

  it.concurrent('ends the success of a group at an objection while it waits for another check', async () => {
    const story = await queued()
    const { github } = theatre
    const requiredChecks = ['firebreak', 'ci']
    github.protectBranch(story.repo, 'main', { requiredChecks, mergeQueue: true })
    const pull = await delegate(story)
    const { sha } = github.pullRequest(story.repo, pull.number).head
    const ci = { app: 'ci', name: 'ci', status: 'completed', conclusion: 'success' } as const
    await github.foreignCheckRun(story.repo, sha, ci)
    const { head } = await enqueue(story, pull)
    await theatre.settle()
    const conclusions = () =>
      github
        .checkRuns(story.repo, head)
        .filter(({ name }) => name === 'firebreak')
        .map(({ conclusion }) => conclusion)
    expect(conclusions().at(-1)).toBe('success')

    await pull.review('ciro', 'REQUEST_CHANGES', 'Stop.')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required' })
    expect(conclusions().at(-1)).toBe('action_required')
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
