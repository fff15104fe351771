import { type AskedRequest, createExplainer } from '../../domain/routing/explain/explain-request.ts'
import type { Snapshot } from '../../domain/routing/snapshot.ts'
import { memoized } from '../../domain/source/memoized.ts'
import type { FileStore } from '../../git/file-store.ts'
import type { AnswersThen } from '../../report/page/blame.ts'
import { type Given, readSnapshot } from '../given/read-snapshot.ts'
import type { Terminal } from '../terminal.ts'

/** One commit, ready to be asked. */
export interface AskedSide {
  readonly snapshot: Snapshot
  /** What was left out, in the words of `explain`. */
  readonly leftOut: readonly string[]
  /** What a request is answered there. */
  readonly answerTo: (request: AskedRequest) => AnswersThen
}

/** Reads a commit as `explain` reads a directory; what is left out is handed back instead of told. */
export async function readAskedSide(
  store: FileStore,
  terminal: Terminal,
  given: Given = {},
): Promise<AskedSide> {
  const leftOut: string[] = []
  const quiet: Terminal = { ...terminal, warn: (text) => leftOut.push(text), doing: () => {} }
  const { snapshot, policy, teams } = await readSnapshot(store, quiet, given)
  const explainer = createExplainer(snapshot.meshes, policy.istio)
  const answerTo = memoized((request: AskedRequest) => ({
    answers: explainer.explain(request),
    teams,
    leftOut,
  }))
  return { snapshot, leftOut, answerTo }
}
