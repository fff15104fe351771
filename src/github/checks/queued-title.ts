import type { Publication, PullRequest } from '../../app/ports.ts'
import { aheadTitle, sameTitle } from '../../report/github/queue-comment.ts'
import type { AppClient } from '../client.ts'
import { readAhead } from './merge-groups.ts'
import { digestsOf, readShown } from './shown.ts'

/**
 * The title on the commit of a merge queue, which stands there by itself: that nothing is new to those who agreed, or what is ahead of
 * it. The title of the report where neither is to be said.
 */
export async function queuedTitle(
  options: AppClient,
  pull: PullRequest,
  { report, facts }: Pick<Publication, 'report' | 'facts'>,
): Promise<string> {
  const { group, ref } = pull
  const { agreed, title } = report.queued
  if (group === undefined) return report.title
  if (report.conclusion !== 'success')
    return (
      (title &&
        aheadTitle(title, await readAhead(options.client, { owner: ref.owner, repo: ref.repo }, group))) ??
      report.title
    )
  if (agreed === undefined) return report.title
  const shown = await readShown(options, pull, [pull.head.sha])
  const newest = shown.toSorted((a, b) => b.at.localeCompare(a.at))[0]
  const own = digestsOf(facts)
  const isSame = newest !== undefined && newest.digests.size === own.size && facts.every(newest.covers)
  return isSame ? sameTitle(agreed, ref.number) : report.title
}
