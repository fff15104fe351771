import { basename, resolve } from 'node:path'
import type { Comparison } from '../../domain/diff/comparison.ts'
import type { ToldTraffic } from '../../domain/traffic/told-traffic.ts'
import { trafficCounter } from '../../domain/traffic/traffic-counter.ts'
import { readTraffic } from '../../traffic/read-traffic.ts'
import type { Terminal } from '../terminal.ts'
import { causeOf, UserError } from '../user-error.ts'

/** Counts the requests of logs by what would become of them. */
export async function readTold(
  path: string,
  comparison: Comparison,
  terminal: Terminal,
): Promise<ToldTraffic> {
  terminal.doing('Counting requests')
  const counter = trafficCounter(comparison)
  try {
    const read = await readTraffic(resolve(terminal.directory, path), counter.add)
    return { source: basename(path), read, counted: counter.counted() }
  } catch (error) {
    throw new UserError(`--traffic ${path} cannot be read: ${causeOf(error)}.`)
  }
}
