import { expect, test } from 'vitest'
import { budgets } from '../../../../src/domain/budgets.ts'
import { parseYaml } from '../../../../src/domain/source/yaml.ts'

const text = 'a: yes\n---\nb: {\n---\nc: 1\n'
const reading = { id: 'invalid-manifest' }

function read(file: { readonly path: string; readonly text: string }, more = {}) {
  return parseYaml(file, { ...reading, ...more })
}

test('the documents of a file are read once, whoever asks for which of them', () => {
  const file = { path: 'a.yaml', text }
  const last = read(file, { wanted: (each: string) => each.includes('c') })

  expect(read(file).at(-1)).toBe(last[0])
  expect(read(file)).toEqual(read({ ...file }))
})

test('each reader has a reading of its own, and each slug', () => {
  const file = { path: 'a.yaml', text }
  const [plain, kustomize] = [read(file), read(file, { reader: 'kustomize' })]

  expect(plain[0]?.root).toMatchObject({ entries: [{ value: { value: true } }] })
  expect(kustomize[0]?.root).toMatchObject({ entries: [{ value: { value: 'yes' } }] })
  expect(read(file, { id: 'invalid-snapshot' })[1]?.diagnostics[0]?.id).toBe('invalid-snapshot')
})

test('the documents of a file are read anew once many others were asked about', () => {
  const file = { path: 'a.yaml', text }
  const before = read(file)
  const large = ' '.repeat(budgets.parsedText.size / 4)
  for (const path of ['b', 'c', 'd', 'e']) read({ path, text: `${large}${path}: 1` })

  expect(read(file)[0]).not.toBe(before[0])
  expect(read(file)).toEqual(before)
})
