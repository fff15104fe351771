import fc from 'fast-check'
import { expect, it } from 'vitest'
import { propertyOf, workflowMessage } from '../../../src/report/github/workflow-commands.ts'

/** How the runner takes a command apart (actions/runner `ActionCommand`). */
function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%')
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('::', '\n', '\r', '%0A', '%', '::error::', ',', '##[', '\u001b[2J', 'a'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
)

it('a message never ends its line, and begins no other command', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(workflowMessage(text)).not.toMatch(/[\r\n\u2028\u2029\u0085]/)
    }),
  )
})

it('a property never ends itself', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(propertyOf(text)).not.toMatch(/[\r\n:,]/)
    }),
  )
})

it('what was visible text before is the same text after the runner has read it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~\n]*$/), (text) => {
      expect(unescaped(workflowMessage(text))).toBe(text)
      expect(unescaped(propertyOf(text))).toBe(text)
    }),
  )
})
