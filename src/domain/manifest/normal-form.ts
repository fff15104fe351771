import { memoized } from '../source/memoized.ts'
import type { Gateway } from './gateway.ts'
import { canonicalJson } from './json.ts'
import { isServed, versionOf } from './kinds/api-versions.ts'
import { identityOf } from './names.ts'
import { filledInParts } from './placeholders/filled-in-parts.ts'
import type { Resource, UnmodelledResource } from './resource.ts'
import type { VirtualService } from './virtual-service.ts'

const readByIstio = {
  annotations: ['internal.istio.io/route-semantics', 'networking.istio.io/exportTo'],
  labels: ['istio.io/rev'],
}

function picked(
  values: Readonly<Record<string, string>>,
  keys: readonly string[],
): Readonly<Record<string, string>> {
  const held = keys.filter((key) => Object.hasOwn(values, key))
  return Object.fromEntries(held.map((key) => [key, values[key] ?? '']))
}

function contentOf(resource: VirtualService | Gateway | UnmodelledResource): unknown {
  if ('spec' in resource) {
    const parts = filledInParts(resource)
    return parts.length === 0 ? resource.spec : [resource.spec, parts.map((part) => ({ ...part }))]
  }
  const { apiVersion, metadata, status, ...content } = resource.body
  return content
}

/**
 * Everything of a resource that Istio reads, as one text: kind, identity, spec, the annotations and labels that mean
 * something to it, and a version that no cluster serves; those that are served are all the same. Two resources with the same normal form are the same to the mesh, however they are written.
 */
export const normalForm = memoized((resource: VirtualService | Gateway | UnmodelledResource): string => {
  const { kind, apiVersion, annotations, labels }: Resource = resource
  return canonicalJson({
    kind,
    ...(!isServed(apiVersion, kind) && { version: versionOf(apiVersion) }),
    identity: identityOf(resource),
    spec: contentOf(resource),
    annotations: picked(annotations, readByIstio.annotations),
    labels: picked(labels, readByIstio.labels),
  })
})
