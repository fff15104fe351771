import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { parseYaml, type YamlReader } from '../../../src/domain/source/yaml.ts'

interface Vector {
  readonly name: string
  readonly text: string
  /** What `kubectl annotate --local` prints, up to its error. */
  readonly plain: readonly unknown[] | null
  readonly plainError?: string
  /** What `kubectl kustomize` prints of the file as a resource. */
  readonly kustomize: readonly unknown[] | null
  readonly kustomizeError?: string
  readonly kustomizeYaml?: string
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, 'yaml-readers.json'), 'utf8'),
) as readonly Vector[]

const token = 'a text with such a token is unreadable here, whatever one reader makes of it'
const object = 'it is YAML; what is refused is the object, by whoever decodes it'
const printed = 'metadata is printed as Kubernetes types it'
const both = {
  'BOM second document': token,
  'CR only': token,
  'NEL in value': token,
  'kind number': object,
  'name number': object,
  'label number': object,
  'annotation boolean': object,
  'annotations null': printed,
  'metadata list': object,
  'top list': object,
  'top scalar': object,
  'Kind upper': object,
}

/** What these vectors say that is not the reader's to say, and why. */
const skip: Readonly<Record<YamlReader, Readonly<Record<string, string>>>> = {
  plain: { ...both, 'name boolean': object, 'namespace y': object },
  kustomize: { ...both, 'separator text': object },
}

function read(text: string, reader: YamlReader) {
  const documents = parseYaml({ path: 'x.yaml', text }, { id: 'x', reader })
  const broken = documents.findIndex(({ root }) => root === undefined)
  const before = broken === -1 ? documents : documents.slice(0, broken)
  return {
    isBroken: broken !== -1,
    values: before.flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)])),
  }
}

describe('a file that is applied directly', () => {
  test.each(vectors.filter(({ name }) => !Object.hasOwn(skip.plain, name)))(
    '$name',
    ({ text, ...vector }) => {
      const { values, isBroken } = read(text, 'plain')

      expect(isBroken, vector.plainError).toBe(vector.plainError !== undefined)
      expect(values).toEqual(vector.plain)
    },
  )
})

describe('a file that Kustomize builds upon', () => {
  test.each(vectors.filter(({ name }) => !Object.hasOwn(skip.kustomize, name)))(
    '$name',
    ({ text, ...vector }) => {
      const { values, isBroken } = read(text, 'kustomize')

      expect(isBroken, vector.kustomizeError).toBe(vector.kustomizeError !== undefined)
      if (!isBroken) expect(values).toEqual(vector.kustomize)
    },
  )
})
