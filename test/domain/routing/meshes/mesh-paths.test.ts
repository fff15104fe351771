import { describe, expect, it } from 'vitest'
import { type MeshPlace, meshPaths } from '../../../../src/domain/routing/meshes/mesh-paths.ts'

const at = (path: string, mesh: string, within?: string): MeshPlace => ({
  file: { path },
  mesh,
  ...(within !== undefined && { within }),
})

describe('the entries that say which mesh everything is of', () => {
  it('are whole folders, the deepest first, and nothing for what no entry has to name', () => {
    expect(
      meshPaths(
        [
          at('deploy/prod/a.yaml', 'prod', 'deploy/prod'),
          at('deploy/prod/eu/a.yaml', 'prod/eu', 'deploy/prod/eu'),
          at('common/a.yaml', 'default'),
        ],
        'default',
      ),
    ).toEqual([
      { name: 'prod/eu', paths: ['deploy/prod/eu/**'] },
      { name: 'prod', paths: ['deploy/prod/**'] },
    ])
  })

  it('name a folder by itself where it lies in one of another mesh', () => {
    const unit = { key: 'u', folder: 'deploy/prod/app', destination: 'one' }

    expect(
      meshPaths(
        [at('deploy/prod/a.yaml', 'prod', 'deploy/prod'), { ...at('base/a.yaml', 'one'), unit }],
        'default',
      ),
    ).toEqual([
      { name: 'one', paths: ['deploy/prod/app/*'] },
      { name: 'prod', paths: ['deploy/prod/**'] },
    ])
  })

  it('go by the folder of what delivers a unit, where nothing else tells two apart', () => {
    const unit = (by: string) => ({ key: by, folder: 'app', by })
    const places = ['prod', 'stage'].map((by) => ({ ...at('app/a.yaml', by, by), unit: unit(by) }))

    expect(meshPaths(places, 'default')).toEqual([
      { name: 'prod', paths: ['prod/**'] },
      { name: 'stage', paths: ['stage/**'] },
    ])
  })

  it('are none where folders cannot say it, or a glob would read them otherwise', () => {
    const unit = (destination: string) => ({ key: destination, folder: 'app', destination })

    expect(
      meshPaths(
        ['one', 'two'].map((name) => ({ ...at('app/a.yaml', 'default'), unit: unit(name) })),
        'default',
      ),
    ).toEqual([{ name: 'default', paths: ['app/*'] }])
    expect(
      meshPaths(
        ['a', 'b'].map((mesh) => at('app/a.yaml', mesh, 'app')),
        'default',
      ),
    ).toEqual([])
    expect(meshPaths([at('x{y}/a.yaml', 'a', 'x{y}')], 'default')).toEqual([])
  })
})
