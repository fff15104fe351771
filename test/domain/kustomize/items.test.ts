import { expect, test } from 'vitest'
import { attempt } from '../../../src/domain/kustomize/fault.ts'
import { type Item, itemOf } from '../../../src/domain/kustomize/item.ts'
import { appended } from '../../../src/domain/kustomize/items.ts'
import { parseYaml } from '../../../src/domain/source/yaml.ts'

function item(name: string): Item {
  const file = {
    path: `${name}.yaml`,
    text: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`,
  }
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document?.root?.kind !== 'map') throw new Error('no object')
  return itemOf(document.root, document.range)
}

const at = item('at').node.range

test('what one list was added to stands in none of the others', () => {
  const both = appended([item('a')], [item('b')], at)
  const [once, again] = [appended(both, [item('c')], at), appended(both, [item('c')], at)]

  expect([both.length, once.length, again.length]).toEqual([2, 3, 3])
})

test('an id that an earlier list has, or the same one twice, ends the build', () => {
  const three = appended(appended([item('a')], [item('b')], at), [item('c')], at)

  expect(attempt(() => appended(three, [item('a')], at))).toMatchObject({ fault: { code: 'duplicate-id' } })
  expect(attempt(() => appended(three, [item('d'), item('d')], at))).toMatchObject({
    fault: { code: 'duplicate-id' },
  })
  expect(appended(three, [item('d')], at).length).toBe(4)
})
