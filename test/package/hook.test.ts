import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { packInto, type Stranger, stranger } from '../support/packed.ts'

const program = process.env['PRE_COMMIT'] ?? 'pre-commit'

/** Where it must be installed, its absence is a failure. */
const isInstalled =
  spawnSync(program, ['--version']).status === 0 || process.env['REQUIRE_PRE_COMMIT'] === '1'
if (!isInstalled)
  console.warn('pre-commit is not installed (PRE_COMMIT names one): the hook is not tested with it.')

describe.skipIf(!isInstalled)('the hook, run by pre-commit from the tree of a tag', () => {
  const place = mkdtempSync(join(tmpdir(), 'firebreak-hook-'))
  let someone: Stranger

  function git(folder: string, ...args: readonly string[]): string {
    const names = ['-c', 'user.name=a', '-c', 'user.email=a@example.test', '-c', 'init.defaultBranch=main']
    return execFileSync('git', [...names, ...args], {
      cwd: folder,
      env: someone.environment,
      encoding: 'utf8',
    })
  }

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(someone.folder, path)), { recursive: true })
      writeFileSync(join(someone.folder, path), text)
    }
    git(someone.folder, 'add', '--all')
  }

  function repositoryOfTheTag(): string {
    const repository = join(place, 'tag')
    mkdirSync(repository)
    execFileSync('tar', ['-xzf', packInto(place), '-C', repository, '--strip-components=1'])
    git(repository, 'init', '--quiet')
    git(repository, 'add', '--all', '--force')
    git(repository, 'commit', '--quiet', '--message', 'the package')
    git(repository, 'tag', 'v0.0.1')
    return repository
  }

  beforeAll(() => {
    someone = stranger()
    const repository = repositoryOfTheTag()
    git(someone.folder, 'init', '--quiet')
    write({
      ...bookinfoFiles(),
      '.pre-commit-config.yaml': `repos: [{ repo: "${repository}", rev: v0.0.1, hooks: [{ id: firebreak }] }]\n`,
    })
    git(someone.folder, 'commit', '--quiet', '--message', 'all of it')
  })

  afterAll(() => {
    someone.end()
    rmSync(place, { recursive: true, force: true })
  })

  const login = 'teams/login/vs-1.yaml'
  const commit = () => someone.run(program, 'run', '--verbose', '--color', 'never')

  it('lets a change pass that breaks nothing', async () => {
    write({ 'README.md': 'Words.\n' })

    const { code, out } = await commit()

    expect([code, out]).toEqual([0, expect.stringContaining('Passed')])
  })

  it('stops what breaks a route, by what is staged', async () => {
    const text = bookinfoFiles()[login] ?? ''
    write({
      [login]: text.replace(
        'exact: /logout\n',
        'exact: /logout\n        - uri:\n            exact: /account\n',
      ),
    })
    expect(git(someone.folder, 'diff', '--cached', '--stat')).toContain(login)

    const { code, out } = await commit()

    expect([code, out]).toEqual([1, expect.stringContaining('Blocked')])
  })

  it('looks at a file that goes', async () => {
    git(someone.folder, 'reset', '--quiet', '--hard')
    git(someone.folder, 'rm', '--quiet', login)

    const { code, out } = await commit()

    expect([code, out]).toEqual([1, expect.stringContaining('missing')])
  })
})
