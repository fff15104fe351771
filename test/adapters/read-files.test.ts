import { expect, test } from 'vitest'
import { readFiles } from '../../src/adapters/read-files.ts'

const manifest = Buffer.from('apiVersion: networking.istio.io/v1\n')

function read(
  entries: Record<string, { mode?: string; content?: Buffer; size?: number }>,
  cut: string[] = [],
) {
  const tree = new Map(
    Object.entries(entries).map(([path, { mode = '100644', size }]) => [
      path,
      { sha: path, mode, ...(size === undefined ? {} : { size }) },
    ]),
  )
  return readFiles({
    listing: { tree, cut },
    wanted: (path) => path.endsWith('.yaml') || path === 'CODEOWNERS',
    blob: async (sha) => entries[sha]?.content ?? Buffer.alloc(0),
  })
}

test('wanted files come in order of path, others are not read', async () => {
  const { files, problems } = await read({ 'b.yaml': { content: manifest }, 'a.yaml': {}, 'README.md': {} })

  expect(files.map(({ path }) => path)).toEqual(['a.yaml', 'b.yaml'])
  expect(problems).toEqual([])
})

test('a byte order mark stays, so that offsets are those of the file', async () => {
  const { files } = await read({ 'a.yaml': { content: Buffer.from('\uFEFFa: 1\n') } })

  expect(files[0]?.text).toBe('\uFEFFa: 1\n')
})

test.each([
  ['a symbolic link', { mode: '120000' }, 'symlink'],
  ['a submodule', { mode: '160000' }, 'submodule'],
  [
    'a manifest over 5 MB',
    { content: Buffer.concat([manifest, Buffer.alloc(5 * 1024 * 1024, ' ')]) },
    'too-large',
  ],
  ['a blob over 100 MB', { size: 101 * 1024 * 1024 }, 'too-large'],
  ['a manifest that is not UTF-8', { content: Buffer.concat([manifest, Buffer.from([0xff])]) }, 'not-text'],
  ['a manifest in UTF-16', { content: Buffer.from('\uFEFFnetworking.istio.io', 'utf16le') }, 'not-text'],
] as const)('%s at a wanted path is a problem', async (_, entry, kind) => {
  const { files, problems } = await read({ 'a.yaml': entry })

  expect(files).toEqual([])
  expect(problems).toEqual([{ kind, path: 'a.yaml' }])
})

test('what is no text or too large and does not name the mesh is nobody of ours', async () => {
  const read2 = await read({
    'a.yaml': { content: Buffer.from([0xff, 0xfe, 0x00]) },
    'b.yaml': { content: Buffer.alloc(6 * 1024 * 1024, 'x') },
  })

  expect(read2).toEqual({ files: [], problems: [] })
})

test("a judge's file that is no text is a problem whatever it holds", async () => {
  const { problems } = await read({ CODEOWNERS: { content: Buffer.from([0xff]) } })

  expect(problems).toEqual([{ kind: 'not-text', path: 'CODEOWNERS' }])
})

test('more files than an installation may read are a problem, and none is read', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}.yaml`, {}]))

  expect(await read(many)).toEqual({ files: [], problems: [{ kind: 'truncated', path: '' }] })
})

test('a folder that could not be listed is a problem', async () => {
  const { problems } = await read({}, ['big/'])

  expect(problems).toEqual([{ kind: 'truncated', path: 'big/' }])
})
