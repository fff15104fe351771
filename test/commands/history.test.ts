import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { endless } from '../../src/report/print/screen.ts'
import { builtProgram } from '../support/built-program.ts'
import type { WrittenCommit } from '../support/written-history.ts'
import { expectContract } from './contract.ts'
import { firebreak, firebreakAt, folder } from './fake-terminal.ts'
import { cloneOf, winter } from './past-shop.ts'
import { members, shop } from './shop.ts'

async function historyOf(directory: string, ...args: readonly string[]) {
  const { code, out, err } = await firebreak(
    directory,
    ...['history', '--since', '2025-09-01', '--no-keep', '--format', 'json', ...args],
  )
  const history = JSON.parse(out)
  expectContract('history', history)
  return { code, err, history }
}

function git(path: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: path, encoding: 'utf8' }).trim()
}

describe('what would have been said of what was merged', () => {
  it('fits a terminal, the newest first', async () => {
    const { code, out, err } = await firebreakAt(
      { directory: cloneOf(winter), width: 80 },
      ...['history', '--since', '2025-09-01', '--no-keep'],
    )

    await expect(out).toMatchFileSnapshot('golden/history.expected.txt')
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect([code, err]).toEqual([0, ''])
  })

  it('is what check says of each of them', async () => {
    const path = cloneOf(winter)
    const { history } = await historyOf(path)

    expect(history.changes.map(({ subject }: { subject: string }) => subject)).toEqual([
      'No more cart',
      'Revert "Baskets"',
      'Baskets',
      'Pages answer everything',
      'Cart takes all of /cart',
    ])
    for (const { base, commit, asked, findings } of history.changes) {
      const checked = await firebreak(path, 'check', '--base', base, '--head', commit, '--format', 'json')
      const { decision, findings: all } = JSON.parse(checked.out)
      expect(asked).toEqual(
        decision.requirements.map(({ team, because }: { team: string; because: { text: string }[] }) => ({
          team,
          because: because.map(({ text }) => text),
        })),
      )
      expect(decision.conclusion).toBe(findings.length > 0 ? 'failure' : 'success')
      expect(all.map(({ rule }: { rule: string }) => rule)).toEqual(
        expect.arrayContaining(findings.map(({ rule }: { rule: string }) => rule)),
      )
    }
  })

  it('counts what touches nothing of the mesh, manifests of other things among it', async () => {
    const path = cloneOf([
      { subject: 'The shop', day: '2025-10-01', files: shop },
      { subject: 'Read me', day: '2025-10-02', files: { 'README.md': 'hello' } },
      { subject: 'Values', day: '2025-10-03', files: { 'app/values.yaml': 'replicas: 1\n' } },
    ])

    const { history } = await historyOf(path)

    expect([history.changes, history.untouched]).toEqual([[], 2])
    expect(history.beginning.why).toBe('first')
  })

  it('asks nobody for what a member of the team has written, where members are known', async () => {
    const path = cloneOf(winter)
    const file = join(folder({ members }), 'members')

    const { history } = await historyOf(path, '--members', file)

    const said = history.changes.map(({ subject, verdict, title }: Record<string, string>) => [
      subject,
      verdict,
      title,
    ])
    expect(said.slice(-2)).toEqual([
      [
        'Pages answer everything',
        'perhaps-own',
        'Would wait for pages: /* except /about and /cart* would go to pages (was 404)',
      ],
      [
        'Cart takes all of /cart',
        'ok',
        'OK: /cart* except /cart/items* goes to cart (was 404); no other team is affected',
      ],
    ])
    expect(said[1]).toEqual([
      'Revert "Baskets"',
      'would-wait',
      'Would wait for cart: cart is theirs, and ada is not in the team',
    ])
  })

  it('judges each by the configuration and CODEOWNERS that it was merged into', async () => {
    const path = cloneOf([
      { subject: 'The shop', day: '2025-10-01', files: { ...shop, '.github/CODEOWNERS': null } },
      { subject: 'Open', day: '2025-10-02', files: { 'teams/cart.yaml': null } },
      {
        subject: 'Owners',
        day: '2025-10-03',
        files: { '.github/CODEOWNERS': '* @shop/all', '.github/firebreak.yml': 'mode: observe\n' },
      },
      { subject: 'Again', day: '2025-10-04', files: { 'teams/cart.yaml': shop['teams/cart.yaml'] ?? '' } },
    ])

    const { history } = await historyOf(path)

    expect(
      history.changes.map(
        ({ subject, title, asked }: { subject: string; title: string; asked: object[] }) => [
          subject,
          title,
          asked.length,
        ],
      ),
    ).toEqual([
      ['Again', expect.stringMatching(/^Would wait for all: /), 1],
      ['Owners', expect.any(String), expect.any(Number)],
      ['Open', expect.stringMatching(/^Blocked: /), 0],
    ])
  })

  it('is judged by the defaults of the owner where there was no configuration', async () => {
    const path = cloneOf(winter)
    const file = join(folder({ 'firebreak.yml': 'manifests: { exclude: ["teams/**"] }\n' }), 'firebreak.yml')

    const { history } = await historyOf(path, '--defaults', file)

    expect([history.changes, history.untouched]).toEqual([[], 7])
  })

  it('is about a range, some days, or the newest few', async () => {
    const path = cloneOf(winter)
    const subjects = async (...args: readonly string[]) => {
      const { out } = await firebreak(path, 'history', '--no-keep', '--format', 'json', ...args)
      return JSON.parse(out).changes.map(({ subject }: { subject: string }) => subject)
    }

    expect(await subjects('--since', '20d')).toEqual(['No more cart', 'Revert "Baskets"', 'Baskets'])
    expect(await subjects('--since', 'main~4..main~1')).toEqual([
      'Revert "Baskets"',
      'Baskets',
      'Pages answer everything',
    ])
    expect(await subjects('--since', '2025-12-01', '--until', '2025-12-15')).toEqual([
      'Baskets',
      'Pages answer everything',
    ])
    expect(await subjects('--limit', '1')).toEqual(['No more cart'])
    const { out } = await firebreak(path, 'history', '--limit', '1', '--no-keep')
    expect(out).toContain('The newest 1 are shown; --limit shows more.')
  })

  it('says where a shallow clone ends', async () => {
    const shallow = join(folder(), 'clone')
    execFileSync('git', ['clone', '--quiet', '--depth', '3', `file://${cloneOf(winter)}`, shallow])

    const { history } = await historyOf(shallow)

    expect(history.branch).toBe('origin/main')
    expect(history.changes.map(({ subject }: { subject: string }) => subject)).toEqual([
      'No more cart',
      'Revert "Baskets"',
    ])
    expect(history.beginning).toEqual({ commit: git(shallow, 'rev-parse', 'HEAD~2'), why: 'shallow' })
  })

  it('has a line for what cannot be judged, and judges the others', async () => {
    const path = cloneOf(winter)
    const lost = git(path, 'rev-parse', 'main~2:teams/cart.yaml')
    rmSync(join(path, '.git/objects', lost.slice(0, 2), lost.slice(2)))

    const lacking = `The clone lacks the object ${lost}: it is damaged, or partial and cannot be completed.`

    const { code, history } = await historyOf(path)

    expect(
      history.changes.map(({ subject, verdict, because }: Record<string, string>) => [
        subject,
        verdict,
        because,
      ]),
    ).toEqual([
      ['No more cart', 'blocked', undefined],
      ['Revert "Baskets"', 'not-judged', lacking],
      ['Baskets', 'not-judged', lacking],
      ['Pages answer everything', 'perhaps-own', undefined],
      ['Cart takes all of /cart', 'perhaps-own', undefined],
    ])
    expect(code).toBe(0)
  })

  it('names what is wrong with a command line', async () => {
    const path = cloneOf(winter)
    const refused = async (...args: readonly string[]) => {
      const { code, err } = await firebreak(path, 'history', '--no-keep', ...args)
      return [code, err.split('\n')[0]]
    }

    expect(await refused('--since', 'long ago')).toEqual([
      2,
      expect.stringContaining('--since long ago is neither'),
    ])
    expect(await refused('--limit', '0')).toEqual([2, expect.stringContaining('It is no count.')])
    expect(await refused('--dir', 'nowhere')).toEqual([2, 'error: --dir nowhere is no directory.'])
    expect(await refused('--dir', folder())).toEqual([
      2,
      expect.stringContaining('does not lie in a Git repository'),
    ])
  })
})

