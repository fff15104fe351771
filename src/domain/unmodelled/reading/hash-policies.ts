import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { at, objectsOf } from '../../manifest/json-fields.ts'

/** What no name of a header may hold, and none may be longer than this. */
const unsendable = /[\0\n\r]/
const longestName = 16_384

/**
 * Whether the routes that lead to a host carry a hash policy that Envoy refuses, and with it all routes of the port: Istio takes any
 * name of a header, a query parameter or an attribute of a cookie (measured with Envoy 1.40).
 */
export function isRefusedByEnvoy({ spec }: JsonObject): boolean {
  return policiesOf(spec).some((policy) => {
    const hash = at(policy, 'loadBalancer', 'consistentHash')
    const cookie = at(hash, 'httpCookie')
    return (
      isRefusedName(at(hash, 'httpHeaderName')) ||
      at(hash, 'httpQueryParameterName') === '' ||
      objectsOf(at(cookie, 'attributes')).some(
        ({ name, value }) => isRefusedName(name) || isRefusedText(value),
      ) ||
      /^-/.test(textAt(at(cookie, 'ttl')))
    )
  })
}

/** Those of the rule, of its ports and of its subsets. */
function policiesOf(spec: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  const rules = [spec, ...objectsOf(at(spec, 'subsets'))].map((each) => at(each, 'trafficPolicy'))
  return rules.flatMap((rule) => [rule, ...objectsOf(at(rule, 'portLevelSettings'))])
}

function textAt(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function isRefusedName(name: JsonValue | undefined): boolean {
  return name === '' || isRefusedText(name)
}

function isRefusedText(value: JsonValue | undefined): boolean {
  const text = textAt(value)
  return unsendable.test(text) || new TextEncoder().encode(text).length > longestName
}
