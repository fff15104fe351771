import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const slower = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }

describe('what was missed', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  it('a dismissal that did not arrive shuts the gate once the server is back', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', slower)
    const review = await pull.approve('leo')
    expect((await pull.verdict()).conclusion).toBe('success')
    theatre.github.injectDelivery({ event: 'pull_request_review', action: 'dismissed', effect: 'lose' })
    theatre.github.dismissReview({ repo: story.repo, number: pull.number, by: 'lina' }, review, 'Too slow')
    expect((await pull.verdict()).conclusion).toBe('success')

    await theatre.restart()

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it('a pull request whose event GitHub has forgotten gets its verdict, and no other a second one', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const judged = await story.propose('lina', slower)
    expect((await judged.verdict()).conclusion).toBe('success')
    github.injectDelivery({ event: 'pull_request', action: 'opened', effect: 'lose' })
    const { head } = github.pullRequest(story.repo, judged.number)
    const before = github.checkRuns(story.repo, head.sha)
    const forgotten = await story.propose('carla', { [login]: null })
    expect((await forgotten.verdict()).conclusion).toBe('none')

    github.forgetDeliveries()
    await theatre.restart()

    expect((await forgotten.verdict()).waitsFor).toContain('login')
    expect(github.checkRuns(story.repo, head.sha)).toEqual(before)
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
