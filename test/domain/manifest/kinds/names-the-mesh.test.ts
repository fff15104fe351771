import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decidingGroups } from '../../../../src/domain/manifest/kinds/deciding-groups.ts'
import { namesADecidingKind, namesTheMesh } from '../../../../src/domain/manifest/kinds/names-the-mesh.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'

const groups = [...decidingGroups.strict, ...decidingGroups.other]

const spellings: readonly ((apiVersion: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  (text) => `"${text.replaceAll('.', '\\x2e')}"`,
  (text) => `"${text.replaceAll('i', '\\u0069')}"`,
  (text) => `"${text.slice(0, 5)}\\\n    ${text.slice(5)}"`,
  (text) => `!!binary ${btoa(text)}`,
  (text) => `!!binary |\n  ${btoa(text).slice(0, 7)}\n  ${btoa(text).slice(7)}`,
]

describe('a text that names a group', () => {
  it('is recognised in whatever way YAML lets it be spelled, and its object is read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...groups), fc.constantFrom(...spellings), (group, spelled) => {
        const text = `apiVersion: ${spelled(`${group}/v1`)}\nkind: Thing\nmetadata: { name: a, namespace: b }\n`

        const { unmodelled } = parseManifests([{ path: 'a.yaml', text }], {
          version: { major: 1, minor: 30 },
          namespaceOf: () => undefined,
        })

        expect(namesADecidingKind(text)).toBe(true)
        expect(unmodelled.map(({ apiVersion, name }) => [apiVersion, name])).toEqual([[`${group}/v1`, 'a']])
      }),
    )
  })

  it('makes the analysis incomplete only where the group routes or forbids', () => {
    expect(groups.filter((group) => namesTheMesh(`apiVersion: ${group}/v1`))).toEqual([
      ...decidingGroups.strict,
    ])
  })

  it('is not one that names something else of the same domain', () => {
    const others = [
      'sidecar.istio.io/inject: "false"',
      'istio.io/rev: x',
      'apiVersion: networking.k8s.io/v1',
      'networking-istio.io',
    ]

    expect(others.filter(namesADecidingKind)).toEqual([])
  })
})
