import type { RepositoryRef } from '../../app/ports.ts'
import type { GitHubReading } from '../../domain/ownership/codeowners-errors.ts'
import { type RestClient, unlessStatus } from '../client.ts'

/** No file, no permission to look, or a server that knows no such question. */
const noAnswer = [403, 404]

/** Asks GitHub what it finds wrong with the CODEOWNERS of a commit (REST, "List CODEOWNERS errors"). */
export async function readCodeownersErrors(
  client: RestClient,
  { owner, repo }: RepositoryRef,
  ref: string,
): Promise<GitHubReading> {
  const found = await unlessStatus(noAnswer, () => client.rest.repos.codeownersErrors({ owner, repo, ref }))
  if (found === undefined) return 'no-answer'
  return found.data.errors.map(({ line, column, kind, path, message, suggestion }) => ({
    line,
    column,
    kind,
    path,
    message,
    ...(suggestion == null ? {} : { suggestion }),
  }))
}
