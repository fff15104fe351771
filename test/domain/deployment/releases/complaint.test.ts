import { describe, expect, test } from 'vitest'
import { foldersOf } from '../../../../src/domain/deployment/folders.ts'
import { readComplaint } from '../../../../src/domain/deployment/releases/complaint.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'

const files = [
  { path: 'charts/shop/Chart.yaml', text: 'name: store\n' },
  { path: 'charts/shop/templates/a.yaml', text: 'a\nb\nc\n' },
  { path: 'env/prod.yaml', text: 'a: b\nc: [\n' },
]
const release = {
  key: 'Chart charts/shop',
  by: [],
  chart: 'charts/shop',
  name: 'shop',
  values: [
    { path: 'env/prod.yaml', text: 'a: b\nc: [\n' },
    { path: 'env/prod.yaml', text: '{"a":1}' },
  ],
  set: [],
  overlays: [],
  drawn: new Map(),
  rest: '',
}

function place(complaint: string): string {
  const { range } = readComplaint(complaint, release, foldersOf(files))
  const { file, line } = positionOf(range)
  return `${file}:${line}`
}

describe('what helm complains of has a place', () => {
  test.each([
    ['execution error at (store/templates/a.yaml:2:6): host is needed', 'charts/shop/templates/a.yaml:2'],
    ['parse error at (store/templates/a.yaml:3): unclosed action', 'charts/shop/templates/a.yaml:3'],
    [
      'template: store/templates/a.yaml:3:13: executing "store/templates/a.yaml" at <.x>: nil',
      'charts/shop/templates/a.yaml:3',
    ],
    [
      'store/templates/a.yaml:3:13\n  executing "store/templates/a.yaml" at <.x>:\n    nil',
      'charts/shop/templates/a.yaml:3',
    ],
    ['YAML parse error on store/templates/a.yaml: yaml: line 2: x', 'charts/shop/templates/a.yaml:1'],
    ['failed to parse ./values-0.yaml: yaml: line 2: x', 'env/prod.yaml:2'],
    ['failed to parse ./values-1.yaml: yaml: line 2: x', 'env/prod.yaml:1'],
    ['store/charts/sub/templates/gone.yaml:3:1: x', 'charts/shop/Chart.yaml:1'],
    ['chart requires kubeVersion: >= 99', 'charts/shop/Chart.yaml:1'],
    ['store/templates/a.yaml:99:1: beyond the end', 'charts/shop/templates/a.yaml:4'],
  ])('%j', (complaint, expected) => {
    expect(place(complaint)).toBe(expected)
  })

  test('however long it is', () => {
    expect(readComplaint('x'.repeat(10_000), release, foldersOf(files)).text.length).toBeLessThan(600)
  })
})
