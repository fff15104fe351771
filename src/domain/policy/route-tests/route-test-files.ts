import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlDocument } from '../../source/yaml.ts'
import { entryOf, type YamlNode } from '../../source/yaml-node.ts'

/** The slug under which mistakes in route tests are reported. */
export const routeTestRule = 'broken-route-test'

/** Whether a file is called as route tests are. */
export function isRouteTestPath(path: string): boolean {
  return /(?:^|[/.])firebreak-tests?\.ya?ml$/.test(path)
}

/** The documents of a file of route tests, read as manifests are. */
export const routeTestDocuments = memoized((file: SourceFile): readonly YamlDocument[] =>
  parseYaml(file, { id: routeTestRule }),
)

/** Whether whoever deploys the file reads an object in a document: then it is a manifest, whatever the file is called. */
export function isObject(root: YamlNode): boolean {
  return (
    root.kind === 'map' && ['apiVersion', 'kind', 'items'].some((key) => entryOf(root, key) !== undefined)
  )
}
