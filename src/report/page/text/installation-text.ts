import { type Examined, type State, stateOf } from '../../../domain/installation/examination.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { visible } from '../../../domain/words/visible.ts'
import { hanging, type Screen, type Style } from '../../print/screen.ts'
import { examinedWords, type Names } from '../../sentences/installation-words.ts'

const styles: Readonly<Record<State, Style>> = { ok: 'green', mend: 'red', unknown: 'yellow' }

/** What `doctor` prints: how many of each state, then what was looked at; of what is not well also why it matters and what to do. */
export function terminalInstallation(examined: readonly Examined[], names: Names, screen: Screen): string {
  const lines = [
    `${visible(names.repository)}, branch ${visible(names.branch)}: ${countsOf(examined)}`,
    '',
    ...examined.flatMap((each) => linesOf(each, names, screen)),
  ]
  return `${lines.join('\n')}\n`
}

function countsOf(examined: readonly Examined[]): string {
  if (stateOf(examined) === 'ok') return 'all is well'
  const count = (state: State) => examined.filter((each) => each.state === state).length
  return `${count('mend')} to mend, ${count('unknown')} not known, ${count('ok')} ok`
}

function linesOf(each: Examined, names: Names, screen: Screen): readonly string[] {
  const { what, why, todo } = examinedWords(each, names)
  const lead = each.state.padEnd(9)
  const [first = '', ...rest] = hanging(lead, plainOf(what), screen)
  const head = `${screen.paint(styles[each.state], lead)}${first.slice(lead.length)}`
  if (todo === undefined) return [head, ...rest]
  const below = (label: string, text: string) => hanging(`         ${label} `, text, screen)
  return [head, ...rest, ...below('why:', plainOf(why)), ...below('do: ', plainOf(todo))]
}
