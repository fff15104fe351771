import { configurationPath } from '../../domain/policy/configuration/policy.ts'
import { isJudgeFile } from '../../domain/policy/touched.ts'
import type { SourceFile } from '../../domain/source/source-file.ts'
import type { Repository } from '../ports.ts'
import { wantedBy } from './read-proposal.ts'
import { areNamed } from './read-sides.ts'

/**
 * Whether a change of these paths, all where they are not known, may change a verdict: manifests, layers with what they name,
 * CODEOWNERS, configuration.
 */
export async function mattersTo(
  { tip, paths }: { readonly tip: string; readonly paths?: readonly string[] | undefined },
  repository: Repository,
): Promise<boolean> {
  if (paths === undefined || paths.some(isJudgeFile)) return true
  const side = { kind: 'tip', sha: tip } as const
  const { files } = await repository.files(side, (path) => path === configurationPath)
  const wanted = wantedBy(files[0] ?? (await defaultsOf(repository)))
  return paths.some(wanted) || areNamed(paths, { tip: side, wanted, repository })
}

async function defaultsOf(repository: Repository): Promise<SourceFile | undefined> {
  const defaults = await repository.defaultConfiguration()
  return defaults.kind === 'file' ? defaults.file : undefined
}
