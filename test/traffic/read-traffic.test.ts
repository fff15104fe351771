import { execFileSync } from 'node:child_process'
import { readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { budgets } from '../../src/domain/budgets.ts'
import type { TrafficRequest } from '../../src/domain/traffic/traffic-request.ts'
import { readTraffic } from '../../src/traffic/read-traffic.ts'
import { folder } from '../commands/fake-terminal.ts'

const line = (path: string, count = 1) =>
  `${JSON.stringify({ method: 'GET', authority: 'a.example', path, count })}\n`

function openFilesIn(path: string): readonly string[] {
  const all = readdirSync('/proc/self/fd').map((each) => {
    try {
      return readlinkSync(`/proc/self/fd/${each}`)
    } catch {
      return ''
    }
  })
  return all.filter((each) => each.startsWith(path))
}

async function read(path: string) {
  const requests: TrafficRequest[] = []
  const found = await readTraffic(path, (request) => requests.push(request))
  return { ...found, requests: requests.map(({ path: each, count }) => `${count} ${each}`) }
}

it('a folder is all of its files in order, gzip or not', async () => {
  const path = folder({ 'b.log': `${line('/b')}\n${line('/c').trimEnd()}`, '.hidden': 'x' })
  writeFileSync(join(path, 'a.log.gz'), gzipSync(line('/a', 7)))

  expect(await read(path)).toMatchObject({
    files: 2,
    lines: 3,
    unreadable: 0,
    broken: [],
    requests: ['7 /a', '1 /b', '1 /c'],
  })
})

it('lines that nobody can read are counted, with the place of the first', async () => {
  const path = folder({ 'a.log': `${line('/a')}what\n${line('/b')}is this\n` })

  expect(await read(path)).toMatchObject({
    lines: 4,
    unreadable: 2,
    firstUnreadable: { file: 'a.log', line: 2 },
  })
})

it('of a line without end no more is held than it takes to know that', async () => {
  const path = folder({ 'a.log': `${line('/a')}${'x'.repeat(budgets.trafficLine.size * 50)}\n${line('/b')}` })

  expect(await read(path)).toMatchObject({ lines: 3, unreadable: 1, requests: ['1 /a', '1 /b'] })
})

it('characters that lie across two pieces of a file stay whole', async () => {
  const many = Array.from({ length: 30_000 }, (_, at) => line(`/ä/€/${at}`)).join('')

  const { requests, unreadable } = await read(folder({ 'a.log': many }))

  expect([requests.length, unreadable]).toEqual([30_000, 0])
  expect(requests.every((each, at) => each === `1 /ä/€/${at}`)).toBe(true)
})

it('a file that ends in the middle of its gzip is named, and what was read of it counts', async () => {
  const path = folder()
  const whole = gzipSync(Array.from({ length: 20_000 }, (_, at) => line(`/${at * 7919}`)).join(''))
  writeFileSync(join(path, 'a.gz'), whole.subarray(0, whole.length / 2))
  writeFileSync(join(path, 'b.gz'), 'no gzip at all')

  const { broken, requests } = await read(path)

  expect(broken).toEqual(['a.gz', 'b.gz'])
  expect(requests.length).toBeGreaterThan(0)
})

it('a gzip by another name is unpacked, too', async () => {
  const path = folder({ 'empty.log': '' })
  writeFileSync(join(path, 'a.log.1'), gzipSync(line('/a')))

  expect(await read(path)).toMatchObject({ unreadable: 0, requests: ['1 /a'] })
})

it('what of a folder is no file is counted', async () => {
  const path = folder({ 'a.log': line('/a'), 'day/b.log': line('/b'), '.hidden/c.log': line('/c') })
  symlinkSync('a.log', join(path, 'link.log'))

  expect(await read(path)).toMatchObject({ files: 1, skipped: 2, requests: ['1 /a'] })
})

it('a pipe is read once, and to its end', async () => {
  const pipe = join(folder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  const [found] = await Promise.all([read(pipe), writeFile(pipe, line('/a') + line('/b'))])

  expect(found.requests).toEqual(['1 /a', '1 /b'])
})

it('a device is not read at all', async () => {
  await expect(read('/dev/zero')).rejects.toThrow('it is neither a file, a folder nor a pipe')
})

it.runIf(process.platform === 'linux')(
  'no file stays open, neither one that is broken nor one that is left',
  async () => {
    const path = folder()
    const log = gzipSync(Array.from({ length: 200_000 }, (_, at) => line(`/${at * 7919}`)).join(''))
    const broken = Buffer.concat([log.subarray(0, 5_000), Buffer.alloc(2 << 20, 7)])
    for (const at of [1, 2, 3]) writeFileSync(join(path, `${at}.gz`), broken)
    writeFileSync(join(path, '4.gz'), log)

    expect(await readTraffic(path, () => {}, 1 << 19)).toMatchObject({ cut: true })
    await expect.poll(() => openFilesIn(path)).toEqual([])
  },
)

it('a path that is not there is an error', async () => {
  await expect(read(join(folder(), 'none'))).rejects.toThrow('ENOENT')
})
