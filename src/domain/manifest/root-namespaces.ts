import type { SourceFile } from '../source/source-file.ts'

/** Whatever a file calls the root namespace of the mesh: an operator, values of a chart, a text within a ConfigMap. */
export function rootNamespacesIn(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const names = known.get(file) ?? namesIn(file)
    known.set(file, names)
    return names
  })
}

const known = new WeakMap<SourceFile, readonly string[]>()

function namesIn({ text }: SourceFile): readonly string[] {
  if (!text.includes('rootNamespace')) return []
  return [...text.matchAll(/\brootNamespace\\?["']?:[ \t]*\\?["']?(?<name>[a-z0-9-]+)/g)].flatMap(
    ({ groups }) => groups?.['name'] ?? [],
  )
}
