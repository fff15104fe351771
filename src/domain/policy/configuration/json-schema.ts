import { z } from 'zod'
import type { JsonObject } from '../../manifest/json.ts'
import { configurationSchema } from './configuration-schema.ts'
import type { KnownRule } from './effect.ts'

/** The part of JSON Schema in which zod describes a configuration. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly additionalProperties?: SchemaNode | boolean
}

/** The shape of the configuration as JSON Schema (draft 7, which editors read). */
export function configurationShape(): SchemaNode {
  return z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7' }) as SchemaNode
}

/** The JSON Schema that ships with the project: editors complete and check `.github/firebreak.yml` with it. */
export function configurationJsonSchema(knownRules: readonly KnownRule[]): JsonObject {
  const shape = configurationShape()
  const properties = shape.properties ?? {}
  const slugs = knownRules.filter((rule) => rule.configurable).map((rule) => rule.id)
  const propertyNames = { enum: slugs.toSorted() }
  const schema: object = {
    title: 'Firebreak configuration',
    description: 'Read from .github/firebreak.yml on the base branch. See docs/configuration.md.',
    ...shape,
    properties: { ...properties, rules: { ...properties['rules'], propertyNames } },
  }
  return schema as JsonObject
}
