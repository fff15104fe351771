import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectContract } from './contract.ts'
import { clone, commit, firebreak, firebreakAt, folder, write } from './fake-terminal.ts'
import { members, shop, shopWith } from './shop.ts'

const asPia = [
  ...['check', '--base', 'base', '--head', 'head'],
  ...['--author', 'pia', '--members', 'members.yml'],
]

const moved = shopWith('teams/pages.yaml', ['exact: /about', 'prefix: /'])
const other = shopWith('teams/cart.yaml', ['host: cart', 'host: basket'])

/** What a page has of its own: one script with data, and one that runs. */
const ours = /<script type="application\/json" id="sides">[^<]*<\/script>\n<script>.*<\/script>\n<\/body>/s

describe('check between two refs of a clone', () => {
  it('judges what the base would hold after the merge, not what the branch holds', async () => {
    const { path, git } = clone(shop)
    git('checkout', '--quiet', '-b', 'feature')
    write(path, moved)
    commit({ path, git }, 'catch-all')
    git('checkout', '--quiet', 'main')
    write(path, other)
    commit({ path, git }, 'meanwhile')

    const { out } = await firebreak(path, 'check', '--base', 'main', '--head', 'feature', '--format', 'json')

    const { changes } = JSON.parse(out)
    expectContract('check', JSON.parse(out))
    expect(changes.map(({ kind, touched }: { kind: string; touched: unknown }) => [kind, touched])).toEqual([
      ['opened', ['@shop/pages']],
      ['opened', ['@shop/cart', '@shop/pages']],
    ])
  })

  it('takes no file that the clone lacks for none', async () => {
    const { path, git } = clone(shop)
    write(path, other)
    commit({ path, git }, 'another')
    const lost = git('rev-parse', 'HEAD:teams/pages.yaml').trim()
    rmSync(join(path, '.git/objects', lost.slice(0, 2), lost.slice(2)))

    const { code, err } = await firebreak(path, 'check', '--base', 'HEAD~1', '--head', 'HEAD')

    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`error: The clone lacks the object ${lost}: it is damaged`),
    ])
  })

  it('leaves the clone as it was, object for object', async () => {
    const { path, git } = clone(shop)
    git('checkout', '--quiet', '-b', 'feature')
    write(path, moved)
    commit({ path, git }, 'catch-all')
    git('checkout', '--quiet', 'main')
    write(path, other)
    commit({ path, git }, 'meanwhile')
    const objects = () => readdirSync(join(path, '.git'), { recursive: true }).sort()
    const before = objects()

    const { code } = await firebreak(path, 'check', '--base', 'main', '--head', 'feature')

    expect(code).toBe(0)
    expect(objects()).toEqual(before)
  })

  it('is blocked by a conflict, and names the file', async () => {
    const { path, git } = clone(shop)
    git('checkout', '--quiet', '-b', 'feature')
    write(path, shopWith('teams/cart.yaml', ['host: cart', 'host: trolley']))
    commit({ path, git }, 'one')
    git('checkout', '--quiet', 'main')
    write(path, other)
    commit({ path, git }, 'two')

    const { code, out } = await firebreak(path, 'check', '--base', 'main', '--head', 'feature')

    expect(out).toMatch(/^Blocked: resolve the conflict in teams\/cart.yaml first\n/)
    expect(code).toBe(1)
  })

  it('cannot decide without a common ancestor, and says what to do about a shallow clone', async () => {
    const { path, git } = clone(shop)
    git('checkout', '--quiet', '--orphan', 'elsewhere')
    write(path, moved)
    commit({ path, git }, 'another root')

    const { code, out } = await firebreak(path, 'check', '--base', 'main', '--head', 'elsewhere')

    expect(out).toContain('git fetch --unshallow')
    expect(code).toBe(1)
  })

  it('takes origin/HEAD and HEAD where nothing is named', async () => {
    const { path, git } = clone(shop)
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    write(path, moved)
    commit({ path, git }, 'catch-all')

    const { code, out } = await firebreak(path, 'check', '--author', 'pia')

    expect(out).toMatch(/^Waiting for /)
    expect(code).toBe(1)
  })

  it('says how to get an origin/HEAD where there is none', async () => {
    const { path } = clone(shop)

    const { code, err } = await firebreak(path, 'check')

    expect(err).toContain('git remote set-head origin --auto')
    expect(code).toBe(2)
  })

  it('works from a folder inside the clone', async () => {
    const { path } = clone(shop)

    const { code, out } = await firebreak(join(path, 'teams'), 'check', '--base', 'main', '--head', 'main')

    expect([code, out]).toEqual([
      0,
      'OK: no mesh manifest touched\n\nWhat was wrong before was not looked for; --existing lists it.\n',
    ])
  })

  it.each([
    '--output=x',
    '--upload-pack=x',
    '-x',
    '',
    'nope',
    'HEAD:mesh',
    '$(id)',
    '../../etc/passwd',
    'a\nb',
  ])('takes the hostile ref %j for no commit, and does nothing else with it', async (ref) => {
    const { path, git } = clone(shop)

    const { code, out, err } = await firebreak(path, 'check', `--base=${ref}`, '--head', 'HEAD')

    expect(err).toContain('neither a directory nor a commit')
    expect([code, out]).toEqual([2, ''])
    expect(git('status', '--porcelain')).toBe('')
  })

  it('needs a clone for refs, and says so', async () => {
    const { code, err } = await firebreak(folder(), 'check', '--base', 'main')

    expect(err).toMatch(/^error: main and HEAD are no directories, and .* does not lie in a Git repository/)
    expect(code).toBe(2)
  })
})

