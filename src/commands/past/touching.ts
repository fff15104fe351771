import { manifestPaths } from '../../app/reading/read-proposal.ts'
import { mattersTo, readWithNamed } from '../../app/reading/read-sides.ts'
import { budgets } from '../../domain/budgets.ts'
import { namedFiles } from '../../domain/manifest/layers/named-files.ts'
import { readConfiguration } from '../../domain/policy/configuration/configuration.ts'
import { configurationPath } from '../../domain/policy/configuration/policy.ts'
import { isJudgeFile } from '../../domain/policy/touched.ts'
import { rules } from '../../domain/rules/index.ts'
import type { SourceFile } from '../../domain/source/source-file.ts'
import type { BranchCommit, RawChange } from '../../git/branch-history.ts'
import type { FileStore } from '../../git/file-store.ts'
import { readFiles } from '../../git/read-files.ts'

/** Of which files a commit consists, for the mesh. */
interface Reading {
  /** By its name, or since it is the judge's. */
  readonly matters: (path: string) => boolean
  /** Since a layer names it, or delivers the folder around it. */
  readonly named: () => Promise<(path: string) => boolean>
  /** Charts hold files of any name, and helm reads them all. */
  readonly rendersCharts: boolean
}

/** Whether steps of a branch touch anything that is read of it. */
export interface Touching {
  /** To be asked from the newest step on: what is not touched is the same before, and is not read again. */
  isTouched(step: BranchCommit): Promise<boolean>
}

/** What counts besides. */
export interface TouchingOptions {
  /** Whether what charts are made of counts, whatever it is called. */
  readonly charts: boolean
  /** What applies where a commit has no configuration. */
  readonly defaults?: SourceFile
}

/** Knows by names and modes alone whether a step can change what is read of the mesh. */
export function createTouching(
  storeOf: (sha: string) => FileStore,
  { charts, defaults }: TouchingOptions,
): Touching {
  let known: { readonly at: string; readonly reading: Promise<Reading> } | undefined
  return {
    async isTouched({ sha, parent, changed }) {
      if (known?.at !== sha) known = { at: sha, reading: readingOf(storeOf(sha), defaults) }
      const touched = await touches(changed, await known.reading, charts)
      known = touched || parent === undefined ? undefined : { ...known, at: parent }
      return touched
    },
  }
}

async function touches(changed: readonly RawChange[], reading: Reading, charts: boolean): Promise<boolean> {
  if (changed.length === 0) return false
  if (charts && reading.rendersCharts) return true
  if (changed.some(({ path, modes }) => modes.some(leadsElsewhere) || reading.matters(path))) return true
  const named = await reading.named()
  return changed.some(({ path }) => named(path))
}

/** A symbolic link, or a submodule. */
function leadsElsewhere(mode: string): boolean {
  return mode === '120000' || mode === '160000'
}

async function readingOf(store: FileStore, defaults: SourceFile | undefined): Promise<Reading> {
  const listing = await store.listing()
  const read = (wanted: (path: string) => boolean) =>
    readFiles({ listing, wanted, blob: store.blob, most: budgets.localFiles.size })
  const judge = await read(isJudgeFile)
  const configuration = judge.files.find(({ path }) => path === configurationPath) ?? defaults
  const { policy } = readConfiguration(configuration, rules)
  const wanted = manifestPaths(policy)
  let named: Promise<(path: string) => boolean> | undefined
  return {
    matters: mattersTo(wanted),
    rendersCharts: policy.render.helm,
    named() {
      named ??= readWithNamed(read, wanted).then(({ files }) => namedFiles(files).has)
      return named
    },
  }
}
