import { isObject, type JsonValue } from '../../../manifest/json.ts'

/** A value as YAML in blocks, without a line break at its end; texts in quotes, so that they are read as texts again. */
export function yamlText(value: JsonValue): string {
  if (Array.isArray(value) && value.length > 0)
    return value.map((each: JsonValue) => `- ${within(each, '  ').trimStart()}`).join('\n')
  if (!isObject(value) || Object.keys(value).length === 0) return JSON.stringify(value)
  return Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${underKey(value[key] ?? null)}`)
    .join('\n')
}

function underKey(value: JsonValue): string {
  const isBlock = Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0
  return isBlock ? `\n${within(value, '  ')}` : ` ${yamlText(value)}`
}

function within(value: JsonValue, space: string): string {
  return yamlText(value)
    .split('\n')
    .map((line) => `${space}${line}`)
    .join('\n')
}
