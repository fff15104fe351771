import { budgets } from '../budgets.ts'
import type { Cause, NotRendered } from '../doubt.ts'
import { type Phrase, say, words } from '../words/phrase.ts'
import { code, pathOf } from './code.ts'
import type { DoubtWords } from './doubt-words.ts'
import { fewNames } from './few-names.ts'

/** What is taken for granted of charts, in words. */
export function chartDoubtWords(
  cause: Extract<Cause, { readonly code: 'chart-by-itself' | 'charts-elsewhere' | 'not-rendered' }>,
): DoubtWords {
  if (cause.code === 'charts-elsewhere')
    return {
      clause: say`What ${fewNames(cause.of)} makes of its values is not looked into`,
      rest: words(': the chart is not in this repository'),
      settle: { todo: words('Keep the chart, or what it renders to, in this repository') },
    }
  if (cause.code === 'chart-by-itself')
    return {
      clause: say`Nothing here names the chart ${pathOf(cause.chart)}`,
      rest: say`; it is taken to be released once, with its own values, under its own name`,
    }
  return {
    clause: say`${code(cause.release)} is not rendered: ${notRendered[cause.why]}`,
    rest: say`; what it is written with is compared instead`,
  }
}

const notRendered: Readonly<Record<NotRendered, Phrase>> = {
  'no-helm': words('there is no helm 3 or 4 on the search path'),
  time: say`helm took longer than ${budgets.chartSeconds.size} seconds`,
  size: words('it is larger than a limit allows'),
  memory: words('helm came to the end of its memory'),
  'unsafe-name': words('its name or namespace is none that Kubernetes takes'),
  'too-many': say`helm renders no more than ${budgets.chartRenders.size} times for one pull request`,
  unreadable: words('what helm prints cannot be read, or is another text each time'),
  values: words('some of its values are not in this repository'),
  dependency: words('it draws in a chart that is not in this repository'),
  revision: words('its source newly follows another repository or revision than what is merged here'),
  'filled-in': words('something that is not followed here fills in a part of it'),
  overlaid: words('something is laid over what helm prints'),
}
