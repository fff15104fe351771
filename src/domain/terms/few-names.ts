import { budgets } from '../budgets.ts'
import { fewOf } from '../words/few-of.ts'
import type { Phrase } from '../words/phrase.ts'
import { code, pathOf } from './code.ts'

const most = budgets.doubtNames.size

/** Names of which a doubt tells, as many as are of use. */
export function fewNames(names: readonly string[]): Phrase {
  return fewOf(names.map(code), most)
}

/** The same of files. */
export function fewPaths(files: readonly string[]): Phrase {
  return fewOf(files.map(pathOf), most)
}
