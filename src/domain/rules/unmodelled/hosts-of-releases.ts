import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import type { DeliveryObject } from '../../manifest/layers/delivery-objects.ts'
import { readableIn } from '../../manifest/layers/written.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import { identityOf } from '../../manifest/names.ts'
import { code } from '../../terms/code.ts'
import { joined, say } from '../../words/phrase.ts'
import { namedByTemplate } from './named-by-template.ts'
import type { Unmodelled } from './unmodelled.ts'

/** Values under such a key are for what is served; any other host is one that is called. */
const serving =
  /^(?:virtual-?services?|istio|ingress(?:es)?|gateways?|routes?|hosts?|host-?names?|domains?)$/i

interface Released {
  readonly mesh: string
  readonly manifests: Manifests
  /** Hosts of VirtualServices, in lower case. */
  readonly hosts: ReadonlySet<string>
}

/** A release of a chart that is not rendered, whose own values hold hosts that others have. */
export function hostsOfRelease(
  resource: DeliveryObject,
  { mesh, manifests, hosts }: Released,
): readonly Unmodelled[] {
  const texts = valuesIn(resource).flatMap((each) => served(each, false))
  const given = [...new Set(texts.filter((each) => hosts.has(each)))].toSorted()
  if (given.length === 0) return []
  const { kind, name, file, range } = resource
  return [
    {
      ...namedByTemplate('', file.path, { manifests, given }),
      key: `${mesh} ${kind} ${identityOf(resource)} values`,
      content: canonicalJson(given),
      code: 'unmodelled-change.filled-in',
      name: say`${kind} ${code(name)}, in what it gives to a chart,`,
      why: say`Its values hold ${joined(given.map(code), ', ')}, and what the chart makes of them is not known here`,
      resource: identityOf(resource),
      mesh,
      path: file.path,
      node: {},
      range,
    },
  ]
}

function valuesIn({ kind, spec }: DeliveryObject): readonly JsonValue[] {
  if (kind === 'HelmRelease') return [at(spec, 'values') ?? null]
  if (kind !== 'Application') return []
  const sources = [...objectsOf(at(spec, 'source')), ...objectsOf(at(spec, 'sources'))]
  return sources.flatMap((source) => {
    const helm = at(source, 'helm')
    const parameters = objectsOf(at(helm, 'parameters')).map(parameter)
    return [at(helm, 'valuesObject') ?? null, ...readableIn(textOf(at(helm, 'values')) ?? ''), ...parameters]
  })
}

function parameter({ name, value }: JsonObject): JsonObject {
  const keys = (textOf(name) ?? '').replaceAll(/\[\d+\]/g, '').split('.')
  return keys.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value ?? null) as JsonObject
}

function served(value: JsonValue, isServed: boolean): readonly string[] {
  if (typeof value === 'string') return isServed ? [value.trim().toLowerCase()] : []
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => served(each, isServed))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => served(each ?? null, isServed || serving.test(key)))
}