describe('what the repository of a clone is called', () => {
  const own = 'https://git.example/bookinfo/mesh'
  const mirror = 'https://mirror.example/infra/copy'
  const application = (repoURL: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: cart, namespace: argocd }\nspec: { destination: { namespace: cart }, source: { repoURL: "${repoURL}", path: teams } }\n`

  /** Whether an Application that newly names another address is taken for one that lets go of what is here. */
  async function letsGo(
    remotes: Readonly<Record<string, string>>,
    [before, after]: readonly [string, string],
  ) {
    const { path, git } = clone({
      ...shop,
      'apps/cart.yaml': application(before),
      'apps/other.yaml': application(own)
        .replace('name: cart', 'name: other')
        .replace('path: teams', 'path: mesh'),
    })
    for (const [name, url] of Object.entries(remotes)) git('remote', 'add', name, url)
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { 'apps/cart.yaml': application(after) })
    commit({ path, git }, 'address')

    const { out } = await firebreak(path, 'check', '--base', 'main', '--head', 'feature')
    return out.includes('No unit delivers')
  }

  it.each([
    [{ origin: own }, [own, mirror], true],
    [{ origin: own }, [mirror, own], false],
    [{ origin: 'git@git.example:carla/mesh.git', upstream: `${own}.git` }, [mirror, own], false],
    [{ only: 'ssh://git@git.example:22/bookinfo/mesh' }, [mirror, own], false],
    [{ origin: 'https://git.example/carla/mesh' }, [own, mirror], true],
    [{ origin: '/srv/bookinfo/mesh' }, [own, mirror], true],
    [{}, [own, mirror], true],
    [{}, [own, `${own}.git`], false],
  ] as const)('%o: an Application from %o', async (remotes, addresses, expected) => {
    expect(await letsGo(remotes, addresses)).toBe(expected)
  })
})

describe('check between directories', () => {
  it('compares two directories as they are, without Git', async () => {
    const path = folder()
    write(join(path, 'base'), shop)
    write(join(path, 'head'), other)

    const { code, out } = await firebreak(path, 'check', '--base', 'base', '--head', 'head', '--author', 'mo')

    expect(out).toMatch(/^Waiting for cart: /)
    expect(code).toBe(1)
  })

  it('says what is not committed, and judges it where the head is the working tree', async () => {
    const { path, git } = clone(shop)
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { ...other, 'teams/new.yaml': 'kind: ConfigMap\n' })

    const committed = await firebreak(path, 'check', '--base', 'main')
    const lying = await firebreak(path, 'check', '--base', 'main', '--head', '.')

    expect(committed.err).toBe(
      '2 files that are not committed are not looked at; --head . looks at all files.\n',
    )
    expect(committed.out).toMatch(/^OK: /)
    expect(lying.err).toBe('')
    expect(lying.out).toMatch(/^Would wait for /)
    expect(git('status', '--porcelain').split('\n')).toContain('?? teams/new.yaml')
  })

  it('judges all of the working tree from any folder of it', async () => {
    const { path } = clone(shop)
    write(path, other)
    const below = join(path, 'mesh')
    const [above, there] = await Promise.all(
      [path, below].map((each) =>
        firebreak(each, 'check', '--base', 'main', '--head', '.', '--format', 'json'),
      ),
    )

    expect(JSON.parse(there?.out ?? '').changes).toEqual(JSON.parse(above?.out ?? '').changes)
    expect(JSON.parse(there?.out ?? '').changes).not.toEqual([])
  })

  it('merges the working tree into a base that has gone on', async () => {
    const { path, git } = clone(shop)
    git('checkout', '--quiet', '-b', 'feature')
    git('checkout', '--quiet', 'main')
    write(path, other)
    commit({ path, git }, 'gone on')
    git('checkout', '--quiet', 'feature')

    const { out } = await firebreak(path, 'check', '--base', 'main', '--head', '.', '--format', 'json')

    expect(JSON.parse(out).changes).toEqual([])
  })

  it('is silent where everything is committed', async () => {
    const { path } = clone(shop)

    expect((await firebreak(path, 'check', '--base', 'main')).err).toBe('')
  })

  it('says the verdict once more behind a long answer, within the width of the terminal', async () => {
    const path = folder()
    write(join(path, 'base'), shop)
    write(join(path, 'head'), { ...shop, 'mesh/shop.yaml': '' })

    const { out } = await firebreakAt(
      { directory: path, width: 60 },
      'check',
      '--base',
      'base',
      '--head',
      'head',
    )

    const lines = out.trimEnd().split('\n')
    expect(lines.at(-1)).toBe(lines[0])
    const wide = lines.filter((line) => line.length > 60 && !/curl|│|^(Would|Waiting)/.test(line))
    expect(wide).toEqual([])
  })

  it('compares a directory with a commit', async () => {
    const { path } = clone(shop)
    write(path, other)

    const { out } = await firebreak(path, 'check', '--base', 'main', '--head', '.', '--format', 'json')

    expect(JSON.parse(out).changes).toHaveLength(1)
  })

  it('takes a name that is both for the directory', async () => {
    const { path } = clone({ ...shop, 'main/empty.txt': '' })

    const { out } = await firebreak(path, 'check', '--base', 'main', '--head', 'main', '--format', 'json')

    expect(JSON.parse(out).changes).toEqual([])
  })

  it('takes an empty directory for a repository without manifests', async () => {
    const path = folder()
    write(join(path, 'head'), shop)
    write(join(path, 'base'), { 'README.md': '' })
    const empty = folder()

    const { code, out } = await firebreak(
      path,
      'check',
      '--base',
      empty,
      '--head',
      'head',
      '--format',
      'json',
    )

    expectContract('check', JSON.parse(out))
    expect(code).toBe(0)
  })

  it('refuses a judge that is edited by the change itself', async () => {
    const path = folder()
    write(join(path, 'base'), shop)
    write(join(path, 'head'), { ...other, '.github/CODEOWNERS': '* @shop/pages\n' })
    write(path, { 'members.yml': members })

    const { code, out } = await firebreak(path, ...asPia, '--format', 'json')

    const { requirements } = JSON.parse(out).decision
    expect(requirements.map(({ team }: { team: string }) => team)).toContain('@shop/cart')
    expect(code).toBe(1)
  })
})

describe('what was wrong before', () => {
  const dead =
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: old, namespace: shop }\nspec: { hosts: [old.example], gateways: [shop/gate], http: [{ route: [{ destination: { host: a } }] }, { match: [{ uri: { prefix: /x } }], route: [{ destination: { host: b } }] }] }\n'

  async function checked(...args: readonly string[]) {
    const path = folder()
    write(join(path, 'base'), { ...shop, 'teams/old.yaml': dead })
    write(join(path, 'head'), { ...other, 'teams/old.yaml': dead })
    return (await firebreak(path, 'check', '--base', 'base', '--head', 'head', ...args)).out
  }

  it('is not looked for, which is said', async () => {
    const json = JSON.parse(await checked('--format', 'json'))

    expect(json.existing).toBe(false)
    expect(json.findings.map(({ status }: { status: string }) => status)).not.toContain('existing')
    expect(await checked()).toContain('What was wrong before was not looked for; --existing lists it.')
  })

  it('is listed where somebody asks for it', async () => {
    const json = JSON.parse(await checked('--existing', '--format', 'json'))

    expect(json.existing).toBe(true)
    expect(json.findings).toContainEqual(
      expect.objectContaining({ rule: 'shadowed-route', resource: 'shop/old', status: 'existing' }),
    )
    const text = await checked('--existing')
    expect(text).toContain('Found on both sides:')
    expect(text).toContain('shadowed-route')
    expect(text).not.toContain('not looked for')
  })
})

describe('consent on the command line', () => {
  async function verdict(...args: readonly string[]) {
    const path = folder({ 'members.yml': members })
    write(join(path, 'base'), shop)
    write(join(path, 'head'), other)
    const sides = ['--base', 'base', '--head', 'head', '--members', 'members.yml', '--format', 'json']
    const { code, out } = await firebreak(path, 'check', ...sides, ...args)
    const { conclusion, requirements } = JSON.parse(out).decision
    return { code, conclusion, satisfiedBy: requirements[0].satisfiedBy }
  }

  it('nobody has consented where no author is named, and findings alone decide', async () => {
    expect(await verdict('--approved-by', 'cem')).toEqual({
      code: 0,
      conclusion: 'success',
      satisfiedBy: undefined,
    })
  })

  it('the author speaks for the own team', async () => {
    expect(await verdict('--author', 'cem')).toMatchObject({
      code: 0,
      satisfiedBy: { by: 'cem', how: 'author' },
    })
    expect(await verdict('--author', '@CEM')).toMatchObject({ code: 0 })
  })

  it('a member who approved speaks for the team, anybody else does not', async () => {
    expect(await verdict('--author', 'pia')).toMatchObject({ code: 1, conclusion: 'action_required' })
    expect(await verdict('--author', 'pia', '--approved-by', 'mo')).toMatchObject({ code: 1 })
    expect(await verdict('--author', 'pia', '--approved-by', 'mo', 'cem')).toMatchObject({
      code: 0,
      satisfiedBy: { by: 'cem', how: 'approval' },
    })
    expect(await verdict('--author', 'pia', '--approved-by', 'mo', '--approved-by', 'cem')).toMatchObject({
      code: 0,
    })
  })
})

describe('the formats of check', () => {
  const hostile = 'a]]>\u001b[2J\u009b2J\u202e</script><b>%0A::error::x'

  // YAML takes controls in quotes, and there as escapes alone.
  const written = JSON.stringify(hostile).replaceAll('\u009b', '\\u009b')

  async function printed(format: string): Promise<string> {
    const path = folder({ 'members.yml': members })
    write(join(path, 'base'), shop)
    const entry = `    - match: [{ uri: { exact: /account } }, { headers: { x: { exact: ${written} } } }]\n      route: [{ destination: { host: pages } }]\n`
    const cart = `${shop['teams/cart.yaml']}${entry}`
    write(join(path, 'head'), { ...shop, 'teams/cart.yaml': cart })
    const { out } = await firebreak(path, ...asPia, '--format', format)
    return out
  }

  it('text is the verdict, what is wrong at its place, and who must agree', async () => {
    const out = await printed('text')

    expect(out).toMatch(/^Blocked: [^\n]+\n\nteams\/cart\.yaml:9:\d+ {2}error {2}dropped-entry\n/)
    expect(out).toContain('\nTo merge, besides: ask anyone in shop/cart for an approving review.\n')
  })

  it('markdown asks for a review, since nobody has requested one', async () => {
    const out = await printed('markdown')

    expect(out).toMatch(/^### Blocked: /)
    expect(out).toContain('shop/cart')
    expect(out).not.toContain('has been requested')
    expect(out).not.toContain('<sub>')
  })

  it('sarif tells each finding with its exact region', async () => {
    const [run] = JSON.parse(await printed('sarif')).runs

    const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'dropped-entry')
    expect(result).toMatchObject({ level: 'error', baselineState: 'new' })
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe('dropped-entry')
    expect(result.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'teams/cart.yaml' },
      region: { startLine: 9, endLine: 9 },
    })
  })

  it('github is one workflow command a line', async () => {
    const lines = (await printed('github')).trimEnd().split('\n')

    expect(lines[0]).toMatch(/^::error title=Firebreak::Blocked: /)
    expect(lines[1]).toMatch(
      /^::error file=teams\/cart.yaml,line=9,endLine=9,col=\d+,endColumn=\d+,title=dropped-entry::/,
    )
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^:]*::/)
  })

  it('html is one page that needs nothing else and lets no name be markup', async () => {
    const out = await printed('html')

    expect(out).toMatch(/^<!doctype html>/)
    expect(out).toMatch(ours)
    expect(out.replace(ours, '')).not.toMatch(/<script|<b>|src=|href="(?!#)/)
  })

  it.each(['text', 'markdown', 'sarif', 'html', 'github', 'json'])(
    '%s holds no terminal controls',
    async (format) => {
      const out = (await printed(format)).replace(ours, '')
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    },
  )
})

describe('what is staged', () => {
  const file = 'mesh.yaml'
  const text = (path: string) =>
    [
      'apiVersion: networking.istio.io/v1',
      'kind: VirtualService',
      'metadata: { name: a, namespace: ns }',
      `spec: { hosts: [a.example], gateways: [ns/g], http: [{ match: [{ uri: { exact: ${path} } }], route: [{ destination: { host: a } }] }] }`,
    ].join('\n')
  const staged = async (path: string) => {
    const { code, out, err } = await firebreak(path, 'check', '--staged', '--format', 'json')
    return {
      code,
      err,
      changes: out === '' ? [] : JSON.parse(out).changes.map(({ kind }: { kind: string }) => kind),
    }
  }

  it('is compared with the last commit, and the working tree is not looked at', async () => {
    const { path, git } = clone({ [file]: text('/one') })
    write(path, { [file]: text('/two') })
    git('add', '--all')
    write(path, { [file]: text('/three') })
    const index = git('ls-files', '--stage')

    const { code, changes } = await staged(path)

    expect(changes.toSorted()).toEqual(['dropped', 'opened'])
    expect(code).toBe(0)
    expect(git('ls-files', '--stage')).toBe(index)
  })

  it('is nothing where only the working tree differs', async () => {
    const { path } = clone({ [file]: text('/one') })
    write(path, { [file]: text('/two') })

    expect(await staged(path)).toEqual({ code: 0, err: '', changes: [] })
  })

  it('is compared with nothing before the first commit', async () => {
    const path = folder({ [file]: text('/one') })
    execFileSync('git', ['init', '--quiet'], { cwd: path })
    execFileSync('git', ['add', '--all'], { cwd: path })

    expect((await staged(path)).changes).toEqual(['opened'])
  })

  it('cannot be told while it is in conflict', async () => {
    const { path, git } = clone({ [file]: text('/one') })
    git('checkout', '--quiet', '-b', 'other')
    write(path, { [file]: text('/two') })
    git('commit', '--quiet', '--all', '--message', 'two')
    git('checkout', '--quiet', 'main')
    write(path, { [file]: text('/three') })
    git('commit', '--quiet', '--all', '--message', 'three')
    expect(() => git('merge', 'other')).toThrow()

    expect(await staged(path)).toMatchObject({ code: 2, err: expect.stringContaining('in conflict') })
  })

  it('is nothing outside of a repository, and excludes naming two sides', async () => {
    expect(await staged(folder())).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing can be staged'),
    })
    expect((await firebreak(folder(), 'check', '--staged', '--head', '.')).code).toBe(2)
  })
})
