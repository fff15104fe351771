import type { LineComment } from '../../src/report/github/review-comments.ts'
import type { Story } from './story.ts'

/** The lines of the suggestion in a comment, as GitHub reads them; undefined where there is none. */
function suggestedLines(body: string): readonly string[] | undefined {
  const lines = body.split('\n')
  const start = lines.findIndex((line) => /^`{3,}suggestion$/.test(line))
  if (start === -1) return undefined
  const fence = /^`+/.exec(lines[start] ?? '')?.[0] ?? ''
  const length = lines
    .slice(start + 1)
    .findIndex((line) => /^`{3,}$/.test(line) && line.length >= fence.length)
  return lines.slice(start + 1, start + 1 + length)
}

/** The story after somebody pressed "Commit suggestion": the commented lines are replaced by the block. */
export function takeSuggestion(
  story: Story,
  { path, startLine, line, body }: LineComment,
): Story | undefined {
  const suggested = suggestedLines(body)
  if (suggested === undefined) return undefined
  const head = story.head.map((file) => {
    if (file.path !== path) return file
    const lines = file.text.split('\n')
    const end = lines[startLine - 1]?.endsWith('\r') === true ? '\r' : ''
    const written = suggested.map((each) => `${each}${end}`)
    return { path, text: [...lines.slice(0, startLine - 1), ...written, ...lines.slice(line)].join('\n') }
  })
  return { ...story, head }
}
