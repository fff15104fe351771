import { expect, test } from 'vitest'
import { readContents } from '../../src/git/read-contents.ts'
import { memoryStore } from '../support/memory-store.ts'

const files = {
  'shop/Chart.yaml': 'name: shop\n',
  'shop/templates/run.yaml': { executable: 'a: b\n' },
  'shop/templates/link.yaml': { symlink: '/etc/passwd' },
  'shop/charts/common-1.0.0.tgz': Uint8Array.from([0x1f, 0x8b, 0xff, 0xfe]),
  'other/a.yaml': 'a: b\n',
}

async function read(wanted: (path: string) => boolean, cut: readonly string[] = []) {
  const { listing, blob } = memoryStore(files)
  return readContents({ listing: { ...(await listing()), cut }, wanted, blob })
}

test('regular files are read, whatever is in them, and links are not', async () => {
  const contents = await read((path) => path.startsWith('shop/'))

  expect([...(contents?.keys() ?? [])].toSorted()).toEqual([
    'shop/Chart.yaml',
    'shop/charts/common-1.0.0.tgz',
    'shop/templates/run.yaml',
  ])
  expect([...(contents?.get('shop/charts/common-1.0.0.tgz') ?? [])]).toEqual([0x1f, 0x8b, 0xff, 0xfe])
})

test('what is not listed as a whole is not read in part', async () => {
  expect(await read(() => true, ['shop/'])).toBeUndefined()
})

test('more than may be rendered is not read', async () => {
  const large = Buffer.alloc(20 * 1024 * 1024, 'x').toString()
  const { listing, blob } = memoryStore({ 'a/1': large, 'a/2': `${large}y` })

  expect(await readContents({ listing: await listing(), wanted: () => true, blob })).toBeUndefined()
})
