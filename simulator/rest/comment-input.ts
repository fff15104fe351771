import type { CommentInput } from '../behaviour/review-comments.ts'
import { type Json, numberAt, textAt } from '../state/json.ts'

/** A review comment from the body of a request. */
export function commentInput(body: Json): CommentInput {
  const line = numberAt(body, 'line')
  const startLine = numberAt(body, 'start_line')
  const position = numberAt(body, 'position')
  const side = textAt(body, 'side')
  const startSide = textAt(body, 'start_side')
  const subject = textAt(body, 'subject_type')
  return {
    path: textAt(body, 'path') ?? '',
    body: textAt(body, 'body') ?? '',
    ...(line === undefined ? {} : { line }),
    ...(startLine === undefined ? {} : { startLine }),
    ...(position === undefined ? {} : { position }),
    ...(side === undefined ? {} : { side }),
    ...(startSide === undefined ? {} : { startSide }),
    ...(subject === undefined ? {} : { subject }),
  }
}
