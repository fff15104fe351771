import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderCache } from '../../../src/domain/kustomize/cache.ts'
import { renderKustomization } from '../../../src/domain/kustomize/render.ts'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { parseYaml, type YamlNode } from '../../../src/domain/source/yaml.ts'
import { fileTree } from '../../support/file-tree.ts'
import { builtByKustomize, hasKustomize } from '../../support/kustomize.ts'
import { runs } from '../../support/laws.ts'
import { type Overlays, overlays } from '../../support/overlays.ts'

const numRuns = runs(25, 2_000)

function ours({ files, root }: Overlays): string | readonly unknown[] {
  const rendered = renderKustomization(root, { tree: fileTree(files) })
  if ('failed' in rendered) return 'fails'
  if (rendered.notRendered.length > 0) return 'not rendered'
  return rendered.objects.map(({ node }) => jsonOf(node))
}

function documentsIn(yaml: string): readonly unknown[] {
  const documents = parseYaml({ path: 'printed.yaml', text: yaml }, { id: 'invalid-manifest' })
  return documents.flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)]))
}

test('a key stands in the file of its value, and each place within its file', () => {
  fc.assert(
    fc.property(overlays, ({ files, root }) => {
      const rendered = renderKustomization(root, { tree: fileTree(files) })
      if ('failed' in rendered) return
      for (const { node } of rendered.objects) checkPlaces(node)
    }),
    { numRuns: numRuns * 4 },
  )
})

test('what is built twice, or from a cache, is the same', () => {
  fc.assert(
    fc.property(overlays, ({ files, root }) => {
      const [tree, cache] = [fileTree(files), renderCache()]
      const first = renderKustomization(root, { tree })
      for (const folder of ['base', 'middle', root]) renderKustomization(folder, { tree, cache })

      expect(renderKustomization(root, { tree, cache })).toEqual(first)
    }),
    { numRuns: numRuns * 2 },
  )
})

function checkPlaces(node: YamlNode): void {
  expect(node.range.start).toBeLessThanOrEqual(node.range.end)
  expect(node.range.end).toBeLessThanOrEqual(node.range.file.text.length)
  if (node.kind === 'sequence') for (const item of node.items) checkPlaces(item)
  if (node.kind !== 'map') return
  for (const { keyRange, value } of node.entries) {
    expect(keyRange.file.path).toBe(value.range.file.path)
    checkPlaces(value)
  }
}

/** A patch at their path, or one that merges a directive, or nothing, into them. */
const overwritesAnnotations = /\/metadata\/annotations|annotations[\\": ]+(?:null|\{[\\"]*\$patch)/

/** Without `kustomize` in version 5.8.1, on the path or named by `KUSTOMIZE`, there is nothing to compare with. */
describe.skipIf(!hasKustomize)('overlays that nobody wrote', () => {
  test('build to what Kustomize prints, in its order, and fail where it fails', () => {
    fc.assert(
      fc.property(overlays, (tree) => {
        const result = ours(tree)
        if (result === 'not rendered') return
        const theirs = builtByKustomize(tree)
        expect(result).toEqual('error' in theirs ? 'fails' : documentsIn(theirs.yaml))
      }),
      { numRuns },
    )
  })

  test('hold objects of the files that Kustomize names as their origin', () => {
    fc.assert(
      fc.property(overlays, (tree) => {
        // Whoever overwrites annotations overwrites what is said of the origin, too.
        if (Object.values(tree.files).some((text) => overwritesAnnotations.test(text))) return
        const path = `${tree.root}/kustomization.yaml`
        const annotated = { ...tree.files, [path]: `${tree.files[path]}buildMetadata: [originAnnotations]\n` }
        const theirs = builtByKustomize({ ...tree, files: annotated })
        const rendered = renderKustomization(tree.root, { tree: fileTree(tree.files) })
        if ('error' in theirs || 'failed' in rendered || rendered.notRendered.length > 0) return
        expect(rendered.objects.map(({ from }) => from.file.path).toSorted()).toEqual(
          originsIn(theirs.yaml, tree.root),
        )
      }),
      { numRuns },
    )
  })
})

/** The files that the annotations name, from the root of the tree: of a resource, or of the kustomization that generates it. */
function originsIn(yaml: string, root: string): readonly string[] {
  const origins = [...yaml.matchAll(/config\.kubernetes\.io\/origin: \|\n(?<lines>(?: {6}.*\n)+)/g)]
  return origins
    .map(({ groups }) => {
      const [, path = ''] = /(?:path|configuredIn): (\S+)/.exec(groups?.['lines'] ?? '') ?? []
      return path.startsWith('../') ? path.slice(3) : `${root}/${path}`
    })
    .toSorted()
}
