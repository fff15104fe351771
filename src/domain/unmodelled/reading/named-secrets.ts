import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import type { Resource } from '../../manifest/resource.ts'

/** A Secret, or a ConfigMap, that an object names: in its own namespace, in another, or in that of the pods that read it. */
export interface NamedSecret {
  readonly resource: Pick<Resource, 'file' | 'name' | 'namespace' | 'body' | 'kind'>
  /** As `configMapNamed` has it where it is a ConfigMap. */
  readonly name: string
  readonly namespace: string | undefined | 'of the pods'
}

/** The name of a ConfigMap among those of Secrets, none of which holds a slash. */
export function configMapNamed(name: string): string {
  return `ConfigMap/${name}`
}

/** Everything that a Gateway, a DestinationRule or a policy of TLS proves by who it, or somebody else, is. */
export function namedSecrets(resources: readonly NamedSecret['resource'][]): readonly NamedSecret[] {
  return resources.flatMap((resource) => [
    ...valuesUnder(resource.body, /^(?:credentialNames?|caCertCredentialName)$/)
      .flatMap((value) => [...textsOf(value), ...[textOf(value) ?? []].flat()])
      .map((name) => ({
        resource,
        name: name.split('/').at(-1) ?? name,
        namespace: 'of the pods' as const,
      })),
    ...referredTo(resource),
  ])
}

/** References of the Gateway API to certificates, to authorities, and to what a Gateway is deployed with. */
const references = /^(?:certificateRefs|caCertificateRefs|clientCertificateRef|parametersRef)$/

function referredTo(resource: NamedSecret['resource']): readonly NamedSecret[] {
  const written = valuesUnder(resource.body, references).flatMap((each): readonly JsonObject[] =>
    objectsOf(each),
  )
  return written.flatMap((each) => {
    const name = textOf(each['name'])
    const namespace = textOf(each['namespace']) ?? resource.namespace
    if (name === undefined) return []
    return [{ resource, name: each['kind'] === 'ConfigMap' ? configMapNamed(name) : name, namespace }]
  })
}

function valuesUnder(value: JsonValue | undefined, field: RegExp): readonly JsonValue[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => valuesUnder(each, field))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    field.test(key) ? [inner ?? null] : valuesUnder(inner, field),
  )
}
