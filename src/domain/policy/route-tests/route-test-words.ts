import type { Request } from '../../match/request.ts'
import type { Explanation } from '../../routing/explain/explanation.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../routing/route-table.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { mainWords } from '../../terms/action-words.ts'
import { doubtWords } from '../../terms/doubt-words.ts'
import { refusedWords } from '../../terms/refused-words.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import type { Expectation, Expected, ExpectedDestination, ExpectedRedirect } from './route-test.ts'
import type { RouteTestResult, Uncertainty, UnmetAnswer } from './run-route-tests.ts'

const detail = { namespaces: true, ports: true, running: true } as const

/** A request as its author would write it, without its headers. */
function requestWords({ method, scheme, authority, path }: Request): Phrase {
  return quoted(`${method} ${scheme}://${authority}${path}`)
}

/** What is expected, part by part. */
function expectedWords(expect: Expectation, parts: readonly (keyof Expectation)[]): Phrase {
  return listed(parts.flatMap((part) => wordsOf(part, expect)))
}

function wordsOf<Part extends keyof Expectation>(part: Part, expect: Expectation): readonly Phrase[] {
  const wanted: Expected[Part] | undefined = expect[part]
  return wanted === undefined ? [] : [partWords[part](wanted)]
}

type PartWords = { readonly [Part in keyof Expected]: (wanted: Expected[Part]) => Phrase }

const partWords: PartWords = {
  virtualService: (virtualService) => say`a route of ${quoted(virtualService)}`,
  destinations: (destinations) => listed(destinations.map(destinationWords)),
  redirect: redirectWords,
  status: (status) => words(`status ${status}`),
  service: () => words('the default route of the service'),
}

function destinationWords({ host, subset, port, weight }: ExpectedDestination): Phrase {
  const where = `${host}${port === undefined ? '' : `:${port}`}${subset === undefined ? '' : ` ${subset}`}`
  return say`${weight === undefined ? '' : `${weight} % `}${quoted(where)}`
}

function redirectWords(redirect: ExpectedRedirect): Phrase {
  const said = Object.entries(redirect).map(([field, value]) => say`${field} ${quoted(String(value))}`)
  return say`a redirect${said.length === 0 ? '' : ': '}${joined(said, ', ')}`
}

/** What is answered at one gateway, and by whom. */
function answerWords({ gateway, outcome, refusal }: Explanation, route: EffectiveRoute | 'no-route'): Phrase {
  if (outcome === 'denied' && refusal) return say`403, ${refusedWords(refusal)}`
  if (route !== 'no-route') {
    const { action, supplier } = route.outcome
    return say`${mainWords(action, detail)} by ${quoted(supplier)}`
  }
  if (gateway === 'mesh' && outcome !== 'no-route') return words('the service by its own default route')
  return words(outcome === 'no-host' ? '404, for nobody serves the host' : '404, for no route matches')
}

/** Where an answer is given; inside the mesh that is said, too. */
function whereWords({ gateway }: Explanation): Phrase {
  return gateway === 'mesh' ? words('inside the mesh') : say`at ${quoted(gateway)}`
}

const uncertain: Readonly<Record<Exclude<Uncertainty, object>, string>> = {
  'creation-order': 'it depends on which VirtualService was created first, which is not in Git',
  'filled-in': 'it depends on what another tool fills in',
  'perhaps-service': 'it depends on whether there is a service of this name',
  'server-order': 'it depends on which Gateway was created first, which is not in Git',
  'perhaps-refused': 'it depends on whom a policy refuses, which is not known here',
  copies: 'what answers is written in several files, and which of them a cluster has is not in Git',
  'not-known-here': 'it hangs on what is not written here',
}

/** Why an answer is not certain. */
function uncertaintyWords(uncertainty: Uncertainty): Sentence {
  return typeof uncertainty === 'string' ? { clause: words(uncertain[uncertainty]) } : doubtWords(uncertainty)
}

/** What a test that does not pass says of it: a clause with the name that its author gave it, and what is answered instead. */
export function resultSentence(result: RouteTestResult): Sentence {
  const { test, verdict } = result
  const name = quoted(JSON.stringify(test.name))
  if (result.verdict === 'passed') return { clause: say`Route test ${name} passes` }
  const { unmet } = result
  if (unmet.kind === 'stranger') {
    const what = unmet.name === test.request.mesh ? 'mesh' : 'gateway'
    return { clause: say`Route test ${name} fails`, rest: say`: there is no ${what} ${quoted(unmet.name)}` }
  }
  const request = requestWords(test.request)
  const where = whereWords(unmet.answer)
  const answer = answerWords(unmet.answer, unmet.route)
  if (verdict === 'failed')
    return {
      clause: say`Route test ${name} fails`,
      rest: say`: ${request} ${where} would get ${answer}, not ${wanted(test.expect, unmet)}`,
    }
  const rest =
    unmet.parts.length === 0
      ? say`perhaps gets something else`
      : say`would perhaps get ${answer}, not ${wanted(test.expect, unmet)}`
  return { clause: say`Route test ${name} may fail`, rest: say`: ${request} ${where} ${rest}` }
}

function wanted(expect: Expectation, { parts }: UnmetAnswer): Phrase {
  return expectedWords(expect, parts)
}

/** Why the test is there, in its author's words, what answers instead, and what is not certain. */
export function resultReasons(result: RouteTestResult): readonly Because[] {
  const { why } = result.test
  const said = why === undefined ? [] : [{ clause: say`Its author says: ${quoted(JSON.stringify(why))}` }]
  if (result.verdict === 'passed' || result.unmet.kind === 'stranger') return said
  const { route, because } = result.unmet
  return [...said, ...(route === 'no-route' ? [] : [answeredBy(route)]), ...because.map(sentenceOf)]
}

function sentenceOf(uncertainty: Uncertainty): Sentence {
  const { clause, rest } = uncertaintyWords(uncertainty)
  return { clause: say`It is not certain: ${clause}`, ...(rest && { rest }) }
}

function answeredBy(route: EffectiveRoute): Because {
  const range = rangeOf(writtenEntryOf(route)) ?? rangeOf(supplierOf(route))
  return { clause: say`The route of ${quoted(route.outcome.supplier)} answers`, ...(range && { range }) }
}
