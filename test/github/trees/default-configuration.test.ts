import { describe, expect, test } from 'vitest'
import { factOf } from '../../../src/app/missing-fact.ts'
import { statusOf } from '../../../src/app/status-of.ts'
import { readDefaultConfiguration } from '../../../src/github/trees/default-configuration.ts'
import { github, testClient, withNock } from '../../support/github.ts'

withNock()

const path = 'bookinfo/.github:.github/firebreak.yml'

function answers(status: number, body: object | readonly object[]): void {
  github().get('/repos/bookinfo/.github/contents/.github%2Ffirebreak.yml').reply(status, body)
}

const read = () => readDefaultConfiguration(testClient(), 'bookinfo')
const encoded = (content: string | Buffer) => Buffer.from(content).toString('base64')

describe('what the repository .github says', () => {
  test('is a file of another repository', async () => {
    const content = encoded('mode: observe # äöü'.repeat(9)).replace(/.{60}/g, '$&\n')
    answers(200, { type: 'file', size: 171, content })

    const text = 'mode: observe # äöü'.repeat(9)
    expect(await read()).toEqual({ kind: 'file', file: { path, text, elsewhere: true } })
  })

  test('may be nothing', async () => {
    answers(200, { type: 'file', size: 0, content: '' })

    expect(await read()).toMatchObject({ kind: 'file', file: { text: '' } })
  })

  test.each([
    ['is not there, or may not be seen', 404, { message: 'Not Found' }],
    ['is a folder', 200, [{ type: 'file' }]],
  ])('is none where it %s', async (_, status, body) => {
    answers(status, body)

    expect(await read()).toEqual({ kind: 'none' })
  })

  test.each([
    ['symlink', { type: 'symlink', size: 9, target: 'x' }],
    ['submodule', { type: 'submodule', size: 0 }],
    ['too-large', { type: 'file', size: 2_000_000, content: '' }],
    ['not-text', { type: 'file', size: 2, content: encoded(Buffer.from([0xc3, 0x28])) }],
  ])('is said not to be read where it is %s', async (because, body) => {
    answers(200, body)

    expect(await read()).toEqual({ kind: 'unread', path, because })
  })

  test('is a fact that is missing where it is refused', async () => {
    answers(403, { message: 'Resource not accessible by integration' })

    const error = await read().catch((thrown: unknown) => thrown)

    expect(statusOf(error)).toBe(403)
    expect(factOf(error)).toBe('default-configuration')
  })
})
