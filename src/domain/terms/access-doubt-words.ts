import type { Cause } from '../doubt.ts'
import { say, words } from '../words/phrase.ts'
import { code } from './code.ts'
import type { DoubtWords } from './doubt-words.ts'

type Of<Code extends Cause['code']> = Extract<Cause, { readonly code: Code }>

/** Why it is not certain what a policy refuses. */
export function accessDoubtWords(
  cause: Of<'policy-pods' | 'policy-unread' | 'decided-elsewhere'>,
): DoubtWords {
  const policy = say`AuthorizationPolicy ${code(cause.of)}`
  switch (cause.code) {
    case 'policy-pods':
      return {
        clause: say`Whether ${policy} is for the pods of ${code(cause.gateway)} is not known here`,
        settle: {
          todo: words(
            'Keep the Deployment or the Service of the gateway here, or write the namespaces of its pods, as in this example',
          ),
          block: 'istio:\n  gatewayNamespaces: [istio-ingress]',
        },
      }
    case 'policy-unread':
      return {
        clause: say`Some of ${policy} is not as Istio's schema has it, so that what it refuses is not known here`,
        settle: { todo: words('Correct what the API server would drop or refuse') },
      }
    case 'decided-elsewhere':
      return {
        clause: say`${policy} asks the provider ${code(cause.provider)}, and what that lets through is not in Git`,
      }
  }
}
