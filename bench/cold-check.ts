import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LargeMesh, writeBothSides } from './large-mesh.ts'
import { type Cost, here, measuredCheck } from './measured-check.ts'

/** What a check of two folders costs in a process of its own, beside what another library takes to parse one side once. */
export interface ColdCheck {
  readonly name: string
  /** Processor time of that library. */
  readonly floor: number
  /** Processor time of the whole process. */
  readonly milliseconds: number
  readonly mebibytes: number
}

const rounds = 3

/** The cost of a change of one timeout, for each form in which the verdict is printed. */
export function benchColdCheck(name: string, mesh: LargeMesh): readonly ColdCheck[] {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'))
  try {
    writeBothSides(folder, mesh)
    const floor = median(() => parseIn(join(folder, 'base'))).milliseconds
    return ['text', 'json'].map((format) => {
      const { milliseconds, mebibytes } = median(() => checkIn(folder, format))
      return { name: `${name}, ${format}`, floor, milliseconds, mebibytes }
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function checkIn(folder: string, format: string): Cost {
  const sides = { base: join(folder, 'base'), head: join(folder, 'head') }
  const { stdout, cost } = measuredCheck(sides, { more: ['--format', format] })
  if (cost === undefined || !stdout.includes('/area-7/part-4/')) throw new Error('A change was lost')
  return cost
}

function parseIn(folder: string): Cost {
  const { stdout } = spawnSync(process.execPath, [here('parse-once.ts'), folder], { encoding: 'utf8' })
  return { mebibytes: 0, ...(JSON.parse(stdout) as Pick<Cost, 'milliseconds'>) }
}

function median(measure: () => Cost): Cost {
  const costs = Array.from({ length: rounds }, measure).sort((a, b) => a.milliseconds - b.milliseconds)
  const middle = costs[rounds >> 1]
  if (middle === undefined) throw new Error('Nothing was measured')
  return middle
}
