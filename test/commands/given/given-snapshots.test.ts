import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectContract } from '../contract.ts'
import { firebreak, folder } from '../fake-terminal.ts'

const vs = (name: string, uri: string, namespace = 'namespace: shop') =>
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, ${namespace} }
spec:
  hosts: [shop.example]
  gateways: [mesh/edge]
  http:
    - match: [{ uri: { prefix: ${uri} } }]
      route: [{ destination: { host: ${name} } }]
`

const files = { 'a.yaml': vs('a', '/x'), 'b.yaml': vs('b', '/x/y') }

const item = (name: string, at: string, more = '/none') =>
  `${vs(name, more).replace('metadata: {', `metadata: { creationTimestamp: "${at}",`)}`
    .split('\n')
    .map((line, index) => (line === '' ? '' : `${index === 0 ? '- ' : '  '}${line}`))
    .join('\n')

const list = (...items: readonly string[]) => `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`

const bFirst = list(item('a', '2025-01-01T00:00:00Z'), item('b', '2024-01-01T00:00:00Z'))

function withSnapshot(path: string, text: string, name = 'cluster.txt'): string {
  writeFileSync(join(path, name), text)
  return name
}

const asked = ['GET https://shop.example/x/y', '--format', 'json'] as const

describe('--snapshot', () => {
  it('settles who answers where creation decides', async () => {
    const path = folder(files)

    const before = await firebreak(path, 'explain', ...asked)
    const after = await firebreak(path, 'explain', ...asked, '--snapshot', withSnapshot(path, bFirst))

    expect(JSON.parse(before.out)).toMatchObject({ outcome: 'contested' })
    expect(JSON.parse(after.out)).toMatchObject({ outcome: 'route', virtualService: 'shop/b' })
  })

  it('puts the older one first, and adds what no file holds', async () => {
    const path = folder(files)
    const snapshot = withSnapshot(path, `${bFirst}${item('c', '2023-01-01T00:00:00Z', '/c')}`)

    const { out } = await firebreak(path, 'routes', '--snapshot', snapshot)

    expect(out.split('\n').map((line) => line.trim().split(/\s+/)[0])).toEqual([
      'shop.example',
      '/c*',
      '/x/y*',
      '/x*',
      '',
    ])
    expect(out).toContain('cluster.txt:')
  })

  it('settles a change, and says so', async () => {
    const base = folder(files)
    const head = folder({ ...files, 'b.yaml': vs('b', '/x') })
    const sides = ['check', '--base', base, '--head', head, '--format', 'json'] as const

    const before = await firebreak(base, ...sides)
    const after = await firebreak(base, ...sides, '--snapshot', withSnapshot(base, bFirst))

    expect(JSON.parse(before.out).changes.some(({ certain }: { certain: boolean }) => !certain)).toBe(true)
    const settled = JSON.parse(after.out)
    expectContract('check', settled)
    expect(settled.changes).toMatchObject([
      {
        certain: true,
        settled: [
          { code: 'order-known', file: 'b.yaml' },
          { code: 'order-known', file: 'a.yaml' },
        ],
      },
    ])
    expect(settled.changes[0]).not.toHaveProperty('because')
    expect(settled.assumptions.join()).toContain(
      'in the order in which the cluster made them, by `cluster.txt`',
    )
    expect(settled.findings.map(({ rule }: { rule: string }) => rule)).not.toContain('contested-host')
  })

  it('settles a namespace that nothing here says', async () => {
    const base = folder({ 'a.yaml': vs('a', '/x', 'labels: {}') })
    const head = folder({ 'a.yaml': vs('a', '/x/z', 'labels: {}') })
    const snapshot = withSnapshot(base, list(item('a', '2025-01-01T00:00:00Z')))

    const { out } = await firebreak(
      base,
      'check',
      '--base',
      base,
      '--head',
      head,
      '--format',
      'json',
      '--snapshot',
      snapshot,
    )

    expect(JSON.parse(out).changes[0]).toMatchObject({
      before: { virtualService: 'shop/a' },
      settled: [{ code: 'namespace-known', file: 'a.yaml' }],
    })
  })

  it('says what others deliver where that answers instead', async () => {
    const base = folder(files)
    const head = folder({ 'b.yaml': vs('b', '/x/y') })
    const snapshot = withSnapshot(base, `${bFirst}${item('c', '2025-01-01T00:00:00Z', '/x')}`)

    const { out } = await firebreak(
      base,
      'check',
      '--base',
      base,
      '--head',
      head,
      '--format',
      'json',
      '--snapshot',
      snapshot,
    )

    const { changes, assumptions } = JSON.parse(out)
    expect(changes[0]).toMatchObject({
      before: { virtualService: 'shop/a' },
      after: { virtualService: 'shop/c', file: 'cluster.txt' },
    })
    expect(assumptions.join()).toContain(
      '`shop/c` is not in this repository; it is taken to be as `cluster.txt` has it',
    )
  })

  it('has to say its mesh where there are several', async () => {
    const path = folder({
      'prod/a.yaml': vs('a', '/x'),
      'prod/b.yaml': vs('b', '/x/y'),
      'test/a.yaml': vs('a', '/x'),
      'test/b.yaml': vs('b', '/x/y'),
    })
    const snapshot = withSnapshot(path, bFirst)

    const unsaid = await firebreak(path, 'routes', '--snapshot', snapshot)
    const said = await firebreak(path, 'routes', '--format', 'json', '--snapshot', `prod=${snapshot}`)

    expect(unsaid.err).toMatch(/Of which mesh cluster.txt is a snapshot is not known: there are 2/)
    const first = JSON.parse(said.out).tables.map(
      ({ mesh, routes }: { mesh: string; routes: readonly { primary: string }[] }) =>
        `${mesh} ${routes[0]?.primary}`,
    )
    expect(first).toEqual(['prod shop/b', 'test shop/a'])
    expect(said.err).toBe('')
  })

  it.each([
    ['is not there', undefined, /--snapshot cluster.txt cannot be read/],
    ['is too large', 'x'.repeat(5 * 1024 * 1024 + 1), /larger than 5 MB/],
  ])('one that %s is a wrong option', async (_, text, message) => {
    const path = folder(files)
    if (text !== undefined) withSnapshot(path, text)

    const { code, err } = await firebreak(path, 'routes', '--snapshot', 'cluster.txt')

    expect(code).toBe(2)
    expect(err).toMatch(message)
  })

  it('one that is none is told, and nothing is taken from it', async () => {
    const path = folder(files)

    const { code, err } = await firebreak(path, 'routes', '--snapshot', withSnapshot(path, 'kind: Pod\n'))

    expect(code).toBe(0)
    expect(err).toMatch(/cluster.txt is no list of Kubernetes/)
  })
})

it('the configuration names a snapshot, which is no manifest', async () => {
  const path = folder({
    ...files,
    '.github/firebreak.yml': 'snapshots: [{ path: cluster.yaml }]\n',
    'cluster.yaml': bFirst,
  })

  const { out, err } = await firebreak(path, 'explain', ...asked)

  expect(JSON.parse(out)).toMatchObject({ outcome: 'route', virtualService: 'shop/b', file: 'b.yaml' })
  expect(err).toBe('')
})
