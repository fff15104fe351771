import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Simulator } from '@firebreak/simulator'

/** Clones a repository of a local GitHub as somebody who may read it. */
export async function fetchClone(
  github: Simulator,
  { repo, by, to }: { readonly repo: string; readonly by: string; readonly to: string },
): Promise<void> {
  const address = `${github.url}/${repo}.git`.replace('://', `://x-access-token:${github.userToken(by)}@`)
  await promisify(execFile)('git', ['clone', '--quiet', address, to], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' },
  })
}
