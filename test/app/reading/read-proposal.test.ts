import { describe, expect, it } from 'vitest'
import { wantedBy } from '../../../src/app/reading/read-proposal.ts'

describe('the paths that may hold manifests', () => {
  const wantedWith = (text: string) => wantedBy({ path: '.github/firebreak.yml', text })

  it('hold a kustomization without extension where they would hold one with it', () => {
    const wanted = wantedBy(undefined)

    expect(['Kustomization', 'a/Kustomization', 'a/kustomization.yml'].map(wanted)).toEqual([
      true,
      true,
      true,
    ])
    expect(['a/MyKustomization', 'Kustomization/a', 'a/kustomization'].map(wanted)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('hold layers by their names wherever they lie: they decide about manifests elsewhere', () => {
    const wanted = wantedWith('manifests: { include: ["b/**"] }\n')
    const layers = [
      'a/Kustomization',
      'Chart.yaml',
      'a/values-prod.yaml',
      'a/.argocd-source-web.yaml',
      '.sourceignore',
      'a/.helmignore',
      '.gitattributes',
      'a/.gitattributes',
      '.gitmodules',
      'helmfile.yaml.gotmpl',
    ]

    expect(layers.filter((path) => !wanted(path))).toEqual([])
  })

  it('leave out what the configuration leaves out', () => {
    expect(wantedWith('manifests: { include: ["b/**"] }\n')('a/vs.yaml')).toBe(false)
    expect(wantedWith('manifests: { exclude: ["a/**"] }\n')('a/Kustomization')).toBe(false)
    expect(wantedWith('manifests: { exclude: ["**/Kustomization"] }\n')('a/Kustomization')).toBe(false)
    expect(wantedWith('manifests: { exclude: ["**/kustomization.yaml"] }\n')('a/Kustomization')).toBe(false)
  })
})
