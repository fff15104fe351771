import { budgets } from '../budgets.ts'
import { enumerateWords } from '../language/enumerate-words.ts'
import type { Team } from '../ownership/team.ts'
import { code, pathOf } from '../wording/code.ts'
import type { Reached } from './reached.ts'
import type { Unjudged, Verb } from './unjudged.ts'

/** What a team is called by whoever reads it. */
export type Naming = (team: Team) => string

const happens: Readonly<Record<Verb, string>> = {
  new: 'is new',
  changed: 'changes',
  removed: 'is removed',
  moved: 'moves',
}

/** "HTTPRoute `x`". */
function subjectOf({ kind, name }: Unjudged): string {
  return `${kind} ${code(name)}`
}

/** The whole of it: what happens, where, to whose requests. */
export function unjudgedSentence(unjudged: Unjudged, naming: Naming): string {
  const { verb, path, reach } = unjudged
  const start = `${subjectOf(unjudged)} in ${pathOf(path)} ${happens[verb]}`
  if (reach.everybody)
    return `${start}, for every workload of the mesh; what it does to their requests is not judged here.`
  if (reach.reached.length === 0) return `${start}, and what that does to requests is not known here.`
  const clauses = reach.reached.map((each) => clauseOf(each, naming)).join('; ')
  return `${start} ${clauses}; what that does to requests is not judged here.`
}

/** For titles, the fullest first. */
export function unjudgedHeadlines(unjudged: Unjudged, naming: Naming): readonly string[] {
  const { kind, verb, reach } = unjudged
  const [first] = reach.reached
  const start = `${subjectOf(unjudged)} ${happens[verb]}`
  const full = reach.everybody ? ' for the whole mesh' : first && ` ${clauseOf(first, naming)}`
  const short = first && !reach.everybody ? ` ${shortly(first)}` : undefined
  const article = /^(?:[AEIOU]|HTTP)/.test(kind) ? 'an' : 'a'
  return [
    ...(full === undefined ? [] : [`${start}${full}`]),
    ...(short === undefined ? [] : [`${start}${short}`]),
    `${start}, which is not judged here`,
    `${article} ${kind} ${happens[verb]}, which is not judged here`,
  ]
}

function clauseOf(reached: Reached, naming: Naming): string {
  const who = enumerateWords(reached.teams.map(naming), 'and')
  const one = reached.teams.length === 1
  const place = placeOf(reached)
  if (who === '') return place
  switch (reached.by) {
    case 'host':
      return `${place}, where ${who} ${one ? 'answers' : 'answer'}`
    case 'namespace':
      return `${place}, where ${who} ${one ? 'has' : 'have'} something`
    case 'pods':
      return `${place}, which ${who} ${one ? 'runs' : 'run'}`
    case 'calls':
    case 'subset':
      return `${place}, which routes of ${who} lead to`
    case 'name':
    case 'service':
    case 'route':
    case 'class':
    case 'object':
      return `${place}, which ${who} ${one ? 'has' : 'have'}`
    case 'files':
      return `${place}, which ${who} ${one ? 'owns' : 'own'}`
  }
}

function placeOf({ by, names, gateways = [] }: Reached): string {
  switch (by) {
    case 'host': {
      const where = names.includes('*') ? 'on every host' : `on ${someOf(names)}`
      return gateways.length === 0 ? where : `${where} at ${someOf(gateways)}`
    }
    case 'name':
      return `under the name ${someOf(names)}`
    case 'namespace':
      return `in the namespace ${someOf(names)}`
    case 'pods':
      return `for the pods ${someOf(names)}`
    case 'service':
      return `for the service ${someOf(names)}`
    case 'calls':
      return `for calls to ${someOf(names)}`
    case 'subset':
      return `for the ${names.length > 1 ? 'subsets' : 'subset'} ${someOf(names)}`
    case 'route':
      return `for the routes in ${someOf(names)}`
    case 'object':
      return `for ${someOf(names)}`
    case 'class':
      return `for the class ${someOf(names)}`
    case 'files':
      return `above ${names.map(pathOf).slice(0, most).join(', ')}${rest(names)}`
  }
}

function shortly({ by, names }: Reached): string {
  return placeOf({ by, names, teams: [] })
}

const most = budgets.unjudged.size

function someOf(names: readonly string[]): string {
  return names.slice(0, most).map(code).join(', ') + rest(names)
}

function rest(names: readonly string[]): string {
  return names.length > most ? ` and ${names.length - most} more` : ''
}
