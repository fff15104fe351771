import type { ChartRenderer } from '../../app/reading/chart-port.ts'
import { createHelm } from '../../helm/helm.ts'
import type { Terminal } from '../terminal.ts'

/** Helm, as the environment of a command has it. */
export function helmOf({ environment }: Pick<Terminal, 'environment'>): ChartRenderer {
  return createHelm({ path: environment['PATH'] ?? '' })
}
