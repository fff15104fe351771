// Writes simulator/contract/openapi.json: the operations that the simulator answers, with the schemas they refer to,
// cut out of GitHub's OpenAPI description. The description's package is 390 MB and therefore no dependency:
// it is fetched into a temporary folder that is deleted again.
//
//   node simulator/contract/extract-openapi.ts [FOLDER]    FOLDER: an unpacked @octokit/openapi, instead of fetching it
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operations } from './operations.ts'

const version = '23.0.2'
const target = new URL('./', import.meta.url)

type Json = null | boolean | number | string | readonly Json[] | JsonObject
interface JsonObject {
  readonly [key: string]: Json
}

/** Keywords that only describe, or that JSON Schema does not know. */
const descriptive = new Set([
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'discriminator',
  'nullable',
])
const checkedFormats = new Set(['date-time', 'date', 'uri', 'email'])

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entriesOf(schema: JsonObject): [string, Json][] {
  const entries: [string, Json][] = []
  for (const [key, value] of Object.entries(schema)) {
    if (descriptive.has(key) || key.startsWith('x-')) continue
    if (key === 'format' && !checkedFormats.has(String(value))) continue
    if (key === '$ref') entries.push([key, String(value).replace('#/components/schemas/', '#/schemas/')])
    else if (key === 'properties' && isObject(value)) entries.push([key, mapValues(value)])
    else if (key === 'enum' || key === 'required') entries.push([key, value])
    else entries.push([key, toJsonSchema(value)])
  }
  return entries
}

function mapValues(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema)]))
}

/** An OpenAPI 3.0 schema as JSON Schema: `nullable` becomes a type, descriptions go. */
function toJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toJsonSchema)
  if (!isObject(schema)) return schema
  const result = Object.fromEntries(entriesOf(schema))
  if (schema['nullable'] !== true) return result
  if (typeof result['type'] !== 'string') return { anyOf: [result, { type: 'null' }] }
  const allowed = Array.isArray(result['enum']) ? { enum: [...result['enum'], null] } : {}
  return { ...result, ...allowed, type: [result['type'], 'null'] }
}

function referencedSchemas(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) referencedSchemas(item, found)
  else if (isObject(value)) {
    const reference = value['$ref']
    if (typeof reference === 'string') found.add(reference.replace('#/schemas/', ''))
    for (const item of Object.values(value)) referencedSchemas(item, found)
  }
}

function resolve(description: JsonObject, value: Json | undefined): JsonObject {
  if (!isObject(value)) return {}
  const reference = value['$ref']
  if (typeof reference !== 'string') return value
  let place: Json | undefined = description
  for (const step of reference.slice(2).split('/')) place = isObject(place) ? place[step] : undefined
  return resolve(description, place)
}

function parametersOf(description: JsonObject, operation: JsonObject, place: 'path' | 'query'): JsonObject {
  const properties: Record<string, Json> = {}
  const required: string[] = []
  const declared = operation['parameters']
  for (const item of Array.isArray(declared) ? declared : []) {
    const parameter = resolve(description, item)
    if (parameter['in'] !== place) continue
    const name = String(parameter['name'])
    properties[name] = toJsonSchema(parameter['schema'] ?? {})
    if (parameter['required'] === true) required.push(name)
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

function bodyOf(content: Json | undefined): Json | undefined {
  const json = isObject(content) ? content['application/json'] : undefined
  return isObject(json) && json['schema'] !== undefined ? toJsonSchema(json['schema']) : undefined
}

function extractOperation(description: JsonObject, key: string): JsonObject {
  const [method, path] = key.split(' ') as [string, string]
  const paths = description['paths']
  const item = isObject(paths) ? paths[path] : undefined
  const operation = isObject(item) ? item[method.toLowerCase()] : undefined
  if (!isObject(operation)) throw new Error(`the description has no operation ${key}`)
  const responses: Record<string, Json> = {}
  for (const [status, response] of Object.entries((operation['responses'] ?? {}) as JsonObject)) {
    responses[status] = bodyOf(resolve(description, response)['content']) ?? true
  }
  const body = bodyOf(resolve(description, operation['requestBody'])['content'])
  const documentation = operation['externalDocs']
  return {
    documentation: isObject(documentation) ? (documentation['url'] ?? '') : '',
    path: parametersOf(description, operation, 'path'),
    query: parametersOf(description, operation, 'query'),
    ...(body === undefined ? {} : { body }),
    responses,
  }
}

function extract(description: JsonObject): JsonObject {
  const extracted = Object.fromEntries(operations.map((key) => [key, extractOperation(description, key)]))
  const components = description['components']
  const all = isObject(components) ? components['schemas'] : undefined
  if (!isObject(all)) throw new Error('the description has no schemas')
  const schemas: Record<string, Json> = {}
  const wanted = new Set<string>()
  referencedSchemas(extracted, wanted)
  for (const name of wanted) {
    schemas[name] = toJsonSchema(all[name] ?? {})
    referencedSchemas(schemas[name] ?? null, wanted)
  }
  const info = isObject(description['info']) ? description['info'] : {}
  return {
    $comment: `Cut out of @octokit/openapi ${version} (MIT, see openapi.LICENSE) by scripts/extract-openapi.ts; do not edit.`,
    version: info['version'] ?? '',
    operations: extracted,
    schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function fetchPackage(folder: string): string {
  const packed = execFileSync('npm', ['pack', '--silent', `@octokit/openapi@${version}`], { cwd: folder })
  const members = ['package/generated/api.github.com.json', 'package/LICENSE']
  execFileSync('tar', ['xzf', packed.toString().trim(), ...members], { cwd: folder })
  return join(folder, 'package')
}

function main(given: string | undefined): void {
  const temporary = mkdtempSync(join(tmpdir(), 'openapi-'))
  try {
    const folder = given ?? fetchPackage(temporary)
    const description = JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8'))
    writeFileSync(new URL('openapi.json', target), `${JSON.stringify(extract(description))}\n`)
    writeFileSync(new URL('openapi.LICENSE', target), readFileSync(join(folder, 'LICENSE'), 'utf8'))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

main(process.argv[2])
