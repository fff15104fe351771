import { expect, it } from 'vitest'
import type { FileStore } from '../../src/git/file-store.ts'
import { rememberingStores } from '../../src/git/remembering-stores.ts'
import { memoryStore } from '../support/memory-store.ts'

it('reads each listing and each object once, whichever commit asks for it', async () => {
  const asked: string[] = []
  const files = memoryStore({ 'a.yaml': 'text' })
  const store = (sha: string): FileStore => ({
    listing() {
      asked.push(`listing of ${sha}`)
      return files.listing()
    },
    blob(name) {
      asked.push('object')
      return files.blob(name)
    },
  })
  const storeOf = rememberingStores({ store })
  const { tree } = await storeOf('one').listing()
  const [{ sha } = { sha: '' }] = [...tree.values()]

  const read = [await storeOf('one').blob(sha), await storeOf('two').blob(sha)]
  await storeOf('one').listing()
  await storeOf('two').listing()

  expect(read[0]).toBe(read[1])
  expect(asked).toEqual(['listing of one', 'object', 'listing of two'])
})
