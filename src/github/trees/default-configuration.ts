import type { DefaultConfiguration } from '../../app/default-configuration.ts'
import { missing } from '../../app/missing-fact.ts'
import { configurationPath } from '../../domain/policy/configuration/policy.ts'
import { fromBase64 } from '../../domain/source/base64.ts'
import { type GitHubClient, unlessStatus } from '../client.ts'

/** The repository in which an owner keeps what holds for all of theirs. */
export const defaultsRepository = '.github'

/**
 * What the owner's repository `.github` has on its default branch. What is not there, and what may not be seen, both are 404
 * to GitHub; any other refusal is thrown.
 */
export async function readDefaultConfiguration(
  client: GitHubClient,
  owner: string,
): Promise<DefaultConfiguration> {
  const path = `${owner}/${defaultsRepository}:${configurationPath}`
  const found = await unlessStatus([404], () =>
    client.rest.repos.getContent({ owner, repo: defaultsRepository, path: configurationPath }),
  ).catch((error: unknown) => {
    throw error instanceof Error ? missing('default-configuration', error) : error
  })
  if (found === undefined || Array.isArray(found.data)) return { kind: 'none' }
  const { data } = found
  if (data.type !== 'file') return { kind: 'unread', path, because: data.type }
  // Of what is larger than a megabyte GitHub tells no content.
  if (data.size > 0 && data.content === '') return { kind: 'unread', path, because: 'too-large' }
  const text = fromBase64(data.content.replaceAll('\n', ''))
  if (text === undefined) return { kind: 'unread', path, because: 'not-text' }
  return { kind: 'file', file: { path, text, elsewhere: true } }
}
