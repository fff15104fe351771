import { memoized } from './memoized.ts'
import type { SourceFile } from './source-file.ts'

/** Whether a file holds a text, or what an expression finds: looked for once in each file, however often its side is judged again. */
export function holding(sought: string | RegExp): (file: SourceFile) => boolean {
  return memoized(({ text }) => (typeof sought === 'string' ? text.includes(sought) : sought.test(text)))
}
