import { describe, expect, it } from 'vitest'
import { type Copy, partingFolders, variantOf } from '../../../../src/domain/routing/meshes/variants.ts'

const at = (identity: string, ...folders: readonly string[]): Copy => ({ identity, folders })
const parting = (copies: readonly Copy[], others: readonly Copy[] = []) =>
  partingFolders(copies, () => others)

describe('folders that hold variants', () => {
  it('are those in which copies of the same objects part', () => {
    expect(parting([at('a', 'deploy/prod'), at('a', 'deploy/stage'), at('b', 'deploy/prod')])).toEqual([
      'deploy',
    ])
  })

  it('are none where nothing stands twice, or twice in one folder', () => {
    expect(parting([at('a', 'prod'), at('b', 'stage')])).toEqual([])
    expect(parting([at('a', 'prod'), at('a', 'prod')])).toEqual([])
  })

  it('are none where one name is all that they have in common', () => {
    const one = at('a', 'apps/one')
    const two = at('a', 'apps/two')
    const others = [at('x', 'apps/one'), at('y', 'apps/one'), at('z', 'apps/two'), at('w', 'apps/two')]

    expect(parting([one, two], others)).toEqual([])
    expect(parting([one, two], others.slice(0, 1))).toEqual(['apps'])
  })

  it('may lie in each other', () => {
    const copies = ['dev/east', 'dev/west', 'prod/east', 'prod/west'].map((folder) => at('a', folder))

    expect(parting(copies)).toEqual(['', 'dev', 'prod'])
    expect(variantOf(['prod/west/app'], parting(copies))).toBe('prod/west')
  })

  it('are told by whatever tells the copies apart: the folder of the deployer, else what it delivers', () => {
    const apart = [at('a', 'clusters/prod', 'apps/web'), at('a', 'clusters/stage', 'apps/web')]
    const together = [at('a', 'argocd', 'apps/prod'), at('a', 'argocd', 'apps/stage')]

    expect(parting(apart)).toEqual(['clusters'])
    expect(parting(together)).toEqual(['apps'])
    expect(variantOf(['argocd', 'apps/stage'], ['apps'])).toBe('stage')
  })
})

it('what lies in no variant has none', () => {
  expect(variantOf(['shared'], ['deploy'])).toBeUndefined()
  expect(variantOf(['deploy'], ['deploy'])).toBeUndefined()
})
