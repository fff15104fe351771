import type { MergeGroup } from '../../app/ports.ts'
import { aheadWords } from '../../report/github/queue-comment.ts'
import type { WrittenReport } from '../../report/github/report.ts'
import { readAhead } from '../checks/merge-groups.ts'
import { isOurs } from '../identity.ts'
import type { Conversation } from './summary-comment.ts'

/**
 * Says once why the merge queue throws a pull request out: its check run stands on a commit that nobody sees. Another
 * turn in the queue, with another commit, has its own comment.
 */
export async function writeQueueComment(
  { client, identity, where, number }: Conversation,
  group: MergeGroup,
  { conclusion, queued }: Pick<WrittenReport, 'conclusion' | 'queued'>,
): Promise<void> {
  if (conclusion === 'success') return
  const marker = `<!-- firebreak:queue ${group.sha} -->`
  const comments = await client.paginate(client.rest.issues.listComments, {
    ...where,
    issue_number: number,
    per_page: 100,
  })
  if (comments.some((comment) => comment.body?.includes(marker) === true && isOurs(identity, comment))) return
  const ahead = await readAhead(client, where, group)
  const body = `${marker}\n${[queued.verdict, aheadWords(ahead), queued.details[ahead.kind]].join('\n\n')}`
  await client.rest.issues.createComment({ ...where, issue_number: number, body, request: { retries: 0 } })
}
