import { describe, expect, test } from 'vitest'
import { readCodeownersErrors } from '../../../src/github/trees/codeowners-errors.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

function answers(status: number, body: object): void {
  github().get('/repos/bookinfo/mesh/codeowners/errors').query({ ref: 'abc' }).reply(status, body)
}

describe('what GitHub finds wrong with CODEOWNERS', () => {
  test('is asked about one commit, since GitHub would take the default branch', async () => {
    const error = {
      line: 7,
      column: 3,
      kind: 'Unknown owner',
      source: '* @ghost',
      message: 'Unknown owner on line 7: make sure @ghost exists',
      path: '.github/CODEOWNERS',
    }
    answers(200, {
      errors: [
        { ...error, suggestion: 'make sure @ghost exists' },
        { ...error, suggestion: null },
      ],
    })

    const { source: _, ...read } = error
    expect(await readCodeownersErrors(testClient(), at, 'abc')).toEqual([
      { ...read, suggestion: 'make sure @ghost exists' },
      read,
    ])
  })

  test.each([403, 404])('is not known where GitHub answers %d', async (status) => {
    answers(status, { message: 'no' })

    expect(await readCodeownersErrors(testClient(), at, 'abc')).toBe('no-answer')
  })

  test('is asked again later where GitHub fails', async () => {
    answers(502, { message: 'Bad Gateway' })

    await expect(readCodeownersErrors(testClient(), at, 'abc')).rejects.toMatchObject({ status: 502 })
  })
})
