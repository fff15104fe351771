import { expect, it } from 'vitest'
import { foldersOf } from '../../../src/domain/deployment/folders.ts'

const files = ['a/b/c.yaml', 'a/kustomization.yaml', 'x.yaml', 'a/d.yaml'].map((path) => ({ path, text: '' }))

it('files are found by their folders, in whatever order they come', () => {
  for (const each of [files, files.toReversed()]) {
    const folders = foldersOf(each)

    expect(folders.files('a').map(({ path }) => path)).toEqual(['a/d.yaml', 'a/kustomization.yaml'])
    expect(folders.inner('')).toEqual(['a'])
    expect(folders.inner('a')).toEqual(['a/b'])
    expect(folders.inner('a/b')).toEqual([])
    expect(folders.kustomization('a')?.path).toBe('a/kustomization.yaml')
    expect(folders.kustomization('')).toBeUndefined()
    expect(folders.file('x.yaml')?.path).toBe('x.yaml')
  }
})
