import { describe, expect, it } from 'vitest'
import { asked, bookinfo, mesh, primary, snapshotOf, told, virtualService, vs1, vs2 } from '../../fixtures.ts'

describe('the division into meshes', () => {
  const moved = {
    redivided: ['a', 'b'].map((name) => ({
      object: virtualService(`teams/login/${name}.yaml`, 'ns1/vs-1', {}),
      among: [primary],
    })),
  }

  it('is a judge: whoever changes it asks the administrators of every primary', () => {
    expect(asked(moved)).toEqual(['@bookinfo/mesh-admins'])
    expect(told(moved)).toEqual([
      '@bookinfo/mesh-admins: judge: teams/login/a.yaml and 1 more would be in another mesh than today, since the same objects would stand in other directories',
    ])
  })

  it('asks them, too, about what is delivered to a cluster that had nothing, where clusters are said', () => {
    const to = (destination: string) => ({
      ...vs1,
      unit: { key: destination, folder: destination, destination },
    })
    const later = (...before: (typeof vs1)[]) => ({
      base: [primary, ...before],
      merged: [primary, ...before, to('eu')],
    })

    expect(told(later(to('prod')))).toContain(
      '@bookinfo/mesh-admins: judge: eu would get its first objects from here: teams/login/vs-1.yaml',
    )
    for (const known of [later(vs1), later(to('prod'), to('eu'))])
      expect(told(known).join()).not.toContain('first objects')
  })

  it('is nobody`s question where the configuration says which meshes there are', () => {
    expect(asked({ ...moved, policy: { meshes: [{ name: 'prod', paths: ['**'] }] } })).toEqual([])
  })

  it('is nobody`s question in a repository that is not divided', () => {
    expect(asked({ base: bookinfo, merged: [primary, vs1, vs2] })).toEqual([])
  })
})

describe('what is written beside the directories that are taken for meshes', () => {
  const prod = mesh(bookinfo, 'prod')
  const spare = (...hosts: string[]) =>
    virtualService('teams/catalog/spare.yaml', 'catalog/spare', hosts.length === 0 ? {} : { hosts })
  const beside = (before: ReturnType<typeof spare> | undefined, after: ReturnType<typeof spare>) => {
    const [old, now] = [before, after].map((each) => snapshotOf([prod, mesh(each ? [each] : [])]))
    if (old === undefined || now === undefined) throw new Error('there are two sides')
    return asked({ snapshots: { base: old, merged: now } })
  }
  const administrators = ['@bookinfo/catalog', '@bookinfo/mesh-admins']

  it('may enter any of them, and asks the administrators of all', () => {
    expect(beside(undefined, spare('shop.example'))).toEqual(administrators)
  })

  it('asks them again where it claims another host, and for nothing else', () => {
    expect(beside(spare('shop.example'), spare('shop.example', 'other.example'))).toEqual(administrators)
    expect(beside(spare('shop.example', 'other.example'), spare('shop.example'))).toEqual([
      '@bookinfo/catalog',
    ])
  })
})
