import { identityOf } from '../../manifest/names.ts'
import type { Explanation } from './explanation.ts'

/** Whether there is anything for the host at all: that other gateways do not serve it is no answer. */
export function isServed({ outcome }: Explanation): boolean {
  return outcome !== 'no-host'
}

/** Equal only where the same VirtualServices answer one request, and do the same. */
export function keyOfAnswers(answers: readonly Explanation[]): string {
  return answers.filter(isServed).map(keyOfAnswer).toSorted().join('\n')
}

function keyOfAnswer(answer: Explanation): string {
  const { mesh, gateway, outcome, route, refusal, possible = [], contestedBy } = answer
  const refusedBy = refusal === undefined ? [] : [refusal.isCertain, refusal.by.map(identityOf)]
  const reason = outcome === 'contested' ? contestedBy : ''
  const others = possible.map((each) => (each === 'no-route' ? '' : each.outcome.key)).toSorted()
  return JSON.stringify([mesh, gateway, outcome, route?.outcome.key ?? '', others, reason, ...refusedBy])
}
