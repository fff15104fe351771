import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { virtualService } from '../support/manifests.ts'
import { expectContract } from './contract.ts'
import { firebreak, firebreakAt, folder } from './fake-terminal.ts'
import { cloneOf, winter } from './past-shop.ts'
import { shop } from './shop.ts'

interface Blamed {
  readonly request: { readonly authority: string }
  readonly now: readonly { readonly virtualService?: string }[]
  readonly because?: readonly string[]
  readonly changes: readonly {
    readonly subject: string
    readonly certain: boolean
    readonly because?: readonly string[]
    readonly before: Blamed['now']
    readonly after: Blamed['now']
  }[]
  readonly beginning?: { readonly why: string }
}

async function blamed(directory: string, ...args: readonly string[]) {
  const { code, out, err } = await firebreak(directory, 'blame', ...args, '--format', 'json')
  const found: readonly Blamed[] = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  for (const each of found) expectContract('blame', each)
  return { code, err, found }
}

async function subjects(directory: string, ...args: readonly string[]) {
  const { found } = await blamed(directory, ...args)
  return found.map(({ changes }) => changes.map(({ subject }) => subject))
}

/** Whoever asks a host gets this service. */
function serving(name: string, host: string, to = name): string {
  const http = [`route: [{ destination: { host: ${to} } }]`]
  return virtualService({ name, namespace: 'shop', hosts: [host], http })
}

