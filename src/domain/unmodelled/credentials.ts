import { isObject, type JsonValue } from '../manifest/json.ts'
import type { Resource } from '../manifest/resource.ts'
import { podTemplatesOf } from './pod-templates.ts'
import { type Reached, reachedBy } from './reached.ts'
import { owned, type World } from './world.ts'
import { at, labelsOf, objectsOf, textOf, textsOf } from './written.ts'

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
    field.test(key) ? [...textsOf(inner), ...(textOf(inner) ? [textOf(inner) ?? ''] : [])] : textsUnder(inner, field),
  )
}

/** The owners of what is read by a Secret of a name in a namespace; a namespace that nothing says may be any. */
export function readingSecret(
  { name, namespace }: { readonly name: string; readonly namespace: string | undefined },
  world: World,
): readonly Reached[] {
  const readers = world
    .secretsNamed()
    .filter((each) => each.name === name && isReadIn(each, namespace, world))
    .map(({ resource }) => resource)
  if (readers.length === 0) return []
  return [
    reachedBy(
      'secret',
      readers.map((each) => each.name),
      owned(readers.map(world.ownerOf)),
    ),
  ]
}

function isReadIn(secret: NamedSecret, namespace: string | undefined, world: World): boolean {
  if (namespace === undefined || secret.namespace === undefined) return true
  if (secret.namespace !== 'of the pods') return secret.namespace === namespace
  const { gatewayNamespaces } = world.comparison.settings
  if (gatewayNamespaces.length > 0) return gatewayNamespaces.includes(namespace)
  const pods = namespacesOfPods(labelsOf(at(secret.resource.body, 'spec', 'selector')), world)
  return pods.length === 0 || pods.includes(namespace)
}

/** Where pods of a selector are here; of those that are not, nothing is known. */
function namespacesOfPods(selector: Readonly<Record<string, string>>, world: World): readonly string[] {
  const bears = (labels: Readonly<Record<string, string>>) =>
    Object.entries(selector).every(([key, value]) => labels[key] === value)
  if (Object.keys(selector).length === 0) return []
  return world
    .workloads()
    .filter(({ body }) => podTemplatesOf(body).some(({ labels }) => bears(labels)))
    .flatMap(({ namespace }) => namespace ?? [])
}
