import type { GivenSnapshot } from '../../domain/policy/clusters.ts'
import type { Terminal } from '../terminal.ts'
import { readGivenFile } from './given-file.ts'

/** The option `--snapshot`, as it is shown. */
export const snapshotOption = '--snapshot <[mesh=]file...>'

/** What the option is for. */
export const snapshotMeaning =
  'what the cluster has, as kubectl get virtualservices,gateways -A -o yaml prints it; with several meshes, MESH=FILE'

/** The files of `--snapshot`; undefined where it is not given, so that the configuration's are read. */
export async function readGivenSnapshots(
  written: readonly string[] | undefined,
  terminal: Terminal,
): Promise<readonly GivenSnapshot[] | undefined> {
  if (written === undefined) return undefined
  return Promise.all(written.map((each) => readGiven(each, terminal)))
}

async function readGiven(written: string, terminal: Terminal): Promise<GivenSnapshot> {
  const [, mesh, path = written] = /^(?:([^=/]+)=)(.+)$/.exec(written) ?? []
  const text = await readGivenFile('--snapshot', path, terminal)
  return { file: { path, text }, ...(mesh !== undefined && { mesh }) }
}
