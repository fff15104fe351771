// Writes schema/firebreak.schema.json from the schema that reads the configuration.
//
//   npm run schema
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configurationJsonSchema } from '../src/domain/policy/configuration/json-schema.ts'
import { rules } from '../src/domain/rules/index.ts'

const target = fileURLToPath(new URL('../schema/firebreak.schema.json', import.meta.url))

mkdirSync(fileURLToPath(new URL('../schema', import.meta.url)), { recursive: true })
writeFileSync(target, `${JSON.stringify(configurationJsonSchema(rules), null, 2)}\n`)
