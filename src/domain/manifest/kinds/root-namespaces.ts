import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'

/** Whatever some files call the root namespace of the mesh: an operator, values of a chart, a text within a ConfigMap. */
export function rootNamespacesIn(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(namesIn)
}

const namesIn = memoized(({ text }: SourceFile): readonly string[] => {
  if (!text.includes('rootNamespace')) return []
  return [...text.matchAll(/\brootNamespace\\?["']?:[ \t]*\\?["']?(?<name>[a-z0-9-]+)/g)].flatMap(
    ({ groups }) => groups?.['name'] ?? [],
  )
})
