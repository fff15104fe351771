import { Octokit } from '@octokit/rest'
import { apiVersion, type GitHubReader } from './client.ts'

/** Asks as whoever a token belongs to, and asks nothing twice: a person waits for the answer. */
export function createTokenClient(token: string, apiUrl: string): GitHubReader {
  const octokit = new Octokit({ auth: token, baseUrl: apiUrl.replace(/\/+$/, ''), userAgent: 'firebreak' })
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] ??= apiVersion
  })
  return octokit
}
