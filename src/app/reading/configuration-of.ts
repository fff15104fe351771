import type { Proposal } from '../../domain/assess.ts'
import { configurationPath } from '../../domain/policy/configuration/policy.ts'
import { type Obstruction, obstructionFault } from '../../domain/policy/obstruction.ts'
import type { DefaultConfiguration } from '../default-configuration.ts'
import type { MergedSide, ReadProblem, ReadRepository, SideFiles } from '../ports.ts'
import { isReadable, touches } from './read-sides.ts'

type Configurations = Pick<Proposal, 'configuration' | 'defaults'> & {
  /** What of the judge's own files cannot be read. */
  readonly unread: readonly Obstruction[]
}

/** The configuration of the base side, or what applies without one; that matters as well where the pull request takes its own away. */
export async function configurationOf(
  judge: SideFiles,
  merged: MergedSide,
  repository: ReadRepository,
): Promise<Configurations> {
  const problems = judge.problems.map(judgeObstruction)
  const own = judge.files.find(({ path }) => path === configurationPath)
  const isThere = own !== undefined || judge.problems.some(({ path }) => path === configurationPath)
  const isTouched = isReadable(merged) && touches(merged, (path) => path === configurationPath)
  if (isThere && !isTouched) return { ...(own && { configuration: own }), unread: problems }
  const defaults = await repository.defaultConfiguration()
  const file = defaults.kind === 'file' ? { defaults: defaults.file } : {}
  if (isThere) return { ...(own && { configuration: own }), ...file, unread: problems }
  const elsewhere = defaults.kind === 'unread' ? [defaultsObstruction(defaults)] : []
  const configuration = file.defaults && { configuration: file.defaults }
  return { ...configuration, ...file, unread: [...problems, ...elsewhere] }
}

function defaultsObstruction({ path, because }: DefaultConfiguration & { kind: 'unread' }): Obstruction {
  return { kind: 'configuration', ...obstructionFault('defaults-unread', path, because), path }
}

function judgeObstruction({ kind, path }: ReadProblem): Obstruction {
  return { kind: 'configuration', ...obstructionFault('judge-unread', path, kind), path }
}
