import { say } from '../words/phrase.ts'
import type { FaultTable } from './fault-table.ts'
import { yamlLimits } from './yaml-document.ts'

/** What is told of a text that asks for more than any reader of YAML here allows. */
export const limitFaults = {
  depth: () => ({ clause: say`Collections are nested more than ${yamlLimits.depth} deep` }),
  'alias-depth': () => ({ clause: say`Aliases nest collections more than ${yamlLimits.depth} deep` }),
  'alias-nodes': () => ({ clause: say`Aliases stand for more than ${yamlLimits.aliasedNodes} values` }),
} as const satisfies FaultTable