describe('verdicts of the past', () => {
  const many: readonly WrittenCommit[] = [
    { subject: 'The shop', day: '2025-10-01', files: shop },
    ...Array.from({ length: 12 }, (_, at) => ({
      subject: `Step ${at}`,
      day: '2025-10-02',
      files: { 'teams/cart.yaml': (shop['teams/cart.yaml'] ?? '').replace('/cart/items', `/cart/${at}`) },
    })),
  ]

  it('are found once, by whatever they rest on', async () => {
    const path = cloneOf(winter)
    const cache = folder()
    const run = async (...args: readonly string[]) => {
      const { out, err } = await firebreakAt(
        { ...endless, directory: path, environment: { XDG_CACHE_HOME: cache } },
        ...['history', '--since', '1y', ...args],
      )
      return { out, err }
    }
    const first = await run()
    const [name = ''] = readdirSync(join(cache, 'firebreak'))
    const kept = join(cache, 'firebreak', name)
    const before = readFileSync(kept, 'utf8')

    const second = await run()

    expect(second).toEqual(first)
    expect(before.trim().split('\n')).toHaveLength(5)
    expect(readFileSync(kept, 'utf8')).toBe(before)
    await run('--members', join(folder({ members }), 'members'))
    expect(readFileSync(kept, 'utf8').trim().split('\n')).toHaveLength(10)
  })

  it('are judged anew where what was kept is not as it was written', async () => {
    const path = cloneOf(winter)
    const kept = join(folder(), 'kept')
    const args = ['history', '--since', '1y', '--keep', kept]
    const first = await firebreak(path, ...args)
    writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('Blocked', 'Allowed'))

    expect(await firebreak(path, ...args)).toEqual(first)
    expect(first.out).not.toContain('Allowed')
  })

  it('are judged all the same where nothing can be kept, which is said', async () => {
    const path = cloneOf(winter)
    const file = join(folder({ file: '' }), 'file')

    const { code, out, err } = await firebreakAt(
      { ...endless, directory: path, environment: { XDG_CACHE_HOME: file } },
      ...['history', '--since', '1y'],
    )
    const named = await firebreak(path, 'history', '--keep', join(file, 'kept'))

    expect(out).toContain('5 of 7 merged changes')
    expect(err).toContain('cannot be written, so nothing is kept for the next run')
    expect(code).toBe(0)
    expect([named.code, named.err]).toEqual([2, expect.stringContaining('--keep ')])
  })

  it('are not lost with a process that is killed', async () => {
    const path = cloneOf(many)
    const kept = join(folder(), 'kept')
    const args = ['history', '--since', '2025-09-01', '--keep', kept]
    const killed = spawn(process.execPath, [await builtProgram('cli'), ...args], {
      cwd: path,
      stdio: 'ignore',
    })
    const lines = () => (existsSync(kept) ? readFileSync(kept, 'utf8').split('\n').length - 1 : 0)
    await expect.poll(lines).toBeGreaterThanOrEqual(2)
    killed.kill('SIGKILL')
    await new Promise((done) => killed.once('close', done))
    const found = lines()
    const judged: string[] = []

    const again = await firebreakAt(
      { ...endless, directory: path, doing: (what) => judged.push(what) },
      ...args,
    )

    expect(found).toBeGreaterThanOrEqual(2)
    expect(again.out).toBe((await firebreak(path, 'history', '--since', '2025-09-01', '--no-keep')).out)
    expect(lines()).toBe(12)
    expect(judged.at(-1)).toBe('Judging 12 of 13 merged changes, of 2025-10-02')
  })
})
