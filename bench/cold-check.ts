import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LargeMesh, writeBothSides } from './large-mesh.ts'
import { type Cost, measuredCheck } from './measured-check.ts'
import { median, parsingOf } from './process-cost.ts'

/** What a check of two folders costs in a process of its own, beside what another library takes to parse one side once. */
export interface ColdCheck {
  readonly name: string
  /** Processor time of that library. */
  readonly floor: number
  /** Processor time of the whole process. */
  readonly milliseconds: number
  readonly mebibytes: number
}

/** The cost of a change of one timeout, for each form in which the verdict is printed. */
export function benchColdCheck(name: string, mesh: LargeMesh): readonly ColdCheck[] {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'))
  try {
    writeBothSides(folder, mesh)
    const floor = parsingOf(join(folder, 'base'))
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
