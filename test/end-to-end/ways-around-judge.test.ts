import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, checked, meets } from '../support/attempt.ts'
import { owner as olga, openTheatre, type Proposed, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const slower = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }
const codeowners = '.github/CODEOWNERS'
const configuration = '.github/firebreak.yml'

/** Everything is catalog's. */
const grab = (org: string) => ({ [codeowners]: `* @${org}/catalog\n` })

/** What is in the files alone needs no forge; that the App reads them so is shown by the first of them below. */
const inTheFiles: readonly Attempt[] = [
  {
    way: 'editing CODEOWNERS in the same pull request',
    files: { ...grab('bookinfo'), ...slower },
    conclusion: 'action_required',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'editing the configuration in the same pull request',
    files: {
      [configuration]: 'mode: observe\nownership: { administrators: ["@bookinfo/catalog"] }\n',
      ...slower,
    },
    conclusion: 'action_required',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'moving the configuration away',
    setting: { configuration: 'ownership: { consent: author }\n' },
    files: {
      [configuration]: null,
      'teams/catalog/firebreak.yml': 'ownership: { consent: author }\n',
    },
    conclusion: 'action_required',
    waitsFor: ['mesh-admins'],
  },
]

describe('ways around the judge', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  function merge(repo: string, number: number): Promise<string> {
    return theatre.github.mergePullRequest({ repo, number, by: 'carla' })
  }

  it.each(inTheFiles)('$way', async (way) => {
    meets(way, await checked(way))
  })

  it.concurrent('from the webhook to the check run: editing CODEOWNERS in the same pull request', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', { ...grab(story.org), ...slower })

    expect(await pull.verdict()).toMatchObject({
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
    })
  })

  it.concurrent('giving a path to an owner whom nobody knows, so that nobody could be asked', async () => {
    const story = await theatre.story()
    const own = story.files[codeowners] ?? ''
    const pull = await story.propose('maya', { [codeowners]: `${own}/teams/login/ @${story.org}/nobody\n` })

    const verdict = await pull.verdict()
    expect(verdict.conclusion).toBe('failure')
    expect(verdict.summary).toContain(`GitHub does not count \`@${story.org}/nobody\` as an owner`)
  })

  it.concurrent('a CODEOWNERS in a place that wins over the one in force', async () => {
    const story = await theatre.story({
      codeowners: '',
      files: {
        'docs/CODEOWNERS':
          '/docs/ @bookinfo/login\n/.github/ @bookinfo/catalog\n/mesh/ @bookinfo/mesh-admins\n',
      },
    })
    // Empty, the first place would still win: it has to go.
    await story.push(olga, 'main', { [codeowners]: null })
    const pull = await story.propose('carla', grab(story.org))

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it.concurrent('CODEOWNERS first and the manifest in a second pull request, stacked on the first', async () => {
    const story = await theatre.story()
    const first = await story.propose('carla', grab(story.org))
    const second = await story.propose('carla', slower, { base: first.branch })

    expect(await first.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['mesh-admins'] })
    expect(await second.verdict(`firebreak (${first.branch})`)).toMatchObject({ conclusion: 'success' })
    await expect(merge(story.repo, first.number)).rejects.toThrow('firebreak')

    await second.retarget('carla', 'main')
    expect(await second.verdict()).toMatchObject({
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
    })
  })

  it('the same commit in a second pull request to a base of one`s own, retargeted and merged at once', async () => {
    const story = await theatre.story()
    await story.push('carla', 'mine', grab(story.org), { from: 'main' })
    await story.pushSame('carla', ['topic', 'copy'], slower)
    const honest = await story.open('carla', 'topic')
    expect(await honest.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    const trick = await story.open('carla', 'copy', 'mine')
    expect(await trick.verdict('firebreak (mine)')).toMatchObject({ conclusion: 'success' })

    await trick.retarget('carla', 'main')
    await expect(merge(story.repo, trick.number)).rejects.toThrow('firebreak')
    expect(await trick.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it('the same commit in a pull request of an accomplice: both have the worse verdict', async () => {
    const story = await theatre.story()
    await story.pushSame('lina', ['topic', 'copy'], slower)
    const owners = await story.open('lina', 'topic')
    expect(await owners.verdict()).toMatchObject({ conclusion: 'success' })
    const copy = await story.open('carla', 'copy')

    expect(await copy.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    // Whichever was evaluated last: somebody makes it the owner's.
    await owners.approve('max')
    expect(await owners.verdict()).toMatchObject({ conclusion: 'action_required' })
  })

  it.each([
    ['another head', (pull: Proposed) => pull.push('carla', { 'README.md': 'Hello\n' })],
    ['another base', (pull: Proposed) => pull.retarget('carla', 'release')],
  ])('the worse verdict of an accomplice is gone once that has %s', async (_, move) => {
    const story = await theatre.story()
    await story.push(olga, 'release', {}, { from: 'main' })
    await story.pushSame('lina', ['one', 'two'], slower)
    const first = await story.open('lina', 'one')
    const second = await story.open('carla', 'two')
    expect(await first.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    await move(second)

    expect(await first.verdict()).toMatchObject({ conclusion: 'success', waitsFor: [] })
  })

  it('the success of a pull request that was closed, for another of the same commits', async () => {
    const story = await theatre.story()
    await story.pushSame('lina', ['one', 'two'], slower)
    const withdrawn = await story.open('lina', 'one')
    expect(await withdrawn.verdict()).toMatchObject({ conclusion: 'success' })
    await theatre.github.closePullRequest({ repo: story.repo, number: withdrawn.number, by: 'lina' })
    await theatre.settle()

    const second = await story.open('carla', 'two')
    await expect(merge(story.repo, second.number)).rejects.toThrow()
  })

  it.concurrent('a base that was retargeted leaves approvals behind', async () => {
    const story = await theatre.story()
    await story.push(olga, 'release', {}, { from: 'main' })
    const pull = await story.propose('carla', slower, { base: 'release' })
    await pull.approve('leo')
    expect(await pull.verdict('firebreak (release)')).toMatchObject({ conclusion: 'success' })

    await pull.retarget('carla', 'main')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })
  })

  it.concurrent('a base that was retargeted and back again leaves approvals behind, too', async () => {
    const story = await theatre.story()
    await story.push(olga, 'release', {}, { from: 'main' })
    const pull = await story.propose('carla', slower)
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })

    await pull.retarget('carla', 'release')
    await pull.retarget('carla', 'main')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it.concurrent('a job of a workflow named firebreak', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', slower)
    await pull.verdict()
    const { head } = theatre.github.pullRequest(story.repo, pull.number)
    await theatre.github.foreignCheckRun(story.repo, head.sha, {
      app: 'github-actions',
      name: 'firebreak',
      status: 'completed',
      conclusion: 'success',
    })

    const verdict = await pull.verdict()
    expect(verdict).toMatchObject({ conclusion: 'failure', waitsFor: ['login'] })
    expect(verdict.title).toContain('github-actions')
    await expect(merge(story.repo, pull.number)).rejects.toThrow('firebreak')
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
