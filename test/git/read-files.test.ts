import { expect, test } from 'vitest'
import { readFiles } from '../../src/git/read-files.ts'

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
    most: 10,
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
  expect(problems).toMatchObject([{ kind, path: 'a.yaml' }])
})

const spellings = [
  ['an escape', 'apiVersion: "networking.istio\\x2eio/v1"\n'],
  ['an escape of JSON', '{ "apiVersion": "networking.istio\\u002eio/v1" }\n'],
  ['a long escape', 'apiVersion: "networking.istio\\U0000002Eio/v1"\n'],
  ['a folded line', 'apiVersion: "networking.\\\n  istio.io/v1"\n'],
  ['base64', 'apiVersion: !!binary bmV0d29ya2luZy5pc3Rpby5pby92MQ==\n'],
  ['base64 over two lines', 'apiVersion: !!binary |\n  bmV0d29ya2luZy5p\n  c3Rpby5pby92MQ==\n'],
] as const

test.each(spellings)('the mesh behind %s is seen in a file that is not read', async (_, text) => {
  const utf16 = Buffer.from(text, 'utf16le')
  const { files, problems } = await read({
    'a.yaml': { content: Buffer.concat([Buffer.from(text), Buffer.alloc(5 * 1024 * 1024, ' ')]) },
    'b.yaml': { content: Buffer.from(`\uFEFF${text}`, 'utf16le') },
    'c.yaml': { content: Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]) },
    'd.yaml': { content: Buffer.concat([utf16, Buffer.from('\ud800', 'utf16le')]) },
    'e.yaml': { content: Buffer.concat([Buffer.from(text), Buffer.from([0xff])]) },
    'f.yaml': { content: Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), utf32(text)]) },
  })

  expect(files).toEqual([])
  expect(problems.map(({ kind, path }) => `${path} ${kind}`)).toEqual([
    'a.yaml too-large',
    'b.yaml not-text',
    'c.yaml not-text',
    'd.yaml not-text',
    'e.yaml not-text',
    'f.yaml not-text',
  ])
})

function utf32(text: string): Buffer {
  return Buffer.concat([...text].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])))
}

test('escapes of other things make nothing of it', async () => {
  const json = `{ "html": "\\u003cb\\u003e\\x2e", "windows": "C:\\\\user", "tag": "!!binary bmV0d29yaw==" }\n`
  const large = await read({ 'a.json.yaml': { content: Buffer.from(json.repeat(80_000)) } })

  expect(large).toEqual({ files: [], problems: [], binaries: ['a.json.yaml'] })
})

test('whatever Kubernetes may read and is not read here matters, be it no object of the mesh', async () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: login }\n'
  const { problems } = await read({
    'a.yaml': { content: Buffer.from(`\uFEFF${service}`, 'utf16le') },
    'b.yaml': { content: Buffer.concat([Buffer.from(service), Buffer.alloc(5 * 1024 * 1024, ' ')]) },
    'c.yaml': { content: Buffer.concat([Buffer.from(service), Buffer.from([0xff])]) },
  })

  expect(problems.map(({ kind, path }) => `${path} ${kind}`)).toEqual(['a.yaml not-text', 'b.yaml too-large'])
})

test('what is no text or too large and does not name the mesh is nobody of ours', async () => {
  const read2 = await read({
    'a.yaml': { content: Buffer.from([0xff, 0xfe, 0x00]) },
    'b.yaml': { content: Buffer.alloc(6 * 1024 * 1024, 'x') },
  })

  expect(read2).toEqual({ files: [], problems: [], binaries: ['a.yaml', 'b.yaml'] })
})

test("a judge's file that is no text is a problem whatever it holds", async () => {
  const { problems } = await read({ CODEOWNERS: { content: Buffer.from([0xff]) } })

  expect(problems).toEqual([{ kind: 'not-text', path: 'CODEOWNERS' }])
})

test('more files than may be read are a problem, and none is read', async () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}.yaml`, {}]))

  expect(await read(many)).toEqual({ files: [], problems: [{ kind: 'truncated', path: '' }] })
})

test('a folder that could not be listed is a problem', async () => {
  const { problems } = await read({}, ['big/'])

  expect(problems).toEqual([{ kind: 'truncated', path: 'big/' }])
})
