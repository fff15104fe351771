import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measuredCheck } from '../measured-check.ts'
import { writeFiles } from '../write-files.ts'
import { type Files, type HostileCase, hostileCases } from './cases.ts'

const wanted = process.argv.slice(2)
const seconds = 60
const scratch = mkdtempSync(join(tmpdir(), 'hostile-'))

function write(side: string, files: Files): string {
  const folder = join(scratch, side)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  writeFiles(folder, Object.entries(files))
  return folder
}

/** Checks one pull request in a process of its own: `hostile: CPU s, MB`, and how it ended. */
function run({ name, base, merged }: HostileCase): string {
  const size = Object.values(merged).reduce((sum, text) => sum + text.length, 0)
  const sides = { base: write('base', base), head: write('head', merged) }
  const { status, stdout, cost } = measuredCheck(sides, { seconds })
  const kilobytes = (size / 1000).toFixed(0).padStart(6)
  if (cost === undefined) {
    const how = status === null ? `> ${seconds} s, or ended by force` : `a fault of ours: exit ${status}`
    if (status !== null) process.exitCode = 1
    return `| ${name.padEnd(42)} | ${kilobytes} kB | ${how} |`
  }
  const [cpu, memory] = [(cost.milliseconds / 1000).toFixed(1), cost.mebibytes.toFixed(0)]
  const ends = `${cpu.padStart(5)} s | ${memory.padStart(5)} MB | exit ${status}`
  return `| ${name.padEnd(42)} | ${kilobytes} kB | ${ends} | ${(stdout.length / 1000).toFixed(0)} kB said |`
}

try {
  for (const hostile of hostileCases)
    if (wanted.every((word) => hostile.name.includes(word))) console.log(run(hostile))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
