import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Files, type HostileCase, hostileCases } from './cases.ts'

const wanted = process.argv.slice(2)
const seconds = 60
const scratch = mkdtempSync(join(tmpdir(), 'hostile-'))
const used = join(scratch, 'used.json')
const cli = join(import.meta.dirname, '../../src/cli.ts')
const measure = `import { writeFileSync } from 'node:fs'; process.on('exit', () => { const { userCPUTime: u, systemCPUTime: s, maxRSS: m } = process.resourceUsage(); writeFileSync(${JSON.stringify(used)}, JSON.stringify({ cpu: (u + s) / 1e6, memory: m / 1024 })) })`

function write(side: string, files: Files): string {
  const folder = join(scratch, side)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** Checks one pull request in a process of its own: `hostile: CPU s, MB`, and how it ended. */
function run({ name, base, merged }: HostileCase): string {
  rmSync(used, { force: true })
  const size = Object.values(merged).reduce((sum, text) => sum + text.length, 0)
  const sides = ['--base', write('base', base), '--head', write('head', merged)]
  const { status, signal, stdout } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(measure)}`, cli, 'check', ...sides],
    { timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 2 ** 30, encoding: 'utf8' },
  )
  const kilobytes = (size / 1000).toFixed(0).padStart(6)
  if (signal !== null) return `| ${name.padEnd(42)} | ${kilobytes} kB | > ${seconds} s, or ended by force |`
  const { cpu, memory } = JSON.parse(readFileSync(used, 'utf8')) as { cpu: number; memory: number }
  const ends = `${cpu.toFixed(1).padStart(5)} s | ${memory.toFixed(0).padStart(5)} MB | exit ${status}`
  return `| ${name.padEnd(42)} | ${kilobytes} kB | ${ends} | ${(stdout.length / 1000).toFixed(0)} kB said |`
}

try {
  for (const hostile of hostileCases)
    if (wanted.every((word) => hostile.name.includes(word))) console.log(run(hostile))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
