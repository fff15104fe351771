import { deliveredPaths } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { keptFromFlux } from '../git/ignore-files.ts'
import type { Layer } from '../layer.ts'
import { generatedTwice } from './built-twice.ts'
import type { Surroundings } from './kustomization-statements.ts'

/**
 * What Flux builds of folders without a kustomization: it generates one (`kustomization_generator.go`), which fails like a
 * written one, and nothing that lies there arrives then.
 */
export function generatedBuilds(objects: readonly DeliveryObject[], around: Surroundings): readonly Layer[] {
  const byFolder = new Map(
    objects
      .filter(({ kind }) => kind === 'Kustomization')
      .flatMap((object) => {
        const paths = deliveredPaths(object)
        return paths === 'mesh' ? [] : paths.map((path) => [path, object] as const)
      }),
  )
  const generated = [...byFolder].filter(([folder]) => !around.folders.has(folder))
  if (generated.length === 0) return []
  const isIgnored = keptFromFlux([...around.side.files.values()])
  return generated.map(([folder, { file, range }]) => ({
    kind: 'generated kustomization',
    name: folder === '' ? '.' : folder,
    file,
    range,
    statements: generatedTwice(folder, around, isIgnored).map((id) => ({
      what: { 'is built twice': id },
      reach: around.reach.below(folder),
      fault: true as const,
    })),
  }))
}
