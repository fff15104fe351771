import { sourcesOf } from '../../../manifest/layers/delivered-paths.ts'
import { addressOf } from '../../../manifest/layers/delivery/addresses.ts'
import { deliveriesIn } from '../../../manifest/layers/delivery-objects.ts'
import { fieldsOf, textIn } from '../../../manifest/layers/written.ts'
import type { SourceFile } from '../../../source/source-file.ts'

/** The addresses of the repositories of which Applications deliver folders; those of charts alone are left out. */
export function repositoriesNamed(files: readonly SourceFile[]): ReadonlySet<string> {
  const specs = files
    .flatMap((file) => deliveriesIn(file).objects)
    .flatMap(({ kind, spec }) => {
      if (kind === 'Application') return [spec]
      return kind === 'ApplicationSet' ? [fieldsOf(fieldsOf(spec['template'])['spec'])] : []
    })
  const sources = specs.flatMap(sourcesOf).filter(({ path }) => path !== undefined)
  return new Set(sources.flatMap(({ repoURL }) => textIn(repoURL) ?? []).map(addressOf))
}
