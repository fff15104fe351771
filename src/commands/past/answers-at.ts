import {
  type AskedRequest,
  createExplainer,
  type Explainer,
} from '../../domain/routing/explain/explain-request.ts'
import type { FileStore } from '../../git/file-store.ts'
import type { AnswersThen } from '../../report/page/blame.ts'
import { type Given, type LoneSide, readSnapshot } from '../given/read-snapshot.ts'
import type { Terminal } from '../terminal.ts'

/** One commit, ready to be asked. */
export interface AskedSide {
  readonly side: LoneSide
  readonly explainer: Explainer
  /** What was left out, in the words of `explain`. */
  readonly leftOut: readonly string[]
}

/** Reads a commit as `explain` reads a directory; what is left out is handed back instead of told. */
export async function readAskedSide(
  store: FileStore,
  terminal: Terminal,
  given: Given = {},
): Promise<AskedSide> {
  const leftOut: string[] = []
  const quiet: Terminal = { ...terminal, warn: (text) => leftOut.push(text), doing: () => {} }
  const side = await readSnapshot(store, quiet, given)
  return { side, explainer: createExplainer(side.snapshot.meshes, side.policy.istio), leftOut }
}

/** What each of some requests is answered. */
export function answersOf(
  { side, explainer, leftOut }: AskedSide,
  requests: readonly AskedRequest[],
): readonly AnswersThen[] {
  return requests.map((request) => ({ answers: explainer.explain(request), teams: side.teams, leftOut }))
}
