import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchClone } from './support/fetched-clone.ts'
import { openTheatre, owner, type Proposed, type Story, type Theatre } from './support/stage.ts'

/** The entry point as it is written, or as it was built. */
const entry = resolve(process.env['ACTION_ENTRY'] ?? 'src/action.ts')

const place = mkdtempSync(join(tmpdir(), 'firebreak-action-'))
let theatre: Theatre
let story: Story
let foreign: Proposed
let steps = 0

const files = { 'members.yml': '"@bookinfo/login": [lina, leo]\n"@bookinfo/catalog": [carla]\n' }

beforeAll(async () => {
  theatre = await openTheatre()
  story = await theatre.story({ files })
  const changed = story.edited('teams/login/vs-1.yaml', 'exact: /login', 'exact: /log-in')
  foreign = await story.propose('carla', { ...changed, 'members.yml': `"@${story.org}/login": [carla]\n` })
  await foreign.verdict()
})

afterAll(async () => {
  await theatre.close()
  rmSync(place, { recursive: true, force: true })
})

interface Step {
  readonly code: number
  readonly out: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

interface Given {
  readonly inputs?: Readonly<Record<string, string>>
  readonly event?: string
  readonly payload?: object
  readonly clone?: string
  readonly temporary?: string
  readonly eventFile?: string
}

function git(folder: string, ...args: readonly string[]): string {
  const names = ['-c', 'user.name=a', '-c', 'user.email=a@example.test']
  return execFileSync('git', [...names, ...args], { cwd: folder, encoding: 'utf8' })
}

/** A clone with everything that a runner fetches by `fetch-depth: 0`. */
async function checkedOut(): Promise<string> {
  const path = join(place, `clone-${++steps}`)
  await fetchClone(theatre.github, { repo: story.repo, by: owner, to: path })
  return path
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^(?<name>[\w-]+)<<(?<end>.+)\n(?<value>[\s\S]*?)\n\k<end>$/gm)
  return Object.fromEntries([...found].map(({ groups = {} }) => [groups['name'], groups['value']]))
}

