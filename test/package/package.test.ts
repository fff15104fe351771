import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectContract } from '../commands/contract.ts'
import { packInto, type Stranger, stranger } from '../support/packed.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { replaceableServer } from '../support/spawned-server.ts'
import { openTheatre } from '../support/stage.ts'

const home = mkdtempSync(join(tmpdir(), 'firebreak-package-'))
let tarball = ''
let someone: Stranger

/** What a stranger has: two folders of manifests, and the tarball. */
beforeAll(async () => {
  tarball = packInto(home)
  someone = stranger()
  cpSync('test/cases/takes-logs/base', join(someone.folder, 'before'), { recursive: true })
  cpSync('test/cases/takes-logs/head', join(someone.folder, 'after'), { recursive: true })
  expect(await someone.run('npm', 'install', tarball)).toMatchObject({ code: 0 })
})

afterAll(() => {
  someone.end()
  rmSync(home, { recursive: true, force: true })
})

function written(name: string, text: string): string {
  writeFileSync(join(someone.folder, name), text)
  return name
}

it('is small, and brings nothing else with it', () => {
  expect(statSync(tarball).size).toBeLessThan(1_500_000)

  expect(readdirSync(join(someone.folder, 'node_modules')).filter((each) => !each.startsWith('.'))).toEqual([
    'firebreak',
  ])
  const manifest = JSON.parse(
    readFileSync(join(someone.folder, 'node_modules/firebreak/package.json'), 'utf8'),
  )
  expect(Object.keys(manifest).filter((each) => /dependencies|scripts|private/i.test(each))).toEqual([])
  expect(readdirSync(join(someone.folder, 'node_modules/firebreak'), { recursive: true })).not.toContainEqual(
    expect.stringMatching(/\.map$|^src|^test/),
  )
})

it('says whose work it brings', () => {
  const licences = readFileSync(
    join(someone.folder, 'node_modules/firebreak/dist/third-party-licences.txt'),
    'utf8',
  )
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }

  const named = licences.split(`\n${'-'.repeat(80)}\n\n`).map((each) => each.split(' ')[0])
  expect(named).toEqual(expect.arrayContaining(Object.keys(dependencies)))
  expect(licences).toContain('Permission is hereby granted')
})

describe('the command', () => {
  it('runs from the tarball alone, in an empty home', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    const elsewhere = stranger()

    const ran = await elsewhere.run('npx', '--yes', '--package', tarball, 'firebreak', '--version')
    elsewhere.end()

    expect(ran).toMatchObject({ code: 0, out: `${version}\n` })
  })

  it('says the verdict', async () => {
    const { code, out } = await someone.run(
      'npx',
      ...['firebreak', 'check', '--base', 'before', '--head', 'after', '--format', 'json'],
    )

    expectContract('check', JSON.parse(out))
    expect(JSON.parse(out).changes).not.toEqual([])
    expect(code).toBe(JSON.parse(out).decision.conclusion === 'success' ? 0 : 1)
  })

  it('has the pages of its rules', async () => {
    const { code, out } = await someone.run('npx', 'firebreak', 'rules', 'dropped-entry')

    expect(code).toBe(0)
    expect(out).toContain('dropped-entry')
  })

  it('says what a server lacks', async () => {
    const { code, err } = await someone.run('npx', 'firebreak', 'server')

    expect(code).toBe(2)
    expect(err).toContain('APP_ID is not set')
  })
})

describe.each(['a file', ...(hasRedis ? ['Redis'] : [])])('the server, with its journal in %s', (kept) => {
  it('gives a verdict on a pull request', async () => {
    const redis = kept === 'Redis' ? await startRedis() : undefined
    const journal: Readonly<Record<string, string>> = redis
      ? { REDIS_URL: redis.url }
      : { JOURNAL: join(someone.folder, 'journal') }
    const firebreak = join(someone.folder, 'node_modules/firebreak/dist/cli.js')
    const server = replaceableServer(journal, [firebreak, 'server'])
    const theatre = await openTheatre({}, {}, server.start)
    const story = await theatre.story()

    const pull = await story.propose('carla', story.edited('teams/login/vs-1.yaml', '/login', '/log-in'))

    await expect.poll(async () => (await pull.verdict()).waitsFor).toEqual(['login'])
    expect(await server.current().end('SIGTERM')).toMatchObject({ code: 0 })
    await theatre.close()
    await redis?.stop()
  })
})

describe('the API', () => {
  it('gives the verdict of the command', async () => {
    const program = written(
      'assess.mjs',
      `import { assess, UserError } from 'firebreak'
const members = { '@bookinfo/login': ['lina'], '@bookinfo/catalog': ['carla'] }
console.log(JSON.stringify(await assess({ base: 'before', head: 'after', author: 'lina', members })))
console.log(await assess({ base: 'before', head: 'nowhere' }).catch((error) => error instanceof UserError))`,
    )
    written('members.json', '{ "@bookinfo/login": ["lina"], "@bookinfo/catalog": ["carla"] }')

    const { out, err } = await someone.run('node', program)
    const [verdict = '', refused] = out.split('\n')
    const command = await someone.run(
      'npx',
      ...['firebreak', 'check', '--base', 'before', '--head', 'after', '--format', 'json'],
      ...['--author', 'lina', '--members', 'members.json'],
    )

    expect(err).toBe('')
    expect(JSON.parse(verdict)).toEqual(JSON.parse(command.out))
    expect(JSON.parse(verdict).decision.requirements).not.toEqual([])
    expect(refused).toBe('true')
  })

  it('has types that hold without ours', async () => {
    written('package.json', '{ "type": "module" }')
    written(
      'tsconfig.json',
      '{ "compilerOptions": { "strict": true, "module": "nodenext", "noEmit": true, "types": [] }, "files": ["use.ts"] }',
    )
    written(
      'use.ts',
      `import { assess, type Check, UserError } from 'firebreak'
export const check: Check = await assess({ base: 'a', head: 'b', members: { '@org/team': ['x'] } })
export const teams: string[] = check.decision.requirements.map(({ team }) => team)
export const name: string = new UserError('x').name
// @ts-expect-error A verdict is one of three words.
export const never = check.decision.conclusion === 'neutral'`,
    )

    expect(await someone.run('node', resolve('node_modules/typescript/bin/tsc'))).toMatchObject({
      code: 0,
      out: '',
    })
  })
})
