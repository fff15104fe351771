import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { run } from '../../../src/cli.ts'
import { endless, plain } from '../../../src/report/print/screen.ts'
import { openTheatre, owner, type Story, type Theatre } from '../../support/stage.ts'
import { folder } from '../fake-terminal.ts'

let theatre: Theatre
let story: Story
let login = ''

beforeAll(async () => {
  theatre = await openTheatre()
  story = await theatre.story()
  login = theatre.github.userToken(owner)
})

afterAll(() => theatre.close())

/** Two folders in which login's route is changed, judged with GitHub's own word on people. */
async function check(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const changed = story.edited('teams/login/vs-1.yaml', 'exact: /login', 'exact: /log-in')
  const directories = { base: folder(story.files), head: folder({ ...story.files, ...(changed as object) }) }
  let [out, err] = ['', '']
  const code = await run(
    [
      'check',
      '--base',
      directories.base,
      '--head',
      directories.head,
      '--format',
      'json',
      '--people',
      'github',
      ...args,
    ],
    {
      ...{
        ...endless,
        paint: plain,
        directory: directories.base,
        doing: () => {},
        today: () => '2026-01-02',
      },
      environment: {
        ...{ GITHUB_TOKEN: login, GITHUB_REPOSITORY: story.repo, GITHUB_API_URL: theatre.github.apiUrl },
        ...environment,
      },
      write: (text) => {
        out += text
      },
      warn: (text) => {
        err += text
      },
    },
  )
  return { code, err, decision: out === '' ? undefined : JSON.parse(out).decision }
}

it('asks GitHub who is in the team', async () => {
  expect(await check({}, '--author', 'lina')).toMatchObject({
    code: 0,
    decision: { requirements: [{ satisfiedBy: { by: 'lina', how: 'author' } }] },
  })
  expect(await check({}, '--author', 'carla')).toMatchObject({
    code: 1,
    decision: { conclusion: 'action_required' },
  })
})

it('counts an approval of whoever GitHub says may write', async () => {
  expect(await check({}, '--author', 'carla', '--approved-by', 'leo')).toMatchObject({
    code: 0,
    decision: { requirements: [{ satisfiedBy: { by: 'leo', how: 'approval' } }] },
  })
})

it('does not take a team that the token may not see for one that has agreed', async () => {
  theatre.github.createUser('stranger')
  const token = theatre.github.userToken('stranger')

  expect(await check({ GITHUB_TOKEN: token }, '--author', 'lina')).toMatchObject({
    code: 1,
    decision: { conclusion: 'action_required' },
  })
})

it.for<readonly [string, Readonly<Record<string, string>>, RegExp]>([
  ['no token', { GITHUB_TOKEN: '' }, /needs a token in GITHUB_TOKEN/],
  ['a wrong token', { GITHUB_TOKEN: 'ghp_wrong' }, /it answers with 401/],
  ['no repository', { GITHUB_REPOSITORY: '' }, /needs GITHUB_REPOSITORY/],
  ['a repository that is not there', { GITHUB_REPOSITORY: 'nobody/nothing' }, /it answers with 404/],
])('says what is missing: %s', async ([, environment, why]) => {
  const { code, err } = await check(environment, '--author', 'lina')

  expect(code).toBe(2)
  expect(err).toMatch(why)
})

async function forgeThat(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3/`
}

it.each<readonly [string, RequestListener, string]>([
  [
    'has used up what it may ask',
    (_, answer) => answer.writeHead(403, { 'x-ratelimit-remaining': '0' }).end(),
    'used up. Try again later.',
  ],
  [
    'asks too much at once',
    (_, answer) => answer.writeHead(403, { 'retry-after': '60' }).end(),
    'used up. Try again later.',
  ],
  ['may not ask', (_, answer) => answer.writeHead(403).end(), 'it answers with 403. See to GITHUB_TOKEN'],
  ['meets a server that hangs up', (asked) => asked.destroy(), 'it does not answer. See to'],
  [
    'meets a page of another server',
    (_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    'its answer is none of GitHub. See to',
  ],
])('says it where the token %s', async (_, answer, why) => {
  const { code, err } = await check({ GITHUB_API_URL: await forgeThat(answer) }, '--pull', '1')

  expect([code, err]).toEqual([2, expect.stringContaining(why)])
})

it('knows of no pull request without GitHub', async () => {
  expect(await check({}, '--pull', 'seven')).toMatchObject({ code: 2 })
})
