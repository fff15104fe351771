import type { Manifests } from '../manifests.ts'

/** The files of one side that cannot be read to their end: kubectl stops there, Argo CD and Kustomize give all of it up. */
export function brokenFiles({ unreadable, refusedBeside }: Manifests): ReadonlySet<string> {
  return new Set(
    [...unreadable, ...refusedBeside]
      .filter(({ template, object }) => template !== true && object !== true)
      .map(({ path }) => path),
  )
}
