import { isObject, type JsonValue } from '../manifest/json.ts'
import type { Resource } from '../manifest/resource.ts'
import { at, objectsOf, textOf, textsOf } from './written.ts'

/** A Secret that an object names: in its own namespace, in another, or in that of the pods that read it. */
export interface NamedSecret {
  readonly resource: Pick<Resource, 'file' | 'name' | 'namespace' | 'body' | 'kind'>
  readonly name: string
  readonly namespace: string | undefined | 'of the pods'
}

/** Every Secret that a Gateway or a DestinationRule names. */
export function namedSecrets(resources: readonly NamedSecret['resource'][]): readonly NamedSecret[] {
  return resources.flatMap((resource) => [
    ...textsUnder(resource.body, /^credentialNames?$/).map((name) => ({
      resource,
      name: name.split('/').at(-1) ?? name,
      namespace: 'of the pods' as const,
    })),
    ...certificatesOf(resource),
  ])
}

function certificatesOf(resource: NamedSecret['resource']): readonly NamedSecret[] {
  const listeners = objectsOf(at(resource.body, 'spec', 'listeners'))
  const written = listeners.flatMap((each) => objectsOf(at(each, 'tls', 'certificateRefs')))
  return written.flatMap((each) => {
    const name = textOf(each['name'])
    const namespace = textOf(each['namespace']) ?? resource.namespace
    return name === undefined ? [] : [{ resource, name, namespace }]
  })
}

function textsUnder(value: JsonValue | undefined, field: RegExp): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => textsUnder(each, field))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    field.test(key)
      ? [...textsOf(inner), ...(textOf(inner) ? [textOf(inner) ?? ''] : [])]
      : textsUnder(inner, field),
  )
}
