import type { SourceFile } from '../../source/source-file.ts'
import { type WrittenObject, writtenObjects } from '../kinds/written-objects.ts'
import type { Manifests } from '../manifests.ts'

/**
 * The paths of the files that hold something of a namespace: whatever kind of object names it, the `Namespace` itself, and
 * VirtualServices and Gateways that have it from elsewhere. Sorted. Only files in whose text the name stands are looked into.
 */
export function residentPaths(manifests: Manifests, namespace: string): readonly string[] {
  const { virtualServices, gateways, unmodelled, files } = manifests
  const known = [...virtualServices, ...gateways, ...unmodelled].filter(
    (resource) => resource.namespace === namespace,
  )
  const others = files.filter((file) => file.text.includes(namespace) && holdsOne(file, namespace))
  return [...new Set([...known.map(({ file }) => file.path), ...others.map(({ path }) => path)])].sort()
}

function holdsOne(file: SourceFile, namespace: string): boolean {
  return writtenObjects(file, (text) => text.includes(namespace)).some((object) => lives(object, namespace))
}

function lives({ kind, name, namespace: own }: WrittenObject, namespace: string): boolean {
  return kind === 'Namespace' ? name === namespace : own === namespace
}
