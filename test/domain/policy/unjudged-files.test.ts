import { expect, it } from 'vitest'
import { unjudgedFiles } from '../../../src/domain/policy/unjudged-files.ts'

const at = (path: string, text: string) => ({ path, text })

it.each([
  ['apps/kustomization.yaml', 'kustomization'],
  ['apps/Kustomization', 'kustomization'],
  ['apps/web/Chart.yaml', 'chart'],
  ['apps/web/templates/a/_x.tpl', 'chart'],
  ['helmfile.yaml.gotmpl', 'chart'],
  ['apps/.argocd-source-web.yaml', 'argo-cd'],
  ['.sourceignore', 'flux'],
])('%s is a %s by its name, whatever it holds', (path, kind) => {
  expect(unjudgedFiles([{ path }], [])).toEqual([{ path, kind }])
})

it.each(['README.md', 'apps/web.yaml', 'charts/notes.txt', 'kustomization.md', 'src/templates/page.html'])(
  '%s is none',
  (path) => {
    expect(unjudgedFiles([{ path, merged: at(path, 'a: 1\n') }], [])).toEqual([])
  },
)

it('whatever lies in a folder with a chart belongs to it', () => {
  const charts = [at('web/Chart.yaml', 'name: web')]

  expect(unjudgedFiles([{ path: 'web/values.yaml' }, { path: 'webs/values.yaml' }], charts)).toEqual([
    { path: 'web/values.yaml', kind: 'chart' },
  ])
})

it('a file counts where it cannot be read on either side, and not where it says the same', () => {
  const broken = at('a.yaml', 'a: [\n}')
  const whole = at('a.yaml', 'a: 1\n')

  expect(unjudgedFiles([{ path: 'a.yaml', base: broken, merged: whole }], [])).toEqual([
    { path: 'a.yaml', kind: 'unreadable' },
  ])
  expect(unjudgedFiles([{ path: 'a.yaml', base: whole, merged: at('a.yaml', '# x\na:   1\n') }], [])).toEqual(
    [],
  )
})
