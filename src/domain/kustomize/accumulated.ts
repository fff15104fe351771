import type { SourceRange } from '../source/source-file.ts'
import { fail } from './fault.ts'
import type { Item } from './item.ts'
import { appended } from './items.ts'
import { type Configuration, mergedConfiguration, noConfiguration } from './reading/configuration.ts'
import type { Variables } from './transforming/variables.ts'

/** What a build has come to: the objects, where its transformers work, and its variables. */
export interface Accumulated {
  readonly items: readonly Item[]
  readonly configuration: Configuration
  readonly variables: Variables
}

/** The beginning. */
export const nothingYet: Accumulated = { items: [], configuration: noConfiguration, variables: new Map() }

/** What was there and what a folder built to. */
export function merged(before: Accumulated, more: Accumulated, at: SourceRange): Accumulated {
  const variables = new Map(before.variables)
  for (const [name, entry] of more.variables) {
    if (variables.has(name)) fail('duplicate-variable', entry.range, name)
    variables.set(name, entry)
  }
  return {
    items: appended(before.items, more.items, at),
    configuration: mergedConfiguration(before.configuration, more.configuration, at),
    variables,
  }
}
