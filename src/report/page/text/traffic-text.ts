import type { ToldTraffic } from '../../../domain/traffic/told-traffic.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { ended } from '../../../domain/words/sentence.ts'
import { hanging, type Screen } from '../../print/screen.ts'
import { trafficWords } from '../../sentences/traffic-words.ts'
import type { View } from '../../sentences/view.ts'

/** The traffic there was, and what would become of it, for a terminal. */
export function trafficLines(told: ToldTraffic, view: View, screen: Screen): readonly string[] {
  const { head, groups, notes } = trafficWords(told, view)
  return [
    ...hanging('', screen.paint('bold', plainOf(ended(head))), screen),
    ...groups.flatMap(({ what, mostOften }) => [
      ...hanging('  ', plainOf(what), screen, '    '),
      ...hanging('    most often  ', plainOf(mostOften), screen),
    ]),
    ...notes.flatMap((note) => hanging('  ', screen.paint('dim', plainOf(ended(note))), screen)),
    '',
  ]
}
