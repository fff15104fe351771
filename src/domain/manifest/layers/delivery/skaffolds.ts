import type { Layer } from '../layer.ts'
import { folderOf } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesNamed, type SideFiles } from '../side-files.ts'
import { weightyValues } from '../silent-values.ts'
import { documentsIn, fieldsOf, listIn, textsIn } from '../written.ts'
import { foldersNamed } from './delivery-layers.ts'

/** What Skaffold deploys: the folders and files that its manifests and charts are taken from. What it builds is no matter of requests. */
export function skaffolds(side: SideFiles, reach: Reach): readonly Layer[] {
  return filesNamed(side, /(?:^|\/)skaffold[^/]*\.ya?ml$/).map((file) => ({
    kind: 'skaffold',
    name: file.path,
    file,
    statements: (documentsIn(file) ?? []).flatMap((document) => {
      const { manifests = null, deploy = null, profiles } = fieldsOf(document)
      const ofProfiles = listIn(profiles).map((each) => {
        const { name = null, manifests: own = null, deploy: how = null } = fieldsOf(each)
        return [name, own, how]
      })
      return [[manifests, deploy], ...ofProfiles].map((said) => {
        const folders = textsIn(said).flatMap((text) => {
          const start = text.replace(/[^/]*[*?[{].*$/, '').replace(/\/$/, '')
          return start === text.replace(/\/$/, '') || start !== ''
            ? foldersNamed(start, folderOf(file.path), side)
            : []
        })
        const files = folders.flatMap((each) =>
          side.files.has(each) ? reach.ofEntry(each) : reach.below(each),
        )
        return { what: weightyValues(said), reach: [...new Set(files)] }
      })
    }),
  }))
}
