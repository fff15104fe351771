import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openGitClone } from '../../src/git/clone.ts'
import { createContents, isDirectory, openDirectory } from '../../src/git/directory.ts'
import { clone, folder } from '../commands/fake-terminal.ts'

describe('a directory', () => {
  it('holds what is below it, but not what Git keeps for itself', async () => {
    const { path } = clone({ 'a.yaml': 'a', 'deep/er/b.yaml': 'b', '.github/CODEOWNERS': '*' })

    const { tree } = await openDirectory({ path, naming: 'path' }).listing()

    expect([...tree.keys()].toSorted()).toEqual(['.github/CODEOWNERS', 'a.yaml', 'deep/er/b.yaml'])
  })

  it('names contents as Git does, so that both can be compared', async () => {
    const { path } = clone({ 'a.yaml': 'a', 'b.yaml': '', 'c/d.bin': '\u0000\u0001' })
    symlinkSync('a.yaml', join(path, 'link'))
    const git = await openGitClone({ directory: path, environment: process.env })
    const head = (await git?.commit('HEAD')) ?? ''

    const { tree } = await openDirectory({ path, naming: 'content' }).listing()
    const committed = await git?.store(head).listing()
    await git?.close()

    tree.forEach(({ mode, sha }, name) => {
      if (name === 'link') expect(mode).toBe('120000')
      else expect(committed?.tree.get(name)).toMatchObject({ mode, sha })
    })
  })

  it('has what another directory was read to hold, whatever it is called there', async () => {
    const contents = createContents()
    const [one, other] = [folder({ 'a.yaml': 'same' }), folder({ 'b.yaml': 'same', 'c.yaml': 'own' })].map(
      (path) => openDirectory({ path, naming: 'content', contents }),
    )
    const before = (await one?.listing())?.tree.get('a.yaml')?.sha ?? ''
    const after = (await other?.listing())?.tree

    expect(after?.get('b.yaml')?.sha).toBe(before)
    expect(await other?.blob(before)).toBe(await one?.blob(before))
    expect(String(await other?.blob(after?.get('c.yaml')?.sha ?? ''))).toBe('own')
  })

  it('lists a symbolic link and never goes where it leads', async () => {
    const outside = folder({ 'secret.yaml': 'secret' })
    const path = folder()
    symlinkSync(outside, join(path, 'out'))
    symlinkSync(path, join(path, 'loop'))

    const { tree } = await openDirectory({ path, naming: 'content' }).listing()

    expect([...tree].map(([name, { mode }]) => [name, mode])).toEqual([
      ['loop', '120000'],
      ['out', '120000'],
    ])
  })

  it('gives the target of a link as its content, also of one that leads nowhere', async () => {
    const path = folder({ 'a.yaml': 'nowhere' })
    symlinkSync('nowhere', join(path, 'link'))
    const store = openDirectory({ path, naming: 'content' })
    const { tree } = await store.listing()

    expect((await store.blob(tree.get('link')?.sha ?? '')).toString()).toBe('nowhere')
    expect((await store.blob(tree.get('a.yaml')?.sha ?? '')).toString()).toBe('nowhere')
  })

  it('gives the content of what it has listed, and of nothing else', async () => {
    const store = openDirectory({ path: folder({ 'a.yaml': 'text' }), naming: 'content' })
    const { tree } = await store.listing()

    expect((await store.blob(tree.get('a.yaml')?.sha ?? '')).toString()).toBe('text')
    await expect(store.blob('../../etc/passwd')).rejects.toThrow('never listed')
  })

  it('is one only if it is one', async () => {
    const path = folder({ file: '' })
    mkdirSync(join(path, 'inside'))
    symlinkSync(join(path, 'inside'), join(path, 'link'))

    expect(
      await Promise.all(['inside', 'link', 'file', 'nowhere'].map((name) => isDirectory(join(path, name)))),
    ).toEqual([true, true, false, false])
  })
})
