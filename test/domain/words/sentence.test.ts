import { expect, it } from 'vitest'
import { question, quoted, say, words } from '../../../src/domain/words/phrase.ts'
import { plainSentence } from '../../../src/domain/words/sentence.ts'

it('ends with a full stop, whatever its last word is', () => {
  expect(plainSentence({ clause: words('nothing says which namespace') })).toBe(
    'nothing says which namespace.',
  )
  expect(plainSentence({ clause: say`nothing is called ${quoted('who?')}` })).toBe('nothing is called who?.')
  expect(plainSentence({ clause: words('nothing is called ?') })).toBe('nothing is called ?.')
})

it('ends with the sign of a question that it is or goes on with', () => {
  const near = question(say`did you mean ${quoted('uri')}`)

  expect(plainSentence({ clause: near })).toBe('did you mean uri?')
  expect(plainSentence({ clause: words('there is no such field'), rest: say`; ${near}` })).toBe(
    'there is no such field; did you mean uri?',
  )
})
