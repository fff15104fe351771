import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { budgets } from '../domain/budgets.ts'
import type { GivenSnapshot } from '../domain/policy/clusters.ts'
import type { Terminal } from './terminal.ts'
import { causeOf, UserError } from './user-error.ts'

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
  const text = await textOf(path, terminal)
  return { file: { path, text }, ...(mesh !== undefined && { mesh }) }
}

async function textOf(path: string, terminal: Terminal): Promise<string> {
  const full = resolve(terminal.directory, path)
  try {
    const { size } = await stat(full)
    if (size <= budgets.manifestBytes.size)
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(full))
  } catch (error) {
    throw new UserError(`--snapshot ${path} cannot be read: ${causeOf(error)}.`)
  }
  throw new UserError(`--snapshot ${path} cannot be read: it is larger than 5 MB.`)
}
