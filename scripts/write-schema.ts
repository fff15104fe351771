// Writes schema/ from the schemas that read the configuration, records of decisions and route tests.
//
//   npm run schema
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configurationJsonSchema } from '../src/domain/policy/configuration/json-schema.ts'
import { decisionJsonSchema } from '../src/domain/policy/record/decision-record.ts'
import { routeTestJsonSchema } from '../src/domain/policy/route-tests/route-test-schema.ts'
import { rules } from '../src/domain/rules/index.ts'

const folder = new URL('../schema/', import.meta.url)

function write(name: string, schema: object): void {
  writeFileSync(fileURLToPath(new URL(name, folder)), `${JSON.stringify(schema, null, 2)}\n`)
}

mkdirSync(fileURLToPath(folder), { recursive: true })
write('firebreak.schema.json', configurationJsonSchema(rules))
write('decision.schema.json', decisionJsonSchema())
write('route-tests.schema.json', routeTestJsonSchema())