describe('which merge last changed who serves a request', () => {
  it('is said with who served it before and after, in a terminal', async () => {
    const { code, out, err } = await firebreakAt(
      { directory: cloneOf(winter), width: 80 },
      ...['blame', 'GET https://shop.example/cart/items', '--all'],
    )

    await expect(out).toMatchFileSnapshot('golden/blame.expected.txt')
    expect([code, err]).toEqual([0, ''])
  })

  it('is the last one, also where an earlier one was taken back', async () => {
    const path = cloneOf(winter)

    expect(await subjects(path, 'GET https://shop.example/cart/items')).toEqual([['No more cart']])
    expect(await subjects(path, 'GET https://shop.example/anything')).toEqual([['Pages answer everything']])
    expect(await subjects(path, 'GET https://shop.example/about')).toEqual([[]])
    expect(await subjects(path, 'GET https://shop.example/cart/items', '--branch', 'main~1')).toEqual([
      ['Revert "Baskets"'],
    ])
  })

  it('are all of them with --all', async () => {
    const path = cloneOf(winter)

    expect(await subjects(path, '/cart/items', '--all')).toEqual([
      ['No more cart', 'Revert "Baskets"', 'Baskets'],
    ])
    expect(await subjects(path, '/other', '--all')).toEqual([['Pages answer everything']])
  })

  it('names the first commit where it has always been so', async () => {
    const path = cloneOf(winter)

    const { out } = await firebreak(path, 'blame', 'GET https://shop.example/about')

    expect(out).toContain('It has been answered so since the first commit, 9a7e4093 of 2025-10-01.')
  })

  it('is not guessed where a shallow clone ends', async () => {
    const path = cloneOf(winter)
    const shallow = join(folder(), 'clone')
    execFileSync('git', ['clone', '--quiet', '--depth', '3', `file://${path}`, shallow])

    const unknown = await firebreak(shallow, 'blame', 'GET https://shop.example/about')
    const known = await blamed(shallow, 'GET https://shop.example/cart/items')

    expect(unknown.code).toBe(1)
    expect(unknown.out).toContain('as far back as this shallow clone goes, to ')
    expect(unknown.out).toContain('git fetch --unshallow')
    expect((await blamed(shallow, '/about')).found[0]?.beginning?.why).toBe('shallow')
    expect([known.code, known.found[0]?.changes[0]?.subject]).toEqual([0, 'No more cart'])
  })

  it('is found where the host is no more, and where it was not yet', async () => {
    const path = cloneOf([
      { subject: 'Nothing', day: '2025-10-01', files: { 'README.md': '' } },
      { subject: 'The shop', day: '2025-10-02', files: shop },
      { subject: 'No shop', day: '2025-10-03', files: { 'mesh/shop.yaml': null } },
    ])

    const { found } = await blamed(path, 'GET https://shop.example/about', '--gateway', 'mesh/edge', '--all')

    expect(found[0]?.now).toEqual([])
    expect(
      found[0]?.changes.map(({ subject, before, after }) => [subject, before.length, after.length]),
    ).toEqual([
      ['No shop', 1, 0],
      ['The shop', 0, 1],
    ])
    const { out } = await firebreak(path, 'blame', 'GET https://shop.example/about')
    expect(out).toContain('now        nobody serves this host')
  })

  it('is asked at every host of which there is a path', async () => {
    const path = cloneOf([
      { subject: 'One', day: '2025-10-01', files: { 'a.yaml': serving('a', 'a.example') } },
      { subject: 'Two', day: '2025-10-02', files: { 'b.yaml': serving('b', 'b.example') } },
    ])

    const { found } = await blamed(path, '/')

    expect(
      found.map(({ request, changes }) => [request.authority, changes.map(({ subject }) => subject)]),
    ).toEqual([
      ['a.example', []],
      ['b.example', ['Two']],
    ])
  })

  it('says what it hangs on where the order of creation decides', async () => {
    const path = cloneOf([
      { subject: 'One', day: '2025-10-01', files: { 'a.yaml': serving('a', 'a.example') } },
      { subject: 'Two', day: '2025-10-02', files: { 'b.yaml': serving('b', 'a.example') } },
    ])

    const { found } = await blamed(path, 'GET http://a.example/')
    const { out } = await firebreak(path, 'blame', 'GET http://a.example/')

    const because = ['depends on which VirtualService was created first']
    expect(found[0]?.because).toEqual(because)
    expect(found[0]?.changes[0]).toMatchObject({
      subject: 'Two',
      certain: false,
      because: [`the answer after this change ${because[0]}`],
    })
    expect(out).toContain(
      'not certain: the answer after this change depends on which VirtualService was created first',
    )
  })

  it('says which file could be read on one side alone', async () => {
    const path = cloneOf([
      { subject: 'The shop', day: '2025-10-01', files: shop },
      {
        subject: 'Torn',
        day: '2025-10-02',
        files: { 'teams/pages.yaml': `${shop['teams/pages.yaml']}  : [` },
      },
    ])

    const { found } = await blamed(path, 'GET https://shop.example/about')

    const [change] = found[0]?.changes ?? []
    expect([change?.subject, change?.certain]).toEqual(['Torn', false])
    expect(change?.because?.[0]).toMatch(/^after this change, teams\/pages\.yaml/)
  })

  it('says what it hangs on where there are copies of what answers', async () => {
    const path = cloneOf([
      { subject: 'One', day: '2025-10-01', files: { 'a.yaml': serving('a', 'a.example', 'first') } },
      { subject: 'Two', day: '2025-10-02', files: { 'b.yaml': serving('a', 'a.example', 'second') } },
    ])

    const { found } = await blamed(path, 'GET http://a.example/')

    expect(found[0]?.changes[0]?.because).toEqual([
      'the answer after this change depends on which of several copies of an object a cluster has',
    ])
  })

  it('is refused in one line where the clone lacks files, or folders, of the past', async () => {
    const said = await Promise.all(
      ['main~2:teams/cart.yaml', 'main~2^{tree}'].map(async (name) => {
        const path = cloneOf(winter)
        const lost = execFileSync('git', ['rev-parse', name], { cwd: path, encoding: 'utf8' }).trim()
        rmSync(join(path, '.git/objects', lost.slice(0, 2), lost.slice(2)))
        const { code, out, err } = await firebreak(path, 'blame', '--all', 'http://shop.example/about')
        return [code, out, err.trim().split('\n').length, err.includes(lost)]
      }),
    )

    expect(said).toEqual([
      [2, '', 1, true],
      [2, '', 1, true],
    ])
  })

  it('names what is wrong with a command line', async () => {
    const path = cloneOf(winter.slice(0, 3))
    const refused = async (...args: readonly string[]) => {
      const { code, err } = await firebreak(path, 'blame', ...args)
      return [code, err.split('\n')[0]]
    }

    expect(await refused()).toEqual([2, expect.stringContaining('No request is named')])
    expect(await refused('.')).toEqual([2, expect.stringContaining('No request is named')])
    expect(await refused('.', '/a', '--dir', '.')).toEqual([
      2,
      'error: Either . or --dir . can be the clone, not both.',
    ])
    expect(await refused('/a', '--gateway', 'mesh/egde')).toEqual([
      2,
      'error: --gateway mesh/egde is no Gateway that is known here: those are mesh/edge and mesh.',
    ])
    expect(await refused('/a', '--dir', folder())).toEqual([
      2,
      expect.stringContaining('does not lie in a Git repository'),
    ])
  })
})
