import { expect, it } from 'vitest'
import { namedFiles } from '../../../../src/domain/manifest/layers/named-files.ts'

const named = namedFiles(
  Object.entries({
    'a/kustomization.yaml': 'resources: [vs.txt, ../b]\npatches: [{ path: p.tpl }]\ntransformers: [t]\n',
    'c/Chart.yaml': 'name: c\n',
    'app.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { source: { path: c, helm: { valueFiles: [x.vals, $all/y.vals] } } }\n',
  }).map(([path, text]) => ({ path, text })),
)

it('a file of any name is read where a layer names it', () => {
  const wanted = ['a/vs.txt', 'a/p.tpl', 'a/t/deep/er', 'c/templates/x.txt', 'c/x.vals', 'y.vals']

  expect(wanted.filter((path) => !named.has(path))).toEqual([])
  expect(['a/other.txt', 'c/README.md', 'vs.txt', 'x.vals'].filter(named.has)).toEqual([])
})

it('what a chart draws in is delivered with it, wherever it says so', () => {
  const requirements = 'dependencies: [{ name: e, repository: "file://../e" }]\n'
  const files = [{ path: 'c/requirements.yaml', text: requirements }]

  expect(namedFiles(files).has('e/Chart.yaml')).toBe(true)
  expect(namedFiles(files).has('d/Chart.yaml')).toBe(false)
})

it('a patch under such a name is no manifest, a resource is one', () => {
  expect(['a/p.tpl', 'c/x.vals', '.gitattributes', 'x/.sourceignore'].filter(named.isOnlySaid)).toHaveLength(
    4,
  )
  expect(['a/vs.txt', 'c/templates/x.txt', 'a/p.yaml', 'a/Kustomization'].filter(named.isOnlySaid)).toEqual(
    [],
  )
})

it('a place is entered where a layer looks at it, below it, or takes the folder around it', () => {
  expect(['a', 'b', 'c', 'c/sub'].filter(named.isEntered)).toEqual(['a', 'b', 'c', 'c/sub'])
  expect(['d', 'b/sub'].filter(named.isEntered)).toEqual([])
})
