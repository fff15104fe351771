import { budgets } from '../budgets.ts'
import type { NotRendered } from '../doubt.ts'
import { type Phrase, say, words } from '../words/phrase.ts'

/** Why a chart is not rendered, as a clause. */
export const notRenderedWords: Readonly<Record<NotRendered, Phrase>> = {
  'no-helm': words('there is no helm 3 or 4 on the search path'),
  time: say`helm took longer than ${budgets.chartSeconds.size} seconds`,
  size: words('it is larger than a limit allows'),
  memory: words('helm came to the end of its memory'),
  'unsafe-name': words('its name or namespace is none that Kubernetes takes'),
  'too-many': say`helm renders no more than ${budgets.chartRenders.size} times for one pull request`,
  unreadable: words('what helm prints cannot be read, or is another text each time'),
  values: words('some of its values are not in this repository'),
  dependency: words('it draws in a chart that is not in this repository'),
  'filled-in': words('something that is not followed here fills in a part of it'),
  overlaid: words('something is laid over what helm prints'),
}
