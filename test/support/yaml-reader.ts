import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../oracles/yaml-reader/yaml-reader')

/** Whether the reader of Kubernetes is built (`npm run build:oracles`); where it must be, its absence is a failure. */
export const hasYamlReader = existsSync(program) || process.env['REQUIRE_GO'] === '1'

/** What the decoder of kubectl and Argo CD makes of a text. */
export interface KubernetesReading {
  /** The documents before the first that cannot be read, as JSON. */
  readonly documents: readonly unknown[]
  readonly error?: string
}

/** What Kubernetes makes of each of the texts, in one run of the program. */
export function readAsKubernetes(texts: readonly string[]): readonly KubernetesReading[] {
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join('')
  const { stdout, stderr, status } = spawnSync(program, { input, maxBuffer: 2 ** 30, encoding: 'utf8' })
  if (status !== 0) throw new Error(`yaml-reader ended with ${status}: ${stderr}`)
  const results = stdout.split('\n').slice(0, -1)
  return results.map((line) => JSON.parse(line) as KubernetesReading)
}
