import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copySources } from '../support/packed.ts'

const tree = mkdtempSync(join(tmpdir(), 'firebreak-sources-'))
const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.test' },
  ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.test' },
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: tree, encoding: 'utf8', env: environment }).trim()
}

function release(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release.ts', ...args], {
    cwd: tree,
    encoding: 'utf8',
    env: environment,
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  copySources(tree)
  git('init', '--quiet', '--initial-branch', 'main')
  appendFileSync(join(tree, '.git/info/exclude'), 'node_modules\n')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'all of it')
})

afterAll(() => rmSync(tree, { recursive: true }))

it('tries itself out, and changes nothing', () => {
  const before = git('rev-parse', 'HEAD')

  const { status, stdout } = release('--dry-run', 'minor')

  expect([status, stdout]).toEqual([0, expect.stringContaining('v0.2.0')])
  expect(stdout).toMatch(/^[0-9a-f]{64} {2}firebreak-0\.2\.0\.tgz$/m)
  expect([git('rev-parse', 'HEAD'), git('tag'), git('status', '--porcelain')]).toEqual([before, '', ''])
})

it('tags the package as it is installed, on the commit that it was built of, and can be verified', () => {
  expect(release('1.2.3').status).toBe(0)

  expect(git('rev-parse', 'v1.2.3^')).toBe(git('rev-parse', 'HEAD'))
  const manifest = JSON.parse(git('show', 'v1.2.3:package.json'))
  expect([manifest.version, manifest.dependencies, manifest.scripts]).toEqual(['1.2.3', undefined, undefined])
  expect(git('ls-tree', '-r', '--name-only', 'v1.2.3').split('\n')).toEqual(
    expect.arrayContaining(['dist/cli.js', 'dist/types/index.d.ts', '.github/workflows/release.yml']),
  )
  expect(JSON.parse(git('show', 'HEAD:package.json')).dependencies).toHaveProperty('probot')
  expect(git('show', 'HEAD:CHANGELOG.md')).toMatch(
    /^## Unreleased\n\n## 1\.2\.3 \(\d{4}-\d\d-\d\d\)\n\nThe first version/m,
  )
  expect(release('--verify', 'v1.2.3')).toMatchObject({ status: 0 })

  const materials = JSON.parse(readFileSync(join(tree, 'release/firebreak-1.2.3.cdx.json'), 'utf8'))
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  expect(materials).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'firebreak' } } })
  expect(JSON.stringify(materials)).not.toContain('vitest@')
  expect(materials.components.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(Object.keys(dependencies)),
  )
})

it('refuses a tag that holds anything else, and a version that is there', () => {
  git('read-tree', 'v1.2.3')
  const other = join(tree, '.git/other')
  writeFileSync(other, 'console.log("something else")')
  const blob = git('hash-object', '-w', other)
  git('update-index', '--cacheinfo', `100644,${blob},dist/cli.js`)
  const forged = git('commit-tree', git('write-tree'), '-p', 'HEAD', '-m', 'forged')
  git('tag', '--force', 'v1.2.3', forged)
  git('read-tree', 'HEAD')

  expect(release('--verify', 'v1.2.3')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('its sources give'),
  })
  expect(release('1.2.3')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('v1.2.3 is there already'),
  })
})

it('refuses while something is not committed', () => {
  appendFileSync(join(tree, 'README.md'), '\n')

  expect(release('2.0.0')).toMatchObject({ status: 1, stderr: expect.stringContaining('not committed') })
})
