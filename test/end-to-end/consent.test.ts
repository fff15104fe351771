import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { checked } from '../support/attempt.ts'
import { owner as olga, openTheatre, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const timeout = (seconds: number) => ({ [login]: `${bookinfoFiles()[login]}      timeout: ${seconds}s\n` })
const labelled = (labels: string) => ({
  [login]: `${bookinfoFiles()[login]}`.replace('metadata:\n', `metadata:\n  labels: { ${labels} }\n`),
})

const open = { conclusion: 'success', waitsFor: [] }
const waits = { conclusion: 'action_required', waitsFor: ['login'] } as const

const emergency = '/firebreak override login is down, rolling back by hand'

let theatre: Theatre

beforeAll(async () => {
  theatre = await openTheatre()
})

afterAll(() => theatre.close())

describe('an override in an emergency', () => {
  const allowed = { configuration: 'override: true\n' }
  /** Drops an entry of the author's own: blocked, whoever agrees. */
  const dropping = (story: Story) =>
    story.edited(
      login,
      '            exact: /logout\n',
      '            exact: /logout\n        - uri:\n            exact: /account\n',
    )

  it.concurrent('is shown with who, when and why, and ends with the next push', async () => {
    // Even where an approval would be kept.
    const story = await theatre.story({ configuration: 'override: true\napprovals: { stale: keep }\n' })
    const pull = await story.propose('lina', dropping(story))
    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })

    await pull.approve('maya', `We know.\n\n${emergency}`)
    const verdict = await pull.verdict()
    expect(verdict).toMatchObject({
      conclusion: 'success',
      title: expect.stringMatching(/^Overridden by maya/),
    })
    expect(verdict.summary).toMatch(
      /^maya set the verdict aside at `\S+`, for this commit and this base alone: login is down, rolling back by hand\. In spite of `dropped-entry`\.$/m,
    )
    expect(theatre.github.comments(story.repo, pull.number)[0]?.body).toContain(
      'maya set the verdict aside at',
    )

    await pull.push('lina', { 'README.md': 'Hello\n' })
    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
  })

  it.concurrent('ends with another base', async () => {
    const story = await theatre.story(allowed)
    await story.push(olga, 'release', {}, { from: 'main' })
    const pull = await story.propose('lina', dropping(story), { base: 'release' })
    await pull.approve('maya', emergency)
    expect(await pull.verdict('firebreak (release)')).toMatchObject({ conclusion: 'success' })

    await pull.retarget('lina', 'main')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
  })

  it.concurrent('stands for a missing approval, too', async () => {
    const story = await theatre.story(allowed)
    const pull = await story.propose('carla', timeout(9))
    expect(await pull.verdict()).toMatchObject(waits)
    await pull.approve('max', emergency)

    expect(await pull.verdict()).toMatchObject({
      conclusion: 'success',
      title: expect.stringMatching(/^Overridden by max/),
    })
  })

  it.concurrent('is nobody`s who is no administrator, nor the repository`s owner', async () => {
    const story = await theatre.story(allowed)
    const pull = await story.propose('lina', dropping(story))
    for (const by of ['leo', 'carla', olga]) await pull.approve(by, emergency)

    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
  })

  it.concurrent('is not the author`s, nor of one who pushed', async () => {
    const story = await theatre.story(allowed)
    const pull = await story.propose('lina', dropping(story))
    await pull.push('maya', { 'README.md': 'Hello\n' })
    await pull.push('lina', { 'README.md': 'Hello again\n' })
    await pull.approve('maya', emergency)

    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
  })

  it.concurrent('needs a reason, and an approval', async () => {
    const story = await theatre.story(allowed)
    const pull = await story.propose('lina', dropping(story))
    await pull.approve('maya', '/firebreak override')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
    await pull.review('max', 'COMMENT', emergency)
    await pull.review('max', 'REQUEST_CHANGES', emergency)

    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
  })

  it.concurrent('is no override once another has edited the review', async () => {
    const story = await theatre.story(allowed)
    const pull = await story.propose('lina', dropping(story))
    const review = await pull.approve('maya', 'Fine with me.')
    const at = { repo: story.repo, number: pull.number }
    theatre.github.editReview({ ...at, by: 'lina' }, review, emergency)
    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })

    const own = await pull.approve('max', 'Fine with me.')
    theatre.github.editReview({ ...at, by: 'max' }, own, emergency)
    expect(await pull.verdict()).toMatchObject({ conclusion: 'success' })
  })

  it.concurrent('an override that somebody else wrote into a review does not count because its author edited it later', async () => {
    const story = await theatre.story({ configuration: 'override: true\n' })
    const pull = await story.propose('carla', timeout(9))
    const review = await pull.approve('maya', 'Fine wiht me.')
    const at = { repo: story.repo, number: pull.number }
    const words = '\n\n/firebreak override because I say so'
    theatre.github.editReview({ ...at, by: 'carla' }, review, `Fine wiht me.${words}`)
    theatre.github.editReview({ ...at, by: 'maya' }, review, `Fine with me.${words}`)

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('is only a text where the configuration does not allow it', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', timeout(9))
    await pull.approve('maya', emergency)

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('is not allowed by the pull request that would be overridden', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', { ...timeout(9), '.github/firebreak.yml': 'override: true\n' })
    await pull.approve('maya', emergency)

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('does not reach a configuration that would be invalid', async () => {
    const story = await theatre.story(allowed)
    const pull = await story.propose('max', { '.github/firebreak.yml': 'override: perhaps\n' })
    await pull.approve('maya', emergency)

    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })
  })
})

