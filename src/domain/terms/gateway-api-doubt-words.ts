import { budgets } from '../budgets.ts'
import type { Cause } from '../doubt.ts'
import { shownGateway } from '../manifest/names.ts'
import { say, words } from '../words/phrase.ts'
import { code } from './code.ts'
import type { DoubtWords } from './doubt-words.ts'
import { fewNames } from './few-names.ts'

type Of<Code extends Cause['code']> = Extract<Cause, { readonly code: Code }>

/** What the Gateway API, and Ingresses, hang on that is not in Git. */
export function gatewayApiDoubtWords(
  cause: Of<
    'beside-unmodelled' | 'certificate-taken' | 'strict-merging' | 'ingress-gateway' | 'untried-orders'
  >,
): DoubtWords {
  switch (cause.code) {
    case 'untried-orders':
      return {
        clause: say`Which of ${fewNames(cause.of)} was created first decides, Git does not know it, and there are too many to compare more than ${budgets.orders.size} orders`,
        rest: say`; whoever has one of them is asked`,
        settle: {
          todo: words('Let fewer of them ask for the same requests, or commit a snapshot of the cluster'),
        },
      }
    case 'beside-unmodelled':
      return {
        clause: say`What ${fewNames(cause.of)} does at ${code(shownGateway(cause.gateway))} is not worked out`,
        rest: say`; it may have routes among those of the host`,
        settle: { todo: words('Keep what it hangs on in this repository') },
      }
    case 'certificate-taken':
      return {
        clause: say`${code(shownGateway(cause.gateway))} is there only with a valid certificate in its Secret`,
        rest: say`; Secrets are not in Git, and it is taken to have one`,
      }
    case 'strict-merging':
      return {
        clause: say`The pods of ${code(shownGateway(cause.gateway))} take Istio's own Gateways of their namespace alone, and so not ${fewNames(cause.of)}`,
        rest: say`; so it is unless strict merging is switched off`,
      }
    case 'ingress-gateway':
      return {
        clause: say`${fewNames(cause.of)} is served by the pods with the label ${code('istio: ingressgateway')}`,
        rest: say`; so it is unless the mesh is configured otherwise`,
      }
  }
}
