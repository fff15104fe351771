import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGivenFile } from '../../../src/commands/given/given-file.ts'
import type { Terminal } from '../../../src/commands/terminal.ts'
import { budgets } from '../../../src/domain/budgets.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { firebreak, folder } from '../fake-terminal.ts'

function terminalIn(directory: string): Terminal {
  return {
    directory,
    environment: {},
    ...endless,
    write: () => {},
    warn: () => {},
    doing: () => {},
    today: () => '2026-01-02',
  }
}

const read = (directory: string, path: string) => readGivenFile('--members', path, terminalIn(directory))

describe('a file that an option names', () => {
  it('is read as it is, and so is a pipe', async () => {
    const here = folder({ 'm.yml': 'a: [b]\n' })
    execFileSync('mkfifo', [join(here, 'pipe')])
    const writing = writeFile(join(here, 'pipe'), 'c: [d]\n')

    expect(await read(here, 'm.yml')).toBe('a: [b]\n')
    expect(await read(here, 'pipe')).toBe('c: [d]\n')
    await writing
  })

  it('is read no further than it is taken, from a pipe without end, too', async () => {
    const most = budgets.manifestBytes.size
    const here = folder({ just: 'x'.repeat(most), more: 'x'.repeat(most + 1) })
    execFileSync('mkfifo', [join(here, 'pipe')])
    const writing = writeFile(join(here, 'pipe'), 'x'.repeat(4 * most)).catch(() => undefined)

    expect(await read(here, 'just')).toHaveLength(most)
    for (const path of ['more', 'pipe'])
      await expect(read(here, path)).rejects.toThrow(
        `--members ${path} cannot be read: it is larger than 5 MB.`,
      )
    await writing
  })

  it.each([
    ['/dev/zero', 'it is neither a file nor a pipe'],
    ['.', 'it is a directory'],
    ['none', 'there is no such file'],
  ])('is no %s', async (path, why) => {
    await expect(read(folder(), path)).rejects.toThrow(why)
  })
})

describe('no option waits for the end of a device', () => {
  const device = '/dev/zero'

  it.each([
    [['check', '--base', '.', '--head', '.', '--defaults', device]],
    [['check', '--base', '.', '--head', '.', '--members', device]],
    [['check', '--base', '.', '--head', '.', '--snapshot', device]],
    [['check', '--base', '.', '--head', '.', '--traffic', device]],
    [['explain', '--requests', device]],
    [['replay', device]],
  ])('%j', async (args) => {
    const here = folder()
    execFileSync('git', ['init', '--quiet', here])
    const { code, err } = await firebreak(here, ...args)

    expect([code, err]).toEqual([2, expect.stringContaining('cannot be read: it is neither a file')])
  })
})
