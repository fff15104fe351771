import type { WrittenReport } from '../../report/github/report.ts'
import { text } from '../../report/print/markdown.ts'
import { isOurs } from '../identity.ts'
import type { Conversation } from './summary-comment.ts'

/**
 * Says once why the merge queue throws a pull request out: its check run stands on a commit that nobody sees. Another
 * turn in the queue, with another commit, has its own comment.
 */
export async function writeQueueComment(
  { client, identity, where, number }: Conversation,
  commit: string,
  { conclusion, title }: Pick<WrittenReport, 'conclusion' | 'title'>,
): Promise<void> {
  if (conclusion === 'success') return
  const marker = `<!-- firebreak:queue ${commit} -->`
  const comments = await client.paginate(client.rest.issues.listComments, {
    ...where,
    issue_number: number,
    per_page: 100,
  })
  if (comments.some((comment) => comment.body?.includes(marker) === true && isOurs(identity, comment))) return
  const body = `${marker}\nIn the merge queue, on top of what is merged before it, this pull request does not pass. **${text(title)}**`
  await client.rest.issues.createComment({ ...where, issue_number: number, body, request: { retries: 0 } })
}
