import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LargeMesh, writeBothSides } from './large-mesh.ts'

/** What a check of two folders costs in a process of its own, beside what another library takes to parse one side once. */
export interface ColdCheck {
  readonly name: string
  /** Processor time of that library. */
  readonly floor: number
  /** Processor time of the whole process. */
  readonly milliseconds: number
  readonly mebibytes: number
}

interface Cost {
  readonly milliseconds: number
  readonly mebibytes: number
}

const rounds = 3

/** The cost of a change of one timeout, for each form in which the verdict is printed. */
export function benchColdCheck(name: string, mesh: LargeMesh): readonly ColdCheck[] {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'))
  try {
    writeBothSides(folder, mesh)
    const floor = median(() => costIn(run([here('parse-once.ts'), join(folder, 'base')]).stdout)).milliseconds
    return ['text', 'json'].map((format) => {
      const { milliseconds, mebibytes } = median(() => checkIn(folder, format))
      return { name: `${name}, ${format}`, floor, milliseconds, mebibytes }
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function checkIn(folder: string, format: string): Cost {
  const sides = ['--base', join(folder, 'base'), '--head', join(folder, 'head')]
  const loaded = ['--import', here('usage.ts'), here('../src/cli.ts')]
  const { stdout, stderr } = run([...loaded, 'check', ...sides, '--format', format])
  if (!stdout.includes('/area-7/part-4/')) throw new Error('A change was lost')
  return costIn(stderr.trim().split('\n').at(-1) ?? '')
}

function run(args: readonly string[]) {
  return spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 })
}

function costIn(line: string): Cost {
  return { mebibytes: 0, ...(JSON.parse(line) as Partial<Cost>) } as Cost
}

function median(measure: () => Cost): Cost {
  const costs = Array.from({ length: rounds }, measure).sort((a, b) => a.milliseconds - b.milliseconds)
  const middle = costs[rounds >> 1]
  if (middle === undefined) throw new Error('Nothing was measured')
  return middle
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}
