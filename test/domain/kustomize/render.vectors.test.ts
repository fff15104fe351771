import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Rendered, renderKustomization } from '../../../src/domain/kustomize/render.ts'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { parseYaml } from '../../../src/domain/source/yaml.ts'
import { fileTree } from '../../support/file-tree.ts'

interface Vector {
  readonly case: string
  readonly why: string
  readonly root?: string
  readonly flags?: string
  readonly links?: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  /** What Kustomize 5.8.1 prints; else it fails with `error`. */
  readonly expected?: string
  readonly error?: string
}

const path = join(import.meta.dirname, 'render.vectors.yaml')
const vectors: readonly Vector[] = parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 })

/** What does not come out the same, and why. */
const skipped: Readonly<Record<string, string>> = {
  '199-buildMetadata': 'annotations that tell origins are left out: every value has its own',
}

/** What the real program refuses, or fetches, by its settings is known by nobody here, and named. */
const named: Readonly<Record<string, string>> = {
  '169-res-remote-recognised': 'remote-base',
  '200-helmCharts': 'helm-chart',
  '202-generators-plugin': 'plugin',
  '203-generators-exec-function': 'plugin',
}

function built(vector: Vector): Rendered {
  return renderKustomization(vector.root ?? '', {
    tree: fileTree(vector.files, vector.links),
    ...(vector.flags?.includes('LoadRestrictionsNone') && { loadRestrictions: 'none' }),
  })
}

const asSet = (values: readonly unknown[]) => values.map((each) => JSON.stringify(sorted(each))).toSorted()

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}

describe('builds as Kustomize 5.8.1', () => {
  for (const vector of vectors) {
    const title = `${vector.case}: ${vector.why}`
    if (Object.hasOwn(skipped, vector.case)) {
      test.skip(`${title} (${skipped[vector.case]})`)
      continue
    }
    test(title, () => {
      const rendered = built(vector)
      if ('failed' in rendered) {
        expect(vector.error, JSON.stringify({ ...rendered.failed, range: undefined })).toBeDefined()
        return
      }
      const code = named[vector.case]
      if (code !== undefined) {
        expect(rendered.notRendered.map((each) => each.code)).toContain(code)
        return
      }
      expect(vector.error).toBeUndefined()
      expect(rendered.notRendered).toEqual([])
      const expected = parseYaml(
        { path: 'expected', text: vector.expected ?? '' },
        { id: 'invalid-manifest' },
      )
      const wanted = expected.flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)]))
      expect(asSet(rendered.objects.map(({ node }) => jsonOf(node)))).toEqual(asSet(wanted))
    })
  }
})
