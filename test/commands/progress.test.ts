import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folder } from './fake-terminal.ts'

const module = new URL('../../src/commands/progress.ts', import.meta.url).href

/** A program that has no moment for anything while it waits until somebody has seen what it said. */
function program(steps: string): string {
  return `
    import { existsSync } from 'node:fs'
    import { createProgress } from ${JSON.stringify(module)}
    const progress = createProgress(process.stderr.isTTY, 0)
    const sleep = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    const untilSeen = (what) => { while (!existsSync(what)) sleep() }
    ${steps}`
}

/** What a terminal gets of it; each of some words is seen once it is there. */
async function onTerminal(steps: string, words: readonly string[]): Promise<string> {
  const cwd = folder({ 'main.mjs': program(steps) })
  const command = `stty rows 24 columns 80; '${process.execPath}' main.mjs`
  const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = ''
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text
    for (const word of words) if (seen.includes(`${word} (`)) writeFileSync(join(cwd, word), '')
  })
  await once(terminal, 'close')
  return seen
}

const [erased, hidden] = ['\u001B[2K', '\u001B[?25l']

// Elsewhere `script` is another program of the same name.
describe.skipIf(process.platform !== 'linux')('what a command is doing', () => {
  it('is said while it has no moment for anything, and taken away before something is printed', async () => {
    const seen = await onTerminal(
      "progress.doing('Comparing'); untilSeen('Comparing'); progress.clear(); console.log('done')",
      ['Comparing'],
    )

    expect(seen.indexOf(erased)).toBeGreaterThan(seen.search(/Comparing \(\d+ s\)/))
    expect(seen.lastIndexOf(erased)).toBeLessThan(seen.indexOf('done'))
    expect(seen).not.toContain(hidden)
  })

  it('is said again after something was printed', async () => {
    const seen = await onTerminal(
      `progress.doing('Reading'); untilSeen('Reading'); progress.clear(); console.log('a warning')
       progress.doing('Comparing'); untilSeen('Comparing')`,
      ['Reading', 'Comparing'],
    )

    expect(seen).toMatch(/Reading.*a warning.*Comparing \(\d+ s\)/s)
  })

  it('is nothing where nobody looks on', () => {
    const cwd = folder({
      'main.mjs': program("progress.doing('Comparing'); setTimeout(() => progress.clear(), 300)"),
    })

    const said = execFileSync('sh', ['-c', `'${process.execPath}' main.mjs 2>&1`], { cwd })

    expect(String(said)).toBe('')
  })
})
