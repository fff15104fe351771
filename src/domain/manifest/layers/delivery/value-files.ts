import { sourcesOf } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { resolvedPath } from '../paths.ts'
import { fieldsOf, listIn, textIn } from '../written.ts'

/** The files of values that an Application or a HelmRelease names for its chart, from the root of the repository. */
export function valueFilesOf({ kind, spec }: DeliveryObject): readonly string[] {
  if (kind === 'HelmRelease') {
    const chart = fieldsOf(fieldsOf(spec['chart'])['spec'])
    return [...listIn(chart['valuesFiles']), chart['valuesFile']].flatMap(
      (each) => resolvedPath('', textIn(each) ?? '') || [],
    )
  }
  const template = fieldsOf(fieldsOf(spec['template'])['spec'])
  const sources = [...sourcesOf(spec), ...sourcesOf(template)]
  return sources.flatMap(({ path, helm }) =>
    listIn(fieldsOf(helm)['valueFiles']).flatMap((each) => {
      const written = textIn(each) ?? ''
      // `$name/path` begins at the root of the source of that name.
      const file = /^\$[^/]*\/(?<rest>.*)$/.exec(written)?.groups?.['rest']
      return (
        resolvedPath(file === undefined ? (textIn(path) ?? '') : '', file ?? written.replace(/^\/+/, '')) ||
        []
      )
    }),
  )
}
