import { budgets } from '../budgets.ts'
import { fewOf } from '../words/few-of.ts'
import { listed, type Phrase, words } from '../words/phrase.ts'
import { code, pathOf } from './code.ts'

const most = budgets.doubtNames.size

/** Names of which a doubt tells, as many as are of use. */
export function fewNames(names: readonly string[]): Phrase {
  const all = [...new Set(names)]
  const shown = all.slice(0, most).map(code)
  return all.length > most ? listed([...shown, words(`${all.length - most} more`)]) : fewOf(shown, most)
}

/** The same of files. */
export function fewPaths(files: readonly string[]): Phrase {
  return fewOf(files.map(pathOf), most)
}
