import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escaped, pageOf, scriptJson } from '../../../src/report/print/html-text.ts'

it('no text is markup, and none of it can end an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escaped(text)).not.toMatch(/[<>"'\u0000-\u001f\u202e]/)
      expect(escaped(text).replace(/&#\d+;/g, '')).not.toContain('&')
    }),
  )
})

it('a page asks nobody for anything', () => {
  const page = pageOf('</title><script>alert(1)</script>', ['<p>text</p>'])

  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/<script|https?:/)
})

it('no JSON ends its script or begins another, and it is read as it was', () => {
  const attack = fc.constantFrom('</script>', '<!--', '<script>', ']]>', '\u2028', '\u2029', '&lt;', '\\')
  fc.assert(
    fc.property(fc.array(fc.oneof(attack, fc.string({ unit: 'binary', maxLength: 4 }))), (texts) => {
      const json = scriptJson(texts)

      expect(json).not.toMatch(/[<>&\u2028\u2029]/)
      expect(JSON.parse(json)).toEqual(texts)
    }),
  )
})
