import { configurationPath } from './domain/policy/policy.ts'
import { isJudgeFile } from './domain/policy/touched.ts'
import type { Repository } from './ports.ts'
import { wantedBy } from './read-proposal.ts'

/** Whether a change of these paths, all where they are not known, may change a verdict: manifests, CODEOWNERS, configuration. */
export async function mattersTo(
  { tip, paths }: { readonly tip: string; readonly paths?: readonly string[] | undefined },
  repository: Repository,
): Promise<boolean> {
  if (paths === undefined || paths.some(isJudgeFile)) return true
  const { files } = await repository.files({ kind: 'tip', sha: tip }, (path) => path === configurationPath)
  return paths.some(wantedBy(files[0]))
}
