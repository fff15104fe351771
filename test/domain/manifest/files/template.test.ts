import { expect, test } from 'vitest'
import { withoutComments } from '../../../../src/domain/manifest/files/template.ts'

const template = '{{- if .Values.on }}\nkind: X\nspec:\n  - a: "b"\n{{- end }}\n'
const withComment = (line: string, text = template) => text.replace('spec:\n', `${line}\nspec:\n`)

test.each(['# a', '  # don’t, it’s "open', '#', '\t# ü'])('a comment is not said: %s', (line) => {
  expect(withoutComments(withComment(line))).toBe(template)
})

test.each([
  ['marks in it are filled in', withComment('# {{ .Values.x }}')],
  ['another line break ends it', withComment('# a\rb: c')],
  ['NEL does', withComment('# a\u0085b: c')],
  ['a block of text may hold it', withComment('# a', `${template}text: |\n`)],
  ['a quoted text may', withComment('# a', template.replace('"b"', '"b\n  # c\n  d"'))],
  ['a plain text may end there', withComment('# a', template.replace('kind: X', 'kind: X\n  and more'))],
  ['an action may', withComment('# a', template.replace('.on', '.on\n  '))],
])('everything counts where %s', (_, text) => {
  expect(withoutComments(text)).toBe(text)
})
