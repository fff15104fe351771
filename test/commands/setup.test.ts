import { spawn } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { type Simulator, startSimulator } from '@firebreak/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli.ts'
import { createAppCheck } from '../../src/github/app-check.ts'
import { createClientClass } from '../../src/github/client.ts'
import { plain } from '../../src/report/print/screen.ts'
import { readSettings } from '../../src/settings.ts'
import { builtProgram } from '../support/built-program.ts'
import { launchChromium, noChromium } from '../support/chromium.ts'
import { folder, type Ran } from './fake-terminal.ts'

let github: Simulator
let now = Date.now()
beforeAll(async () => {
  github = await startSimulator({ webhookSecret: 'secret', clock: () => new Date(now) })
  github.createUser('olga')
  github.createOrganization('acme', ['olga'])
})
afterAll(async () => {
  expect(github.contractViolations()).toEqual([])
  await github.close()
})

interface Started {
  readonly url: string
  readonly origin: string
  readonly directory: string
  readonly ended: Promise<Ran>
}

/** The command as it runs, from the moment when it says where its pages are. */
async function setup(directory = folder(), ...args: readonly string[]): Promise<Started> {
  let [out, err] = ['', '']
  const shown = Promise.withResolvers<string>()
  const ended = run(['setup', '--host', github.url, ...args], {
    directory,
    environment: {},
    paint: plain,
    width: 80,
    write: (text) => {
      out += text
      const [url] = /http:\S+/.exec(out) ?? []
      if (url !== undefined) shown.resolve(url)
    },
    warn: (text) => {
      err += `${text}\n`
      shown.reject(new Error(err))
    },
    doing: () => {},
    today: () => '2026-01-02',
  }).then((code) => ({ code, out, err }))
  const url = await shown.promise
  return { url, origin: new URL(url).origin, directory, ended }
}

const wishes = (webhook = 'https://firebreak.example.com', name = 'Firebreak of acme') =>
  new URLSearchParams({ name, webhook })

const manifestOf = (page: string) =>
  /name="manifest" value="([^"]*)"/
    .exec(page)?.[1]
    ?.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))) ?? ''

const actionOf = (page: string) => /action="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? ''

let apps = 0

/** What a browser does, until GitHub has sent it back: where to. */
async function consent(at: Started): Promise<string> {
  const page = await (await fetch(at.url, { method: 'POST', body: wishes() })).text()
  const action = actionOf(page)
  const form = { manifest: manifestOf(page), name: `Firebreak ${++apps}`, state: stateIn(action) }
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
  return answer.headers.get('location') ?? ''
}

function stateIn(action: string): string {
  return new URL(action).searchParams.get('state') ?? ''
}

function statusWith(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end()
  })
}

/** As the server reads it, and as GitHub takes it. */
async function standingBy(path: string): Promise<string> {
  const settings = readSettings(parseEnv(readFileSync(path, 'utf8')))
  const Client = createClientClass({ pace: 'unlimited' })
  const { appId, privateKey, apiUrl: baseUrl } = settings
  const check = createAppCheck({
    authenticate: async () => new Client({ baseUrl, auth: { appId, privateKey } }),
    now: Date.now,
  })
  const standing = await check.standing()
  return standing.kind === 'accepted' ? `accepted, lacking ${standing.lacks.length}` : standing.kind
}

describe.skipIf(noChromium)('in a browser (skipped where there is no Chromium)', () => {
  it('registers an App of an organization, whose server GitHub accepts', async () => {
    const started = await setup(folder(), '--org', 'acme')
    const browser = await launchChromium()
    const page = await browser.newPage()
    await page.goto(started.url)
    const first = (await page.textContent('body')) ?? ''
    await page.fill('input[name=name]', 'Firebreak of acme')
    await page.fill('input[name=webhook]', 'https://firebreak.example.com')
    await page.click('button')
    await page.click('button')
    const asked = (await page.textContent('main')) ?? ''
    await page.click('main button')
    await page.waitForSelector('h1:has-text("The App is registered")')
    await browser.close()
    const { code, out, err } = await started.ended
    const path = join(started.directory, '.env')

    expect(first).toContain('Begin with mode: observe')
    expect(asked).toContain('Create GitHub App for acme')
    expect(asked).toContain('checks: write')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('3. Begin with "mode: observe"')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(existsSync(`${path}.new`)).toBe(false)
    expect(await standingBy(path)).toBe('accepted, lacking 0')
    await expect(fetch(started.url)).rejects.toThrow()
  })
})

