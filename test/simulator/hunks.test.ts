import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLine, followLine, hunkUpTo, parseHunks } from '../../simulator/git/hunks.ts'

const patch =
  '@@ -1,4 +1,5 @@ start\n one\n-two\n+zwei\n+drei\n three\n four\n@@ -20,2 +21,1 @@\n twenty\n-end\n\\ No newline at end of file'

test('lines are numbered on both sides and counted from the first header', () => {
  const [first, second] = parseHunks(patch)

  expect(first?.lines.map(({ kind, left, right, position }) => [kind, left, right, position])).toEqual([
    ['context', 1, 1, 1],
    ['removed', 2, undefined, 2],
    ['added', undefined, 2, 3],
    ['added', undefined, 3, 4],
    ['context', 3, 4, 5],
    ['context', 4, 5, 6],
  ])
  expect(second?.lines.map(({ left, right, position }) => [left, right, position])).toEqual([
    [20, 21, 8],
    [21, undefined, 9],
  ])
})

test('a line is found on its side alone', () => {
  const hunks = parseHunks(patch)

  expect(findLine(hunks, 'LEFT', 2)?.line.text).toBe('-two')
  expect(findLine(hunks, 'RIGHT', 2)?.line.text).toBe('+zwei')
  expect(findLine(hunks, 'RIGHT', 10)).toBeUndefined()
})

test('above a comment the hunk is shown up to its line', () => {
  const found = findLine(parseHunks(patch), 'RIGHT', 2)

  expect(found && hunkUpTo(found.hunk, found.line)).toBe('@@ -1,4 +1,5 @@ start\n one\n-two\n+zwei')
})

test('a line follows what was added and removed above it', () => {
  const narrow =
    '@@ -2 +2,2 @@\n-two\n+zwei\n+drei\n@@ -10,2 +10,0 @@\n-ten\n-eleven\n@@ -20,0 +19,1 @@\n+new'
  const followed = [1, 2, 3, 9, 10, 11, 12, 20, 21].map((line) => followLine(narrow, line))

  expect(followed).toEqual([1, undefined, 4, 10, undefined, undefined, 11, 19, 21])
})

test('law: whatever is inserted before a line moves it by as much, whatever comes after moves it not', () => {
  const line = fc.integer({ min: 1, max: 1000 })
  fc.assert(
    fc.property(line, line, fc.integer({ min: 1, max: 50 }), (number, after, added) => {
      const insertion = `@@ -${after},0 +${after + 1},${added} @@\n${'+x\n'.repeat(added)}`

      expect(followLine(insertion, number)).toBe(number > after ? number + added : number)
    }),
    { numRuns: 60 },
  )
})