/** Runs the step as a runner does: inputs, event and files by their names in the environment. */
async function step({
  inputs = {},
  event = 'pull_request',
  payload,
  clone,
  ...given
}: Given = {}): Promise<Step> {
  const folder = join(place, `step-${++steps}`)
  mkdirSync(folder)
  const [outputs, summary, eventFile] = ['outputs', 'summary', 'event.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  for (const file of [outputs, summary]) writeFileSync(file, '')
  writeFileSync(eventFile, JSON.stringify(payload ?? (await pullRequestEvent())))
  const environment = {
    ...{
      PATH: process.env['PATH'],
      HOME: folder,
      RUNNER_TEMP: given.temporary ?? folder,
      GITHUB_ACTIONS: 'true',
    },
    ...{
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_EVENT_PATH: given.eventFile ?? eventFile,
    },
    ...{ GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: story.repo, GITHUB_API_URL: theatre.github.apiUrl },
    GITHUB_WORKSPACE: clone ?? (await checkedOut()),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  }
  const ended = await new Promise<{ code: number; out: string }>((end) => {
    execFile(process.execPath, [entry], { env: environment, cwd: folder }, (error, stdout) =>
      end({ code: Number(error?.code ?? 0), out: stdout }),
    )
  })
  return {
    ...ended,
    outputs: outputsIn(readFileSync(outputs, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  }
}

async function asked(path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${theatre.github.apiUrl}/repos/${story.repo}/${path}`, {
    headers: { authorization: `Bearer ${theatre.github.userToken(owner)}` },
  })
  return (await response.json()) as Record<string, unknown>
}

async function pullRequestEvent(): Promise<object> {
  return { pull_request: await asked(`pulls/${foreign.number}`) }
}

const token = () => theatre.github.userToken(owner)

describe('a pull request', () => {
  it('waits for whoever GitHub says is in the team, and says so in every place', async () => {
    const { code, out, outputs, summary } = await step({ inputs: { token: token(), format: 'json' } })

    expect([code, outputs['conclusion']]).toEqual([1, 'action_required'])
    expect(outputs['title']).toContain('Waiting for login')
    expect(out).toContain('::warning title=Firebreak::Waiting for login')
    expect(summary).toContain(`Waiting for \`${story.org}/login\``)
    expect(JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(readFileSync(outputs['html'] ?? '', 'utf8')).toContain('<html')
    const report = JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'))
    expect(report.decision.summary).toBe(outputs['title'])
  })

  it('says the same as the App', async () => {
    const { outputs } = await step({ inputs: { token: token() } })

    expect(await foreign.verdict()).toMatchObject({
      conclusion: outputs['conclusion'],
      title: outputs['title'],
    })
  })

  it('fails by what the workflow says', async () => {
    expect((await step({ inputs: { token: token(), 'fail-on': 'failure' } })).code).toBe(0)
    expect((await step({ inputs: { token: token(), 'fail-on': 'never' } })).code).toBe(0)
  })

  it('takes the members from the base side, for the head could make itself a member', async () => {
    const { outputs } = await step({ inputs: { members: 'members.yml', author: 'carla' } })
    const known = await step({ inputs: { members: 'members.yml', author: 'lina' } })

    expect([outputs['conclusion'], known.outputs['conclusion']]).toEqual(['action_required', 'success'])
  })

  it('names the members file as the workflow does where something is wrong in it', async () => {
    const clone = await checkedOut()
    git(clone, 'checkout', '--quiet', '-B', 'broken', 'origin/main')
    writeFileSync(join(clone, 'members.yml'), '"@bookinfo/login": lina\n')
    git(clone, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-am', 'Broken')

    const { out } = await step({ inputs: { base: 'broken', members: 'members.yml', author: 'carla' }, clone })

    expect(out).toContain('--members members.yml, line 1 is not what is wanted')
  })

  it('of a fork has no secrets, and without knowing who is in a team nobody has agreed', async () => {
    const { code, outputs } = await step({ inputs: { token: '' } })

    expect([code, outputs['conclusion']]).toEqual([1, 'action_required'])
  })

  it.each([
    ['is checked out', (clone: string) => mkdirSync(clone)],
    ['was fetched but its last commit', (clone: string) => git(place, 'init', '--quiet', clone)],
  ])('cannot be judged where nothing %s, and says what to write', async (what, prepare) => {
    const clone = join(place, what)
    prepare(clone)

    const { code, out, outputs } = await step({ inputs: { token: token() }, clone })

    expect([code, outputs['conclusion']]).toEqual([1, 'failure'])
    expect(out).toMatch(/^::error title=Firebreak::.*fetch-depth: 0/m)
  })

  describe('that holds a folder of the name of its base', () => {
    const sneaked = {
      '.github/firebreak.yml': 'mode: observe\n',
      'members.yml': '"@bookinfo/login": [carla]\n',
    }

    async function cloneWith(name: string): Promise<string> {
      const clone = await checkedOut()
      for (const [path, text] of Object.entries(sneaked)) {
        mkdirSync(dirname(join(clone, name, path)), { recursive: true })
        writeFileSync(join(clone, name, path), text)
      }
      return clone
    }

    it.each([
      ['by the event', 'refs/remotes/origin/main', {}],
      ['by an input', 'origin/main', { base: 'origin/main' }],
    ])('is judged by the branch that is named %s', async (_, name, named) => {
      const inputs = { ...named, members: 'members.yml', author: 'carla' }
      const { outputs } = await step({ inputs, clone: await cloneWith(name) })

      expect(outputs).toMatchObject({
        conclusion: 'action_required',
        title: expect.stringContaining('Waiting for login'),
      })
    })

    it('is judged by the folder where that is all that the input can name', async () => {
      const { outputs } = await step({ inputs: { base: 'before' }, clone: await cloneWith('before') })

      expect(outputs['title']).toMatch(/^Observing/)
    })
  })

  it('is no success where GitHub refuses the token', async () => {
    const { code, outputs } = await step({ inputs: { token: 'ghp_wrong', 'fail-on': 'never' } })

    expect([code, outputs['conclusion']]).toEqual([1, 'failure'])
    expect(outputs['title']).toContain('401')
  })

  it('passes once an owner has approved', async () => {
    await foreign.approve('lina')

    expect(await step({ inputs: { token: token() } })).toMatchObject({
      code: 0,
      outputs: { conclusion: 'success' },
    })
  })
})

describe('other events', () => {
  async function commits(): Promise<{ readonly base: string; readonly head: string }> {
    const { pull_request: pull } = (await pullRequestEvent()) as {
      pull_request: { base: { sha: string }; head: { sha: string } }
    }
    return { base: pull.base.sha, head: pull.head.sha }
  }

  it('of a merge queue is judged for the pull request that GitHub names in its branch', async () => {
    const { base, head } = await commits()
    const clone = await checkedOut()
    git(clone, 'checkout', '--quiet', '--detach', base)
    git(clone, 'merge', '--quiet', '--no-ff', '--message', 'as a queue does', head)
    const group = {
      ...{ base_sha: base, head_sha: git(clone, 'rev-parse', 'HEAD').trim() },
      head_ref: `refs/heads/gh-readonly-queue/main/pr-${foreign.number}-${base}`,
    }
    const queued = { event: 'merge_group', payload: { merge_group: group }, clone }

    const known = await step({ ...queued, inputs: { token: token() } })
    const unknown = await step(queued)

    expect([known.code, known.outputs['conclusion']]).toEqual([0, 'success'])
    expect([unknown.code, unknown.outputs['conclusion']]).toEqual([1, 'action_required'])
  })

  it('of a push compares before and after, and takes nobody for its author', async () => {
    const { base, head } = await commits()

    const { outputs } = await step({
      event: 'push',
      payload: { before: base, after: head, sender: { login: 'lina' } },
    })

    expect(outputs['conclusion']).toBe('action_required')
  })

  it('that says nothing of two sides needs them as inputs', async () => {
    const { out } = await step({ event: 'schedule', payload: {} })

    expect(out).toContain('give the inputs base and head')
  })
})

it('leaves to each step of a job its own reports', async () => {
  const clone = await checkedOut()
  const temporary = mkdtempSync(join(place, 'temp-'))
  const both = { base: 'origin/main', head: '.', format: 'text' }

  const one = await step({ inputs: both, clone, temporary })
  const other = await step({ inputs: { ...both, head: 'origin/main' }, clone, temporary })

  expect(one.outputs['report']).not.toBe(other.outputs['report'])
  for (const { outputs } of [one, other])
    expect(readFileSync(outputs['report'] ?? '', 'utf8')).toContain(outputs['title'])
})

it('lets no fault of its own give the runner a command', async () => {
  const missing = join(place, 'none\n::error title=forged::x')

  const { code, out, outputs } = await step({ eventFile: missing })

  expect([code, outputs['conclusion']]).toEqual([1, 'failure'])
  expect(out).toContain('forged')
  const [, resume = ''] = /^::stop-commands::(.+)$/m.exec(out) ?? []
  const [before = '', stopped = '', after = ''] = out.split(resume)
  expect([before, after].filter((each) => each.includes('forged'))).toEqual([])
  expect(stopped).toContain('ENOENT')
})

it('never lets a name from the repository give the runner a command', async () => {
  const name = 'a\n::stop-commands::x\n::error::forged.yaml'
  const clone = await checkedOut()
  writeFileSync(join(clone, name), 'apiVersion: networking.istio.io/v1\nkind: [')

  const { out } = await step({ inputs: { base: 'origin/main', head: '.' }, clone })

  expect(out.split('\n').filter((line) => line.startsWith('::'))).toEqual(
    out.split('\n').filter((line) => /^::(?:error|warning|notice) (?:title=Firebreak|file=)/.test(line)),
  )
  expect(out).not.toMatch(/^::(?:stop-commands|error::)/m)
})