it('asks GitHub for what app.yml asks for, and to be told at the path where the server listens', async () => {
  const started = await setup()
  const page = await (await fetch(started.url, { method: 'POST', body: wishes() })).text()
  const manifest = JSON.parse(manifestOf(page))
  await fetch(await consent(started))
  await started.ended

  expect(manifest).toMatchObject({
    name: 'Firebreak of acme',
    hook_attributes: { url: 'https://firebreak.example.com/api/github/webhooks', active: true },
    redirect_url: `${started.origin}/callback`,
    public: false,
    default_permissions: { checks: 'write', members: 'read' },
  })
  expect(manifest.default_events).toContain('merge_group')
  expect(actionOf(page)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/settings\/apps\/new\?state=[\w-]{43}$/)
})

it.each([
  '',
  'firebreak',
  'ftp://a.example',
  'https://a.example/hooks',
  'https://u:p@a.example',
  'https://a.example/?x',
])('takes %j for no address of a server', async (webhook) => {
  const started = await setup()
  const answer = await fetch(started.url, { method: 'POST', body: wishes(webhook) })
  await fetch(await consent(started))
  await started.ended

  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('role="alert"')
})

it('answers nobody but who knows its address, under no other name, and takes one code that it asked for', async () => {
  const started = await setup()
  const back = new URL(await consent(started))
  const forged = new URL(back)
  forged.searchParams.set('state', 'x'.repeat(43))
  const without = new URL(back)
  without.searchParams.delete('state')
  const refused = [
    await statusWith(started.origin, {}),
    await statusWith(`${started.origin}/x`, {}),
    await statusWith(started.url, { host: 'evil.example' }),
    await statusWith(back.href, { host: 'localhost' }),
    await statusWith(forged.href, {}),
    await statusWith(without.href, {}),
    await statusWith(`${started.origin}/callback?state=${back.searchParams.get('state')}`, {}),
    (await fetch(started.url, { method: 'PUT' })).status,
    (await fetch(started.url, { method: 'POST', body: 'x'.repeat(20_000) })).status,
  ]
  const first = fetch(back)
  const second = fetch(back).then(
    ({ status }) => status,
    () => 410,
  )
  const statuses = [(await first).status, await second]
  await started.ended

  expect(refused).toEqual([404, 404, 403, 403, 403, 403, 403, 405, 405])
  expect(statuses.toSorted()).toEqual([200, 410])
})

/** What a browser sends that goes away before it is answered. */
async function sendAndLeave(origin: string, text: string): Promise<void> {
  const { hostname, port, host } = new URL(origin)
  const socket = connect(Number(port), hostname)
  await new Promise((resolve) => socket.write(text.replace('HOST', host), resolve))
  socket.destroy()
}

it.each(['//', '//a:99999/', 'http://[/', '/%'])('is not ended by a page that asks for %s', async (path) => {
  const started = await setup()
  const { hostname, port } = new URL(started.origin)
  const status = await new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
  await fetch(await consent(started))
  const { code } = await started.ended

  expect([status, code]).toEqual([404, 0])
})

it('is not ended by a browser that goes away while it sends the form, and ends with one that does not wait for the last page', async () => {
  const started = await setup()
  const { pathname } = new URL(started.url)
  await sendAndLeave(
    started.origin,
    `POST ${pathname} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99\r\n\r\nname=`,
  )
  const back = new URL(await consent(started))
  await sendAndLeave(started.origin, `GET ${back.pathname}${back.search} HTTP/1.1\r\nHost: HOST\r\n\r\n`)
  const { code } = await started.ended

  expect(code).toBe(0)
  expect(await standingBy(join(started.directory, '.env'))).toBe('accepted, lacking 0')
})

it('loses no key where its place was taken away, made a link or a folder meanwhile', async () => {
  const removed = await setup()
  rmSync(join(removed.directory, '.env.new'))
  await fetch(await consent(removed))
  await removed.ended
  const linked = await setup()
  const target = join(linked.directory, 'target')
  writeFileSync(target, '')
  rmSync(join(linked.directory, '.env.new'))
  symlinkSync(target, join(linked.directory, '.env.new'))
  const answer = await fetch(await consent(linked))
  const { code, err } = await linked.ended
  const barred = await setup(folder(), '--overwrite')
  mkdirSync(join(barred.directory, '.env'))
  await fetch(await consent(barred))
  const { out } = await barred.ended

  expect(statSync(join(removed.directory, '.env')).mode & 0o777).toBe(0o600)
  expect([answer.status, code, readFileSync(target, 'utf8')]).toEqual([502, 2, ''])
  expect(err).toMatch(/^error: App \d+ is registered, but .*\.env cannot be written: .*https?:/)
  expect(out).toContain(`${join(barred.directory, '.env.new')} holds its key`)
  expect(await standingBy(join(barred.directory, '.env.new'))).toBe('accepted, lacking 0')
})

