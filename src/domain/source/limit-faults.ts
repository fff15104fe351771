import { say } from '../words/phrase.ts'
import type { FaultTable } from './fault-table.ts'
import { yamlLimits } from './yaml/yaml-document.ts'

/** What is told of a text that asks for more than any reader of YAML here allows. */
export const limitFaults = {
  depth: () => say`Collections are nested more than ${yamlLimits.depth} deep`,
  'alias-depth': () => say`Aliases nest collections more than ${yamlLimits.depth} deep`,
  'alias-nodes': () => say`Aliases stand for more than ${yamlLimits.aliasedNodes} values`,
} as const satisfies FaultTable
