import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/domain/manifest/json.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { divideMeshes, redividedObjects } from '../../../../src/domain/routing/meshes/mesh-division.ts'
import { doubtWords } from '../../../../src/domain/terms/doubt-words.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'

const at = (path: string) => ({ file: { path, text: '' } })
const route = { route: [{ destination: { host: 'a' } }] }
const served = (identity: string, path: string) =>
  virtualService(identity, { hosts: ['a.example'], http: [route] }, path)

describe('which mesh a file belongs to', () => {
  it('one mesh, as long as no object stands twice', () => {
    const { meshOf, assumptions } = divideMeshes(
      manifests([served('n/a', 'prod/a.yaml'), served('n/b', 'staging/b.yaml')]),
      defaultIstioSettings,
    )

    expect(['prod/a.yaml', 'staging/b.yaml'].map((path) => meshOf(at(path)))).toEqual(['default', 'default'])
    expect(assumptions).toEqual([])
  })

  it('one object in several directories: a mesh for each at the first segment where they part', () => {
    const { meshOf, assumptions } = divideMeshes(
      manifests([served('n/a', 'clusters/prod/x/a.yaml'), served('n/a', 'clusters/staging/x/a.yaml')]),
      defaultIstioSettings,
    )

    expect(
      ['clusters/prod/x/a.yaml', 'clusters/staging/new/b.yaml', 'other/c.yaml'].map((path) =>
        meshOf(at(path)),
      ),
    ).toEqual(['prod', 'staging', 'default'])
    expect(assumptions).toEqual([
      {
        cause: {
          code: 'divided-meshes',
          folder: 'clusters',
          meshes: ['prod', 'staging'],
          entries: [
            { name: 'prod', paths: ['clusters/prod/**'] },
            { name: 'staging', paths: ['clusters/staging/**'] },
          ],
        },
        places: [],
      },
    ])
  })

  it('one object twice in one directory divides nothing', () => {
    const { meshOf } = divideMeshes(
      manifests([served('n/a', 'prod/a.yaml'), served('n/a', 'prod/a-canary.yaml')]),
      defaultIstioSettings,
    )

    expect(meshOf(at('prod/a.yaml'))).toBe('default')
  })

  it('no guess parts a delegate from its secondary; the block to write is said', () => {
    const primary = virtualService(
      'n/p',
      { hosts: ['*'], http: [{ delegate: { name: 's', namespace: 'n' } }] },
      'prod/p.yaml',
    )
    const secondary = virtualService('n/s', { http: [route] }, 'shared/s.yaml')
    const { meshOf, assumptions } = divideMeshes(
      manifests([primary, secondary, served('n/a', 'prod/a.yaml'), served('n/a', 'staging/a.yaml')]),
      defaultIstioSettings,
    )

    expect(meshOf(at('prod/p.yaml'))).toBe('default')
    expect(assumptions.map((each) => doubtWords(each).settle?.block).join()).toContain(
      'meshes:\n  - { name: "default", paths: ["prod/**", "shared/**", "staging/**"] }',
    )
  })

  it('as the clusters are, also where a delegate finds its secondary in another of them alone', () => {
    const delegating = { hosts: ['*'], http: [{ delegate: { name: 's', namespace: 'n' } }] }
    const delivered = (cluster: string, identity: string, spec: JsonObject) => ({
      ...virtualService(identity, spec, `${cluster}.yaml`),
      unit: { key: cluster, folder: cluster, destination: cluster },
    })
    const [primary, secondary] = [
      delivered('prod', 'n/p', delegating),
      delivered('stage', 'n/s', { http: [route] }),
    ]
    const divided = (...list: (typeof primary)[]) =>
      divideMeshes(manifests(list), defaultIstioSettings).meshOf

    expect([primary, secondary].map(divided(primary, secondary))).toEqual(['prod', 'stage'])
    const [byAddress] = [{ ...secondary, unit: { ...secondary.unit, destination: 'https://10.0.0.1' } }]
    expect([primary, byAddress].map(divided(primary, byAddress))).toEqual(['default', 'default'])
  })
})

describe('what would be in another mesh', () => {
  const today = [served('n/a', 'prod/a.yaml'), served('n/a', 'staging/a.yaml'), served('n/b', 'prod/b.yaml')]
  const redivided = (...after: Parameters<typeof manifests>[0]) => {
    const found = redividedObjects({ base: manifests(today), merged: manifests(after) }, defaultIstioSettings)
    return [...new Set(found.map(({ object }) => object.file.path))].sort()
  }

  it('nothing, where objects are copied between directories that are meshes already', () => {
    expect(redivided(...today, served('n/b', 'staging/b.yaml'), served('n/a', 'dev/a.yaml'))).toEqual([])
  })

  it('everything, where the last copy goes, or another one parts further up', () => {
    expect(redivided(served('n/a', 'prod/a.yaml'), served('n/b', 'prod/b.yaml'))).toEqual([
      'prod/a.yaml',
      'prod/b.yaml',
      'staging/a.yaml',
    ])
  })

  it('nothing in a repository that had nothing', () => {
    const merged = manifests(today)

    expect(redividedObjects({ base: manifests([]), merged }, defaultIstioSettings)).toEqual([])
  })
})
