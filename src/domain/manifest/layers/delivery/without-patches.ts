import type { DeliveryObject } from '../delivery-objects.ts'
import { type Kustomization, patchFields, pathsIn } from '../kustomization.ts'

/**
 * The objects without those that are parts: a kustomization names the file as a patch, and no API server would take what stands there
 * for an object. What could be applied by itself stays one, whoever names it.
 */
export function withoutPatches(
  objects: readonly DeliveryObject[],
  kustomizations: readonly Kustomization[],
): readonly DeliveryObject[] {
  const patches = new Set(
    kustomizations.flatMap((each) => patchFields.flatMap((field) => pathsIn(each, field))),
  )
  return objects.filter((each) => !(patches.has(each.file.path) && lacksWhatItNeeds(each)))
}

function lacksWhatItNeeds({ kind, spec }: DeliveryObject): boolean {
  const needed = needs[kind] ?? []
  return needed.some((field) => spec[field] === undefined)
}

/** Fields that the definitions of these kinds ask for. */
const needs: Readonly<Partial<Record<DeliveryObject['kind'], readonly string[]>>> = {
  Application: ['destination', 'project'],
  ApplicationSet: ['generators', 'template'],
  Kustomization: ['interval', 'prune', 'sourceRef'],
  HelmRelease: ['interval'],
  GitRepository: ['interval', 'url'],
}
