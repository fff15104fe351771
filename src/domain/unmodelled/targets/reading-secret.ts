import { at, labelsOf } from '../../manifest/json-fields.ts'
import type { Labels } from '../reach.ts'
import type { Reached } from '../reached.ts'
import type { NamedSecret } from '../reading/named-secrets.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { ownersOf, type World } from './world.ts'

/** The owners of what is read by a Secret of a name in a namespace; a namespace that nothing says may be any. */
export function readingSecret(
  { name, namespace }: { readonly name: string; readonly namespace: string | undefined },
  world: World,
): readonly Reached[] {
  const readers = world
    .secretsNamed()
    .filter((each) => each.name === name && isReadIn(each, namespace, world))
    .map(({ resource }) => resource)
  return ownersOf('object', readers, world)
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
function namespacesOfPods(selector: Labels, world: World): readonly string[] {
  const bears = (labels: Labels) => Object.entries(selector).every(([key, value]) => labels[key] === value)
  if (Object.keys(selector).length === 0) return []
  return world
    .workloads()
    .filter(({ body }) => podTemplatesOf(body).some(({ labels }) => bears(labels)))
    .flatMap(({ namespace }) => namespace ?? [])
}
