import type { Team } from '../ownership/team.ts'
import { code, pathOf } from '../terms/code.ts'
import { briefly } from '../words/few-of.ts'
import { listed, type Phrase, say, words } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import type { Reached, ReachedBy } from './reached.ts'
import type { Unjudged, Verb } from './unjudged.ts'

/** What a team is called by whoever reads it. */
export type Naming = (team: Team) => Phrase

/** What happens to something: after its name. */
export const happens: Readonly<Record<Verb, Phrase>> = {
  new: words('is new'),
  changed: words('changes'),
  removed: words('is removed'),
  moved: words('moves'),
}

/** "HTTPRoute `x`". */
function subjectOf({ kind, name }: Unjudged): Phrase {
  return say`${kind} ${code(name)}`
}

/** The whole of it: what happens, where, to whose requests. */
export function unjudgedSentence(unjudged: Unjudged, naming: Naming): Sentence {
  const { verb, path, reach } = unjudged
  const start = say`${subjectOf(unjudged)} in ${pathOf(path)} ${happens[verb]}`
  if (reach.everybody)
    return {
      clause: say`${start}, for every workload of the mesh`,
      rest: words('; what it does to their requests is not judged here'),
    }
  const [first, ...others] = reach.reached.map((each) => clauseOf(each, naming))
  if (first === undefined) return { clause: say`${start}, and what that does to requests is not known here` }
  return {
    clause: say`${start} ${first}`,
    rest: say`${others.flatMap((each) => say`; ${each}`)}; what that does to requests is not judged here`,
  }
}

/** For titles, the fullest first. */
export function unjudgedHeadlines(unjudged: Unjudged, naming: Naming): readonly Phrase[] {
  const { kind, verb, reach } = unjudged
  const [first] = reach.reached
  const start = say`${subjectOf(unjudged)} ${happens[verb]}`
  const article = /^(?:[AEIOU]|HTTP)/.test(kind) ? words('an') : words('a')
  return [
    ...(reach.everybody ? [say`${start} for the whole mesh`] : []),
    ...(first && !reach.everybody
      ? [say`${start} ${clauseOf(first, naming)}`, say`${start} ${shortly(first)}`]
      : []),
    say`${start}, which is not judged here`,
    say`${article} ${kind} ${happens[verb]}, which is not judged here`,
  ]
}

function clauseOf(reached: Reached, naming: Naming): Phrase {
  const { by, teams } = reached
  const place = placeOf(reached)
  if (teams.length === 0) return place
  const who = listed(teams.map(naming))
  return say`${place}, ${relations[by](who, teams.length === 1 ? 'one' : 'many')}`
}

/** How the teams stand to what is reached, by whether it is one of them or more. */
type Relation = (who: Phrase, number: 'one' | 'many') => Phrase

const having: Relation = (who, number) => say`which ${who} ${number === 'one' ? words('has') : words('have')}`
const leading: Relation = (who) => say`which routes of ${who} lead to`

const relations: Readonly<Record<ReachedBy, Relation>> = {
  host: (who, number) => say`where ${who} ${number === 'one' ? words('answers') : words('answer')}`,
  namespace: (who, number) => say`where ${who} ${number === 'one' ? words('has') : words('have')} something`,
  pods: (who, number) => say`which ${who} ${number === 'one' ? words('runs') : words('run')}`,
  files: (who, number) => say`which ${who} ${number === 'one' ? words('owns') : words('own')}`,
  calls: leading,
  subset: leading,
  name: having,
  service: having,
  route: having,
  class: having,
  object: having,
}

function placeOf({ by, names, gateways = [] }: Reached): Phrase {
  const some = someOf(names)
  switch (by) {
    case 'host': {
      const where = names.includes('*') ? words('on every host') : say`on ${some}`
      return gateways.length === 0 ? where : say`${where} at ${someOf(gateways)}`
    }
    case 'name':
      return say`under the name ${some}`
    case 'namespace':
      return say`in the namespace ${some}`
    case 'pods':
      return say`for the pods ${some}`
    case 'service':
      return say`for the service ${some}`
    case 'calls':
      return say`for calls to ${some}`
    case 'subset':
      return names.length > 1 ? say`for the subsets ${some}` : say`for the subset ${some}`
    case 'route':
      return say`for the routes in ${some}`
    case 'object':
      return say`for ${some}`
    case 'class':
      return say`for the class ${some}`
    case 'files':
      return say`above ${briefly(names.map(pathOf))}`
  }
}

function shortly({ by, names }: Reached): Phrase {
  return placeOf({ by, names, teams: [] })
}

function someOf(names: readonly string[]): Phrase {
  return briefly(names.map(code))
}
