import { describe, expect, test } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { blobId } from '../../../src/git/object-id.ts'
import { batchesOf, createGitHubBlobs } from '../../../src/github/trees/blobs.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

const texts = ['a: 1\n', 'b: ä\n', 'c: 3\n']
const shaOf = (text: string) => blobId(Buffer.from(text))
const readAll = (read: readonly string[] = texts) => {
  const blobs = createGitHubBlobs(testClient(), at)
  return Promise.all(read.map(async (text) => (await blobs.read(shaOf(text), 5)).toString()))
}

const given = (text: string, over: object = {}) => ({
  byteSize: Buffer.byteLength(text),
  isBinary: false,
  isTruncated: false,
  text,
  ...over,
})

/** One answer of the graph, and how many objects were asked for. */
function graph(
  objects: readonly (object | null)[] | undefined,
  errors?: readonly object[],
): { asked: number } {
  const seen = { asked: 0 }
  github()
    .post('/graphql')
    .reply(200, (_, body) => {
      seen.asked = [...String((body as { query: string }).query).matchAll(/object\(/g)].length
      const repository = objects && Object.fromEntries(objects.map((object, index) => [`b${index}`, object]))
      return { ...(repository && { data: { repository } }), ...(errors && { errors }) }
    })
  return seen
}

function rest(text: string, content = text): void {
  const encoded = Buffer.from(content).toString('base64')
  github()
    .get(`/repos/bookinfo/mesh/git/blobs/${shaOf(text)}`)
    .reply(200, { content: encoded, encoding: 'base64' })
}

test('what is asked for at once comes with one request', async () => {
  const seen = graph(texts.map((text) => given(text)))

  expect(await readAll()).toEqual(texts)
  expect(seen.asked).toBe(3)
})

describe('over REST comes what the graph gives', () => {
  const [first = '', ...others] = texts
  const answers: readonly [why: string, answer: object | null][] = [
    ['cut off', given(first, { isTruncated: true, text: 'a' })],
    ['cut off, and does not say so', given(first, { text: 'a' })],
    ['cut off, and says so by its size alone', given(first, { byteSize: 900_000 })],
    ['as another text', given(first, { text: 'a: 2\n' })],
    ['as no text', given(first, { isBinary: true, text: null })],
    ['as nothing known', given(first, { isBinary: null, text: null })],
    ['without saying whether it is whole', given(first, { isTruncated: undefined })],
    ['as an object of another kind', {}],
    ['as nothing', null],
  ]
  test.each(answers)('%s', async (_, answer) => {
    graph([answer, ...others.map((text) => given(text))])
    rest(first)

    expect(await readAll()).toEqual(texts)
  })
})

test('what stands beside an error counts, and the rest is asked for once more', async () => {
  const [first = '', ...others] = texts
  graph([given(first), null, null], [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'too much' }])
  for (const text of others) rest(text)

  expect(await readAll()).toEqual(texts)
})

test('what is too much for one answer is asked for in two parts', async () => {
  const many = Array.from({ length: 20 }, (_, index) => `n: ${index}\n`)
  github().post('/graphql').reply(502, { message: 'timeout' })
  graph(many.slice(0, 10).map((text) => given(text)))
  graph(many.slice(10).map((text) => given(text)))

  expect(await readAll(many)).toEqual(many)
})

test('a limit is none of the answers that REST would better', async () => {
  graph(undefined, [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }])

  await expect(readAll()).rejects.toThrow('API rate limit exceeded')
})

test('what is not the blob of its name is refused, wherever it comes from', async () => {
  const [text = ''] = texts
  rest(text, 'something else')

  await expect(readAll([text])).rejects.toThrow('something else')
})

test('what one request asks for is limited by number and by bytes', () => {
  const sizesOf = (sizes: readonly number[]) =>
    batchesOf(sizes.map((size) => ({ size }))).map((batch) => batch.length)
  const { blobBatch, blobBatchBytes } = budgets
  const most = blobBatch.size

  expect(sizesOf(Array.from({ length: most + 1 }, () => 1))).toEqual([most, 1])
  expect(sizesOf([blobBatchBytes.size, 1])).toEqual([1, 1])
  expect(sizesOf([blobBatchBytes.size / 2, blobBatchBytes.size / 2, 1])).toEqual([2, 1])
  expect(sizesOf([])).toEqual([])
})
