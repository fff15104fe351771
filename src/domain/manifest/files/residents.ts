import type { SourceFile } from '../../source/source-file.ts'
import { type WrittenObject, writtenObjects } from '../kinds/written-objects.ts'
import type { Manifests } from '../manifests.ts'

/**
 * The paths of the files that hold something of a namespace: whatever kind of object names it, the `Namespace` itself, and
 * VirtualServices and Gateways that have it from elsewhere. Sorted. Only files in whose text the name stands are looked into.
 */
export function residentPaths(manifests: Manifests, namespace: string): readonly string[] {
  return pathsOf(manifests, namespace, (object) => livesIn(object, namespace) || isItself(object, namespace))
}

/** Those of them that hold more than the `Namespace`, which a platform team writes for others; all where there is nothing else. */
export function dwellingPaths(manifests: Manifests, namespace: string): readonly string[] {
  const dwelling = pathsOf(manifests, namespace, (object) => livesIn(object, namespace))
  return dwelling.length > 0 ? dwelling : residentPaths(manifests, namespace)
}

function pathsOf(
  { virtualServices, gateways, unmodelled, files }: Manifests,
  namespace: string,
  holds: (object: WrittenObject) => boolean,
): readonly string[] {
  const known = [...virtualServices, ...gateways, ...unmodelled].filter(
    (resource) => resource.namespace === namespace,
  )
  const others = files.filter(
    (file) => file.text.includes(namespace) && objectsAbout(file, namespace).some(holds),
  )
  return [...new Set([...known.map(({ file }) => file.path), ...others.map(({ path }) => path)])].sort()
}

function objectsAbout(file: SourceFile, namespace: string): readonly WrittenObject[] {
  return writtenObjects(file, (text) => text.includes(namespace))
}

function livesIn({ kind, namespace: own }: WrittenObject, namespace: string): boolean {
  return kind !== 'Namespace' && own === namespace
}

function isItself({ kind, name }: WrittenObject, namespace: string): boolean {
  return kind === 'Namespace' && name === namespace
}
