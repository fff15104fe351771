import { describe, expect, it } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { type Variables, withVariables } from '../../../src/domain/deployment/post-build-variables.ts'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { parseYaml, type YamlMap } from '../../../src/domain/source/yaml.ts'

/** `«X»` stands for the variable of that name. */
const written = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')
const objectOf = (text: string) =>
  parseYaml({ path: 'a.yaml', text: `# ours\n${written(text)}` }, { id: 'invalid-manifest' })[0]
    ?.root as YamlMap
const given = (values: Readonly<Record<string, string>>, more: Partial<Variables> = {}): Variables => ({
  values: new Map(Object.entries(values)),
  isComplete: true,
  isAlways: false,
  ...more,
})
const filled = (text: string, variables: Variables) => {
  const found = withVariables([objectOf(text)], variables)
  return typeof found === 'string' ? found : found.map(jsonOf)[0]
}

describe('what Flux fills in', () => {
  it('is read again as what it has become', () => {
    const values = given({ P: '80', Y: 'yes', L: '[a, b]', S: 'a.b' })

    expect(filled('{ p: "«P»", b: "«Y»", l: "«L»", s: "x-«S»", q: "x: «P»" }', values)).toEqual({
      p: 80,
      b: true,
      l: ['a', 'b'],
      s: 'x-a.b',
      q: 'x: 80',
    })
  })

  it('is filled in in keys, too', () => {
    expect(filled('{ "a-«K»": 1 }', given({ K: 'k' }))).toEqual({ 'a-k': 1 })
  })

  it('is nothing where there is no variable at all, unless that is asked for', () => {
    const text = '{ a: "«X»", b: "$$" }'

    expect(filled(text, given({}))).toEqual({ a: written('«X»'), b: '$$' })
    expect(filled(text, given({}, { isAlways: true }))).toEqual({ a: null, b: '$' })
  })

  it('is empty where a name has no value, and stays where it may have one elsewhere', () => {
    expect(filled('{ a: "x«N»" }', given({ X: 'v' }))).toEqual({ a: 'x' })
    expect(filled('{ a: "x«N»" }', given({ X: 'v' }, { isComplete: false }))).toEqual({ a: written('x«N»') })
  })

  it.each(['annotations', 'labels'])('is nothing in an object that says so in its %s', (field) => {
    const switched = `metadata: { ${field}: { kustomize.toolkit.fluxcd.io/substitute: disabled } }`

    expect(filled(`{ ${switched}, a: "«X»" }`, given({ X: 'v' }))).toMatchObject({ a: written('«X»') })
    expect(filled(`{ ${switched.replace('disabled', 'x')}, a: "«X»" }`, given({ X: 'v' }))).toMatchObject({
      a: 'v',
    })
  })

  it('fails for all where it fails in one', () => {
    const objects = ['{ a: "«X»" }', '{ a: "«a.b»" }'].map(objectOf)

    expect(withVariables(objects, given({ X: 'v' }))).toBe('failed')
    expect(filled('{ a: "«X»" }', given({ X: 'b: c: d' }))).toBe('failed')
  })

  it('leaves what holds none the same object', () => {
    const objects = [objectOf('{ a: [b, { c: 1 }] }')]
    const found = withVariables(objects, given({ X: 'v' }))

    expect(typeof found === 'string' ? found : found[0]).toBe(objects[0])
  })

  it('is not known beyond what there is room for', () => {
    const large = 'a'.repeat(1_000_000)
    const text = `{ a: ["${'«X»", "'.repeat(budgets.filledIn.size / large.length + 1)}"] }`

    expect(filled(text, given({ X: large }))).toBe('not known')
  })
})
