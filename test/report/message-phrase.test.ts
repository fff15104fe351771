import { describe, expect, test } from 'vitest'
import { messagePhrase, plainMessage } from '../../src/report/message-phrase.ts'
import { markdownOf } from '../../src/report/print.ts'

const rows: readonly (readonly [message: string, markdown: string])[] = [
  ['the match `/a b` is not within `/log*`', 'the match `/a b` is not within `/log*`'],
  ['ask @bookinfo/login or @maya', 'ask `bookinfo/login` or `maya`'],
  [
    'VirtualService ns1/vs-1 in teams/login/vs-1.yaml is changed',
    'VirtualService ns1/vs-1 in `teams/login/vs-1.yaml` is changed',
  ],
  ['.github/CODEOWNERS is changed', '`.github/CODEOWNERS` is changed'],
  ['GET /login, /logout and the rest.', 'GET `/login`, `/logout` and the rest.'],
  ['90 % of a*b_c', '90 % of a\\*b\\_c'],
]

describe('a sentence of the domain', () => {
  test.each(rows)('%s', (message, markdown) => {
    expect(markdownOf(messagePhrase(message))).toBe(markdown)
  })

  test('has no backticks and nothing invisible in plain text', () => {
    expect(plainMessage('the match `/a\u202eb` of @bookinfo/login')).toBe(
      'the match /a\\u{202e}b of bookinfo/login',
    )
  })
})
