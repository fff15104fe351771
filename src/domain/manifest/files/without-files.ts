import type { Manifests } from '../manifests.ts'

/** What files say about the mesh, by kind. */
type Said = Pick<
  Manifests,
  'virtualServices' | 'gateways' | 'unmodelled' | 'diagnostics' | 'unreadable' | 'refusedBeside'
>

/** The same without what is said in some files. */
export function withoutFiles<T extends Said>(said: T, paths: ReadonlySet<string>): T {
  if (paths.size === 0) return said
  const isElsewhere = ({ file }: { readonly file: { readonly path: string } }) => !paths.has(file.path)
  return {
    ...said,
    virtualServices: said.virtualServices.filter(isElsewhere),
    gateways: said.gateways.filter(isElsewhere),
    unmodelled: said.unmodelled.filter(isElsewhere),
    diagnostics: said.diagnostics.filter(({ range }) => !paths.has(range?.file.path ?? '')),
    unreadable: said.unreadable.filter(({ path }) => !paths.has(path)),
    refusedBeside: said.refusedBeside.filter(({ path }) => !paths.has(path)),
  }
}
