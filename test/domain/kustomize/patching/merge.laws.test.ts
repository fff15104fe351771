import fc from 'fast-check'
import { expect, test } from 'vitest'
import { strategicMerge } from '../../../../src/domain/kustomize/patching/merge.ts'
import { builtInSchemas } from '../../../../src/domain/kustomize/reading/schema.ts'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'
import { parseYaml, type YamlMap } from '../../../../src/domain/source/yaml.ts'

function mapOf(value: unknown): YamlMap {
  const [document] = parseYaml(
    { path: 'a.json', text: JSON.stringify(value) },
    { id: 'x', reader: 'kustomize' },
  )
  if (document?.root?.kind !== 'map') throw new Error('no mapping')
  return document.root
}

const key = fc.constantFrom('a', 'b', 'c')
const plain = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('x', 'y', 1, true),
    tie('map'),
    fc.array(fc.constantFrom('x', 1), { maxLength: 2 }),
  ),
  map: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
}))
const type = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService' }
const object = plain.map.map((spec) => mapOf({ ...type, spec }))

function merged(base: YamlMap, patch: YamlMap): unknown {
  const result = attempted(() => strategicMerge(base, patch, builtInSchemas))
  return result === undefined ? undefined : jsonOf(result)
}

/** A patch of another kind than what it is for ends the build. */
function attempted(merge: () => YamlMap | undefined): YamlMap | undefined {
  try {
    return merge()
  } catch {
    return undefined
  }
}

test('the object itself as a patch changes nothing', () => {
  fc.assert(
    fc.property(object, (base) => {
      expect(merged(base, base)).toEqual(jsonOf(base))
    }),
  )
})

test('a patch that was applied changes nothing any more', () => {
  fc.assert(
    fc.property(object, object, (base, patch) => {
      const once = attempted(() => strategicMerge(base, patch, builtInSchemas))
      if (once !== undefined) expect(merged(once, patch)).toEqual(jsonOf(once))
    }),
  )
})

test('what a patch does not name stays the very same value', () => {
  const base = mapOf({ ...type, spec: { a: { b: 1 } }, other: [1] })
  const after = strategicMerge(base, mapOf({ ...type, spec: { c: 2 } }), builtInSchemas)

  expect(after?.entries.find(({ key: name }) => name === 'other')?.value).toBe(base.entries.at(-1)?.value)
})
