import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { answers, virtualService } from '../support/manifests.ts'
import { owner as olga, openTheatre, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const timeout = (seconds: number) => ({ [login]: `${bookinfoFiles()[login]}      timeout: ${seconds}s\n` })

const open = { conclusion: 'success', waitsFor: [] }
const waits = { conclusion: 'action_required', waitsFor: ['login'] }

describe('ways around consent', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
    for (const login of ['dora', 'rita']) theatre.github.createUser(login)
  })

  afterAll(() => theatre.close())

  it.concurrent('pushing to the branch of an owner', async () => {
    const story = await theatre.story()
    const pull = await story.propose('lina', timeout(3))
    expect(await pull.verdict()).toMatchObject(open)

    await pull.push('carla', timeout(9))
    const verdict = await pull.verdict()
    expect(verdict).toMatchObject(waits)
    expect(verdict.summary).toContain('carla pushed to this branch')
  })

  it.concurrent('pushing under the name of an owner: authorship of a commit is only a word', async () => {
    const story = await theatre.story()
    const pull = await story.propose('lina', timeout(3))
    await pull.push('carla', timeout(9), { author: 'lina' })

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('pushing first, for an owner who opens the pull request', async () => {
    const story = await theatre.story()
    await story.push('carla', 'topic', timeout(9), { from: 'main' })
    await story.push('lina', 'topic', { 'README.md': 'Hello\n' })
    const pull = await story.open('lina', 'topic')

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('pushing over the trace of it', async () => {
    const story = await theatre.story()
    const kept = await story.push('carla', 'topic', timeout(9), { from: 'main' })
    await story.push('carla', 'topic', { 'README.md': 'Soon gone\n' })
    await story.push('lina', 'topic', { 'README.md': 'Hello\n' }, { from: kept, force: true })
    const pull = await story.open('lina', 'topic')

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('approving what one pushed oneself into the pull request of another', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(3))
    await pull.push('lina', timeout(9))
    await pull.approve('lina')
    expect(await pull.verdict()).toMatchObject(waits)

    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('approving what one pushed oneself into the fork of another', async () => {
    const story = await theatre.story()
    const fork = await theatre.github.forkRepository(story.repo, 'carla')
    const push = (by: string, seconds: number, from?: string) =>
      theatre.github.push({
        repo: fork,
        branch: 'mine',
        by,
        files: timeout(seconds),
        message: 'Change',
        ...(from === undefined ? {} : { from }),
      })
    await push('carla', 3, 'main')
    const pull = await story.open('carla', 'carla:mine')
    await push('lina', 9)
    await pull.approve('lina')
    const verdict = await pull.verdict()
    expect(verdict).toMatchObject(waits)
    expect(verdict.summary).toContain('lina pushed last')

    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)
    await push('carla', 10)
    await pull.approve('lina')
    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('a second push after the approval', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)

    await pull.push('carla', timeout(9))
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a second push while the pull request is closed', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('lina')
    expect(await pull.verdict()).toMatchObject(open)

    const at = { repo: story.repo, number: pull.number, by: 'carla' }
    await theatre.github.closePullRequest(at)
    await pull.push('carla', timeout(9))
    await theatre.github.reopenPullRequest(at)
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('an approval of an older commit, given after the push', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(3))
    const { head } = theatre.github.pullRequest(story.repo, pull.number)
    const seen = head.sha
    await pull.push('carla', timeout(9))
    await theatre.settle()
    await theatre.github.submitReview({
      repo: story.repo,
      number: pull.number,
      by: 'leo',
      event: 'APPROVE',
      commit: seen,
    })

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('an approval of less than the merge has come to do since', async () => {
    const primary = bookinfoFiles()['mesh/bookinfo.yaml'] ?? ''
    const story = await theatre.story({
      files: {
        'mesh/bookinfo.yaml': primary.replace('prefix: /log', 'prefix: /login'),
        [login]: virtualService({ name: 'vs-1', namespace: 'ns1', http: [answers('/login')] }),
      },
    })
    const catalog = 'teams/catalog/vs-2.yaml'
    const pull = await story.propose('carla', {
      [catalog]: virtualService({
        name: 'vs-2',
        namespace: 'ns1',
        http: [answers('/productpage'), answers('/log-book')],
      }),
    })
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)

    await story.push(olga, 'main', { 'mesh/bookinfo.yaml': primary })
    expect(await pull.verdict()).toMatchObject(waits)
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('a review by somebody who left the team', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)

    theatre.github.removeMember({ organization: story.org, slug: 'login' }, 'leo', olga)
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a review by somebody who left the organization, or who may not write any more', async () => {
    const story = await theatre.story({
      codeowners: '/mesh/ @bookinfo/mesh-admins\n/teams/login/ @dora @rita\n',
    })
    const { github } = theatre
    github.setCollaborator(story.repo, { login: 'dora', role: 'write' }, olga)
    const first = await story.propose('carla', timeout(3))
    await first.approve('dora')
    expect(await first.verdict()).toMatchObject(open)
    github.setCollaborator(story.repo, { login: 'dora', role: 'read' }, olga)
    expect((await first.verdict()).conclusion).toBe('action_required')

    github.setCollaborator(story.repo, { login: 'rita', role: 'write' }, olga)
    await first.approve('rita')
    expect(await first.verdict()).toMatchObject(open)
    github.setCollaborator(story.repo, { login: 'rita', role: 'none' }, olga)
    expect((await first.verdict()).conclusion).toBe('action_required')

    const other = await theatre.story()
    const second = await other.propose('carla', timeout(3))
    await second.approve('leo')
    expect(await second.verdict()).toMatchObject(open)
    github.removeFromOrganization(other.org, 'leo', olga)
    expect(await second.verdict()).toMatchObject(waits)
  })

  it.concurrent('an invitation to the team that was not accepted', async () => {
    const story = await theatre.story()
    const team = { organization: story.org, slug: 'login' }
    theatre.github.addMember(team, 'ciro', { by: olga, state: 'pending' })
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('ciro')

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a dismissed approval, and an owner who asks for changes', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(3))
    const review = await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject(open)
    await pull.review('lina', 'REQUEST_CHANGES', 'Not that slow, please.')
    expect(await pull.verdict()).toMatchObject(waits)

    await pull.approve('lina')
    expect(await pull.verdict()).toMatchObject(open)
    const at = { repo: story.repo, number: pull.number, by: 'max' }
    theatre.github.dismissReview(at, review, 'Late')
    await theatre.settle()
    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('dismissing the objection of an owner: it counts no more, and everybody reads who did so', async () => {
    const story = await theatre.story()
    const at = (number: number, by: string) => ({ repo: story.repo, number, by })
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('leo')
    const objection = await pull.review('lina', 'REQUEST_CHANGES', 'Not that slow, please.')
    expect(await pull.verdict()).toMatchObject(waits)

    theatre.github.dismissReview(at(pull.number, 'carla'), objection, 'Late')
    const verdict = await pull.verdict()
    expect(verdict).toMatchObject(open)
    const told = '`lina` asked for changes for login; `carla`, who is not in login, dismissed the review.'
    expect(verdict.summary).toContain(told)
    const comments = theatre.github.comments(story.repo, pull.number).map(({ body }) => body)
    expect(comments.join('\n')).toContain(told)

    await pull.approve('lina')
    expect((await pull.verdict()).summary).not.toContain('dismissed')
  })

  it.concurrent('case in logins and teams: another spelling is the same owner', async () => {
    const story = await theatre.story({
      codeowners: '/mesh/ @bookinfo/Mesh-Admins\n/teams/login/ @BOOKINFO/LOGIN @Ciro\n',
    })
    const spelled = story.files['.github/CODEOWNERS']?.replace('@BOOKINFO', `@${story.org.toUpperCase()}`)
    await story.push(olga, 'main', { '.github/CODEOWNERS': spelled ?? '' })

    const owners = await story.propose('lina', timeout(3))
    expect(await owners.verdict()).toMatchObject(open)
    const users = await story.propose('ciro', timeout(4))
    expect(await users.verdict()).toMatchObject(open)
    const others = await story.propose('carla', timeout(5))
    expect((await others.verdict()).conclusion).toBe('action_required')
  })

  it.concurrent('pushing a link to the files of an owner, or taking theirs away, on their branch', async () => {
    const story = await theatre.story()
    await story.push(olga, 'main', { 'clusters/prod/login': { symlink: '../../teams/login' } })
    const push = async (files: Parameters<typeof story.propose>[1]) => {
      const pull = await story.propose('lina', timeout(3))
      expect(await pull.verdict()).toMatchObject(open)
      await pull.push('carla', files)
      return pull.verdict()
    }

    expect(await push({ 'clusters/old/login': { symlink: '../../teams/login' } })).toMatchObject(waits)
    expect(await push({ 'clusters/prod/login': { symlink: '../../mesh' } })).toMatchObject({
      conclusion: 'action_required',
    })
    expect(await push({ 'clusters/prod/login': null })).toMatchObject(waits)
    expect(await push({ 'docs/latest.md': 'New.\n' })).toMatchObject(open)
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
