import { posix } from 'node:path'
import type { Tree } from '../../src/domain/kustomize/values/tree-of-files.ts'
import type { SourceFile } from '../../src/domain/source/source-file.ts'

/** Files by their paths, and symbolic links by theirs, as a build sees them. The same path gives the same file each time. */
export function fileTree(
  texts: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Tree {
  const files = new Map(
    Object.entries(texts).map(([path, text]): [string, SourceFile] => [path, { path, text }]),
  )
  const folders = new Set(
    [...files.keys()].flatMap((path) => {
      const parts = path.split('/')
      return parts.map((_, index) => parts.slice(0, index).join('/'))
    }),
  )
  const real = (path: string, depth = 0): string => {
    const link = Object.keys(links).find((each) => path === each || path.startsWith(`${each}/`))
    if (link === undefined || depth > 10) return path
    const target = posix.join(posix.dirname(link), links[link] ?? '', path.slice(link.length))
    return real(target === '.' ? '' : target, depth + 1)
  }
  return (path) => {
    const at = real(path)
    const file = files.get(at)
    if (file !== undefined) return { kind: 'file', file }
    return folders.has(at) ? { kind: 'folder', path: at } : undefined
  }
}