describe('other settings of the gate', () => {
  it.concurrent('consent: author, an approval by an owner does not help', async () => {
    const story = await theatre.story({ configuration: 'ownership: { consent: author }\n' })
    const pull = await story.propose('carla', timeout(9))
    await pull.approve('leo')
    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure' })

    const own = await story.propose('lina', timeout(9))
    expect(await own.verdict()).toMatchObject(open)
  })

  it.concurrent('stale: keep, an approval counts for what has not changed since', async () => {
    const story = await theatre.story({ configuration: 'approvals: { stale: keep }\n' })
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('leo')
    await pull.push('carla', { 'README.md': 'Hello\n' })
    expect(await pull.verdict()).toMatchObject(open)

    await pull.push('carla', timeout(9))
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('stale: keep, an approval counts for what another team`s object holds, but ignored labels', async () => {
    const story = await theatre.story({ configuration: 'approvals: { stale: keep }\n' })
    const pull = await story.propose('carla', labelled('team: login'))
    await pull.approve('leo')
    await pull.push('carla', labelled('team: login, helm.sh/chart: mesh-2'))
    expect(await pull.verdict()).toMatchObject(open)

    await pull.push('carla', labelled('team: login, argocd.argoproj.io/instance: x'))
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('mode: observe, the same report under a check that succeeds', async () => {
    const story = await theatre.story({ configuration: 'mode: observe\n' })
    const pull = await story.propose('carla', timeout(9))

    expect(await pull.verdict()).toMatchObject({
      conclusion: 'success',
      title: expect.stringMatching(/^Observing: /),
      waitsFor: ['login'],
    })
    expect(theatre.github.requestedReviewers(story.repo, pull.number).teams).toEqual([])
  })
})

describe('who is in a team', () => {
  it.concurrent('a member of a child team', async () => {
    const story = await theatre.story()
    theatre.github.createUser('nia')
    theatre.github.createTeam({
      organization: story.org,
      slug: 'login-web',
      members: ['nia'],
      parent: 'login',
    })
    const own = await story.propose('nia', timeout(3))
    expect(await own.verdict()).toMatchObject(open)

    const other = await story.propose('carla', timeout(9))
    await other.approve('nia')
    expect(await other.verdict()).toMatchObject(open)
  })

  it.concurrent.each([
    ['a secret team', 'secret'],
    ['a missing team', undefined],
  ] as const)('%s speaks for nobody', async (_, privacy) => {
    const story = await theatre.story({ codeowners: '/teams/login/ @bookinfo/shadows\n' })
    if (privacy !== undefined) {
      theatre.github.createTeam({ organization: story.org, slug: 'shadows', members: ['lina'], privacy })
      theatre.github.grant(story.repo, { team: 'shadows' }, 'write')
    }
    const pull = await story.propose('lina', timeout(3))
    await pull.approve('leo')
    const verdict = await pull.verdict()

    expect(verdict.conclusion).toBe('action_required')
    expect(verdict.summary).toContain('cannot be looked up')
  })

  it.concurrent('a team without write access of its own speaks for nobody, though its members may write', async () => {
    const story = await theatre.story({ codeowners: '/teams/login/ @bookinfo/readers @bookinfo/login\n' })
    theatre.github.createTeam({ organization: story.org, slug: 'readers', members: ['ciro'] })
    theatre.github.grant(story.repo, { team: 'readers' }, 'read')
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('ciro')
    const verdict = await pull.verdict()
    expect(verdict).toMatchObject(waits)
    expect(verdict.summary).toContain(`GitHub does not count \`@${story.org}/readers\` as an owner`)

    theatre.github.grant(story.repo, { team: 'readers' }, 'write')
    await pull.push('carla', { 'README.md': 'Hello\n' })
    await pull.approve('ciro')
    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('whoever is in several of the teams still unmet is named, and settles them with one review', async () => {
    const story = await theatre.story()
    for (const slug of ['login', 'catalog', 'mesh-admins'])
      theatre.github.addMember({ organization: story.org, slug }, 'leo', { by: olga, state: 'active' })
    theatre.github.createUser('dora')
    theatre.github.grant(story.repo, { user: 'dora' }, 'write')
    const pull = await story.propose('dora', { ...timeout(3), 'teams/catalog/vs-2.yaml': null })
    const verdict = await pull.verdict()
    expect(verdict.waitsFor).toEqual(['catalog', 'login'])
    expect(verdict.summary).toContain('One review by `leo` would do for both.')

    await pull.approve('leo')
    expect((await pull.verdict()).waitsFor).toEqual([])
  })

  it.concurrent('a request for changes by somebody who is surely no owner withdraws nothing', async () => {
    const story = await theatre.story({
      codeowners: '/mesh/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login @rita\n',
    })
    theatre.github.createUser('rita')
    theatre.github.grant(story.repo, { user: 'rita' }, 'read')
    const pull = await story.propose('lina', timeout(3))
    expect(await pull.verdict()).toMatchObject(open)
    await pull.review('carla', 'REQUEST_CHANGES', 'I would rather not.')

    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('nobody is said to settle a team with one review while another owner objects', async () => {
    const story = await theatre.story()
    for (const slug of ['login', 'catalog'])
      theatre.github.addMember({ organization: story.org, slug }, 'leo', { by: olga, state: 'active' })
    theatre.github.createUser('dana')
    theatre.github.grant(story.repo, { user: 'dana' }, 'write')
    const catalog = story.edited('teams/catalog/vs-2.yaml', 'number: 9080', 'number: 9081')
    const pull = await story.propose('dana', { ...timeout(3), ...catalog })
    await pull.review('lina', 'REQUEST_CHANGES', 'Not now.')
    const verdict = await pull.verdict()
    await pull.approve('leo')
    expect((await pull.verdict()).waitsFor).toEqual(['login'])

    expect(verdict.summary).not.toContain('One review by `leo` would do for both')
  })

  it.concurrent('an outside collaborator, by name and with write access', async () => {
    const story = await theatre.story({ codeowners: '/teams/login/ @otto @rosa\n' })
    for (const [user, role] of [
      ['otto', 'write'],
      ['rosa', 'read'],
    ] as const) {
      theatre.github.createUser(user)
      theatre.github.grant(story.repo, { user }, role)
    }
    const pull = await story.propose('carla', timeout(3))
    await pull.approve('rosa')
    const verdict = await pull.verdict()
    expect(verdict).toMatchObject({ conclusion: 'action_required', waitsFor: ['otto'] })
    expect(verdict.summary).toContain('GitHub does not count `@rosa` as an owner')

    await pull.approve('otto')
    expect(await pull.verdict()).toMatchObject(open)
  })
})

describe('a push by somebody outside the team', () => {
  const formatted = `# Laid out anew.\n${bookinfoFiles()[login]}`.replaceAll('exact: /', 'exact:   /')

  it.concurrent('counts for what it changes in normal form: a formatter and another text do not', async () => {
    const story = await theatre.story()
    const pull = await story.propose('lina', { 'README.md': 'Hello\n', ...timeout(3) })
    await pull.push('carla', { [login]: `${formatted}      timeout: 3s\n`, 'README.md': 'Hello again\n' })
    expect(await pull.verdict()).toMatchObject(open)

    await pull.push('carla', { [login]: `${formatted}      timeout: 4s\n` })
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('counts for labels of the team`s object, but not for those that are ignored', async () => {
    const story = await theatre.story()
    const pull = await story.propose('lina', { 'README.md': 'Hello\n', ...labelled('team: login') })
    await pull.push('carla', labelled('team: login, app.kubernetes.io/version: "2"'))
    expect(await pull.verdict()).toMatchObject(open)

    await pull.push('carla', labelled('team: login, kustomize.toolkit.fluxcd.io/ssa: Ignore'))
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('does not count that merges the base, even where both touched one file', async () => {
    const gateway = 'mesh/gateway.yaml'
    const shared = { [login]: `${bookinfoFiles()[login]}---\n${bookinfoFiles()[gateway]}`, [gateway]: null }
    const story = await theatre.story()
    await story.push(olga, 'main', shared)
    const text = String(shared[login])
    const pull = await story.propose('lina', {
      [login]: text.replace('---\n', '      timeout: 3s\n---\n'),
    })
    expect((await pull.verdict()).conclusion).toBe('success')
    await story.push(olga, 'main', { [login]: text.replace('number: 80', 'number: 8080') })
    await theatre.github.updateBranch({ repo: story.repo, number: pull.number, by: 'carla' })

    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('counts that brings back what the base has taken away', async () => {
    const catalog = 'teams/catalog/vs-2.yaml'
    const story = await theatre.story()
    const pull = await story.propose('lina', timeout(3))
    await story.push(olga, 'main', { [catalog]: null })
    await theatre.github.updateBranch({ repo: story.repo, number: pull.number, by: 'lina' })
    await pull.push('ciro', { [catalog]: story.files[catalog] ?? '' })

    expect((await pull.verdict()).waitsFor).toContain('login')
  })

  it.concurrent('a push by a stranger to a patch of a kustomization counts, as a pull request of theirs would', async () => {
    const patch = (spec: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: vs-1, namespace: ns1 }\nspec: ${spec}\n`
    const file = 'teams/login/patch.yaml'
    const files = {
      'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\npatches:\n  - path: patch.yaml\n',
      [file]: patch('{ exportTo: ["*"] }'),
    }
    const evil = { [file]: patch('{ exportTo: ["*"], http: null }') }
    const asTheirs = { way: 'as a pull request', setting: { files }, files: evil, ...waits }
    expect(await checked(asTheirs)).toMatchObject(waits)

    const story = await theatre.story({ files })
    const pull = await story.propose('lina', { 'README.md': 'Hello\n' })
    await pull.push('carla', evil)
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a push by a stranger to a patch under a name that says nothing of YAML counts as well', async () => {
    const patch = (spec: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: vs-1, namespace: ns1 }\nspec: ${spec}\n`
    const file = 'teams/login/patch.txt'
    const files = {
      'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\npatches:\n  - path: patch.txt\n',
      [file]: patch('{ exportTo: ["*"] }'),
    }
    const evil = { [file]: patch('{ exportTo: ["*"], http: null }') }
    const asTheirs = { way: 'as a pull request', setting: { files }, files: evil, ...waits }
    expect(await checked(asTheirs)).toMatchObject(waits)

    const story = await theatre.story({ files })
    const pull = await story.propose('lina', { 'README.md': 'Hello\n' })
    await pull.push('carla', evil)
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a push that is neutral on the branch and not in the merge counts', async () => {
    const route = (anchor = '', host = 'one') => `      route:${anchor}
        - weight: 100
          headers: {}
          destination:
            port: { number: 80 }
            host: ${host}`
    const vs = (one: string, two: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: vs-1
  namespace: ns1
spec:
  http:
    - match:
        - uri:
            exact: /login
${one}
    - match:
        - uri:
            exact: /logout
${two}
`
    const story = await theatre.story({ files: { [login]: vs(route(), route()) } })
    const pull = await story.propose('lina', { [login]: `# A note.\n${vs(route(), route())}` })
    await pull.push('carla', { [login]: `# A note.\n${vs(route(' &r'), '      route: *r')}` })
    expect(await pull.verdict()).toMatchObject(open)

    await story.push(olga, 'main', { [login]: vs(route('', 'two'), route()) })
    await theatre.settle()
    // The local GitHub tries the merge anew only then; GitHub itself whenever somebody looks.
    await theatre.github.closePullRequest({ repo: story.repo, number: pull.number, by: 'lina' })
    await theatre.settle()
    await theatre.github.reopenPullRequest({ repo: story.repo, number: pull.number, by: 'lina' })
    const verdict = await pull.verdict()
    expect(verdict.summary).toContain('/logout')
    expect(verdict).toMatchObject(waits)
  })

  it.concurrent('a push does not stop to count because the branch was deleted and restored', async () => {
    const story = await theatre.story()
    const pull = await story.propose('lina', timeout(3))
    const sha = await pull.push('carla', timeout(9))
    expect(await pull.verdict()).toMatchObject(waits)
    const at = { repo: story.repo, number: pull.number, by: 'lina' }
    await theatre.github.closePullRequest(at)
    await theatre.github.deleteBranch(story.repo, pull.branch, 'lina')
    await story.push('lina', pull.branch, {}, { from: sha })
    await theatre.github.reopenPullRequest(at)

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a merge of the base does not count where the base already holds a part of the branch', async () => {
    const story = await theatre.story()
    const spare = { 'teams/login/spare.yaml': (bookinfoFiles()[login] ?? '').replace('vs-1', 'spare') }
    const pull = await story.propose('lina', { ...timeout(3), ...spare })
    expect(await pull.verdict()).toMatchObject(open)
    await story.push(olga, 'main', spare)
    await theatre.settle()
    await theatre.github.updateBranch({ repo: story.repo, number: pull.number, by: 'carla' })

    expect(await pull.verdict()).toMatchObject(open)
  })

  it.concurrent('a formatter does not count, however often it runs', async () => {
    const story = await theatre.story()
    const pull = await story.propose('lina', timeout(3))
    for (let run = 0; run < 11; run++)
      await pull.push('carla', { [login]: `# Formatted ${run}.\n${timeout(3)[login]}` })

    expect(await pull.verdict()).toMatchObject(open)
  })
})

describe('bots', () => {
  const bot = 'release[bot]'
  const two = `      route:
        - { destination: { host: one }, weight: 90 }
        - { destination: { host: two }, weight: 10 }
`
  const canary = (bookinfoFiles()[catalog] ?? '').replace(/ {6}route:\n[\s\S]*$/, two)
  const shifted = canary.replace('weight: 90', 'weight: 50').replace('weight: 10', 'weight: 50')
  const permit = `bots: [{ login: "${bot}", for: "@bookinfo/catalog", may: [weights] }]\n`

  beforeAll(() => theatre.github.createUser(bot, 'Bot'))

  it.concurrent('belong to no team', async () => {
    const story = await theatre.story({ files: { [catalog]: canary } })
    const pull = await story.propose(bot, { [catalog]: shifted })

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['catalog'] })
  })

  it.concurrent('speak for a team where the configuration says so, in weights and nothing else', async () => {
    const story = await theatre.story({ files: { [catalog]: canary }, configuration: permit })
    const weights = await story.propose(bot, { [catalog]: shifted })
    expect(await weights.verdict()).toMatchObject(open)

    const more = await story.propose(bot, { [catalog]: shifted.replace('host: two', 'host: three') })
    expect(await more.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['catalog'] })
  })

  it.concurrent('speak for nobody once a stranger pushes to their branch', async () => {
    const story = await theatre.story({ files: { [catalog]: canary }, configuration: permit })
    const pull = await story.propose(bot, { [catalog]: shifted })
    await pull.push('lina', { [catalog]: shifted.replaceAll('weight: 50', 'weight: 51') })

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['catalog'] })
  })

  it.concurrent('never approve, not even an account of a machine that is a member of the team', async () => {
    const story = await theatre.story({
      files: { [catalog]: canary },
      configuration: permit.replace(bot, 'ciro'),
    })
    const pull = await story.propose('lina', { [catalog]: shifted })
    await pull.approve('ciro')

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['catalog'] })
  })
})

it('the local GitHub never broke its own description', () => {
  expect(theatre.github.contractViolations()).toEqual([])
})