it('takes a link that leads nowhere for a file, and a folder for none, before anything is registered', async () => {
  const linked = folder()
  symlinkSync(join(linked, 'nowhere'), join(linked, '.env'))
  await expect(setup(linked)).rejects.toThrow('.env is there already')
  const barred = folder()
  mkdirSync(join(barred, '.env'))
  await expect(setup(barred, '--overwrite')).rejects.toThrow('.env cannot be written: it is a directory')
  const replacing = await setup(linked, '--overwrite')
  await fetch(await consent(replacing))
  await replacing.ended

  expect(lstatSync(join(linked, '.env')).isFile()).toBe(true)
})

it('says how to start the server from a folder whose name a shell would take apart', async () => {
  const directory = join(folder(), "my firebreak's $HOME")
  mkdirSync(directory)
  const started = await setup(directory)
  await fetch(await consent(started))
  const { out } = await started.ended

  expect(out).toContain(`. '${directory.replaceAll("'", String.raw`'\''`)}/.env'; firebreak server`)
})

it('writes nothing where GitHub does not take the code: it is good for an hour, and once', async () => {
  const started = await setup()
  const back = await consent(started)
  now += 3_601_000
  const answer = await fetch(back)
  const { code, err } = await started.ended

  expect([answer.status, code]).toEqual([502, 2])
  expect(err).toContain('GitHub does not take the code: 404')
  expect(existsSync(join(started.directory, '.env'))).toBe(false)
  expect(existsSync(join(started.directory, '.env.new'))).toBe(false)
})

it('replaces no file without being told, and none that came meanwhile', async () => {
  const kept = folder({ '.env': 'KEEP=1\n' })
  await expect(setup(kept)).rejects.toThrow('.env is there already')
  await expect(setup(folder({ '.env.new': '' }))).rejects.toThrow('.env.new is there already')
  const replacing = await setup(kept, '--overwrite')
  await fetch(await consent(replacing))
  await replacing.ended
  const racing = await setup()
  const path = join(racing.directory, '.env')
  writeFileSync(path, 'MINE=1\n')
  await fetch(await consent(racing))
  const { out, code } = await racing.ended

  expect(readFileSync(join(kept, '.env'), 'utf8')).toMatch(/^APP_ID=\d+\nPRIVATE_KEY=[\w+/=]+\n/)
  expect(statSync(join(kept, '.env')).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).toBe('MINE=1\n')
  expect(await standingBy(`${path}.new`)).toBe('accepted, lacking 0')
  expect([code, out.includes('.env.new holds its key')]).toEqual([0, true])
})

it('ends when nobody comes', async () => {
  const started = await setup(folder(), '--minutes', '0')
  const { code, err } = await started.ended

  expect([code, err]).toEqual([2, 'error: Nothing was registered.\n'])
  expect(existsSync(join(started.directory, '.env.new'))).toBe(false)
})

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'leaves nothing behind when it is stopped by %s',
  async (signal) => {
    const directory = folder()
    const started = spawn(process.execPath, [await builtProgram('cli'), 'setup', '--host', github.url], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await new Promise((shown) => started.stdout.once('data', shown))
    const held = existsSync(join(directory, '.env.new'))
    started.kill(signal)
    const code = await new Promise((ended) => started.once('close', ended))

    expect([held, code]).toEqual([true, 2])
    expect(readdirSync(directory)).toEqual([])
  },
)

it.each([
  [['--host', 'ftp://x'], 'is no address of GitHub'],
  [['--host', 'https://x/api/v3'], 'is no address of GitHub'],
  [['--host', 'http://github.example'], 'would send the key to anybody'],
  [['--minutes', '1000'], 'is no whole number from 0 to 60'],
  [['--env', 'no/where/.env'], 'cannot be written'],
])('%j is a mistake of one line', async (args, message) => {
  await expect(setup(folder(), ...args)).rejects.toThrow(message)
})
