import { budgets } from '../budgets.ts'
import type { Cause, Doubt } from '../doubt.ts'
import { shownGateway } from '../manifest/names.ts'
import { type Phrase, quoted, say, words } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import { accessDoubtWords } from './access-doubt-words.ts'
import { chartDoubtWords } from './chart-doubt-words.ts'
import { code, pathOf } from './code.ts'
import { fewNames, fewPaths } from './few-names.ts'
import { gatewayApiDoubtWords } from './gateway-api-doubt-words.ts'
import { readingDoubtWords } from './reading-doubt-words.ts'
import { meshesBlock } from './settling-blocks.ts'

/** What would settle a doubt. */
interface Settlement {
  readonly todo: Phrase
  /** What to write in `.github/firebreak.yml`, as it is to be written. */
  readonly block?: string
}

/** A doubt as a sentence, and what would settle it. */
export interface DoubtWords extends Sentence {
  /** Absent where nothing that could be written would. */
  readonly settle?: Settlement
}

/** A doubt in words; where it is written stands beside it. */
export function doubtWords({ cause }: Doubt): DoubtWords {
  switch (cause.code) {
    case 'creation-order':
    case 'shared-host':
      return orderWords(cause)
    case 'shared-pods':
    case 'server-order':
    case 'protocol-order':
      return listenerWords(cause)
    case 'certificates-apart':
      return connectionWords(cause)
    case 'copies':
    case 'untried-copies':
    case 'perhaps-absent':
      return copyWords(cause)
    case 'pods-unknown':
    case 'other-terms':
    case 'elsewhere':
    case 'gateway-elsewhere':
    case 'rejected-by-proxy':
    case 'service-unknown':
      return elsewhereWords(cause)
    case 'snapshot-unused':
    case 'order-known':
    case 'namespace-known':
    case 'delivered-elsewhere':
      return snapshotWords(cause)
    case 'filled-in':
    case 'not-modelled':
    case 'invalid-pattern':
    case 'pattern-too-large':
    case 'too-much-to-compare':
      return conditionWords(cause)
    case 'beside-unmodelled':
    case 'certificate-taken':
    case 'strict-merging':
    case 'ingress-gateway':
    case 'untried-orders':
      return gatewayApiDoubtWords(cause)
    case 'policy-pods':
    case 'policy-unread':
    case 'decided-elsewhere':
      return accessDoubtWords(cause)
    case 'chart-by-itself':
    case 'charts-elsewhere':
    case 'not-rendered':
      return chartDoubtWords(cause)
    default:
      return readingDoubtWords(cause)
  }
}

type Of<Code extends Cause['code']> = Extract<Cause, { readonly code: Code }>

function orderWords(cause: Of<'creation-order' | 'shared-host'>): DoubtWords {
  const names = fewNames(cause.of)
  const todo = words(
    'Put what they have for the same requests into one VirtualService, or commit a snapshot of the cluster',
  )
  return cause.code === 'creation-order'
    ? { clause: say`Which of ${names} was created first decides, and Git does not know it`, settle: { todo } }
    : {
        clause: say`${names} share host ${code(cause.host)} of ${code(shownGateway(cause.gateway))} and are read in the order of their creation, which is taken to be the same before and after`,
        settle: { todo },
      }
}

function listenerWords(cause: Of<'shared-pods' | 'server-order' | 'protocol-order'>): DoubtWords {
  const names = fewNames(cause.of.map(shownGateway))
  switch (cause.code) {
    case 'shared-pods':
      return {
        clause: say`Whether ${names}, whose selectors differ, are on the same pods is not in Git`,
        rest: say`; there they would answer on their ports as one, so both were compared`,
        settle: {
          todo: words(
            'Give them one and the same selector, or selectors that differ in the value of a label if their pods are others',
          ),
        },
      }
    case 'server-order':
      return {
        clause: say`${names} have one host on servers with ${code('tls')}, and Istio drops the whole server of the one that was created later; Git does not know which that is`,
        settle: { todo: words('Keep one server for that host, or commit a snapshot of the cluster') },
      }
    case 'protocol-order':
      return {
        clause: say`${names} have servers of different protocols on one port, and the one that was created first decides which of them Istio drops; Git does not know which that is`,
        settle: { todo: words('Give them ports of their own, or commit a snapshot of the cluster') },
      }
  }
}

function connectionWords({ of, names, hosts }: Of<'certificates-apart'>): DoubtWords {
  return {
    clause: say`Connections for ${fewNames(names)} get another certificate at ${fewNames(of)} than ${fewNames(hosts)}, so they are taken to carry no requests for these`,
    rest: say`; any that do are no longer answered as before`,
  }
}

function copyWords(cause: Of<'copies' | 'untried-copies' | 'perhaps-absent'>): DoubtWords {
  switch (cause.code) {
    case 'copies':
      return {
        clause: say`${code(cause.of)} is written more than once (${fewPaths(cause.files)})`,
        rest: say`; which of the copies a cluster has is not in Git, so each was compared`,
        settle: oneCopy(cause.files),
      }
    case 'untried-copies':
      return {
        clause: say`There are too many copies of ${fewNames(cause.of)} (${fewPaths(cause.files)}) to compare more than ${budgets.copies.size} combinations`,
        settle: oneCopy(cause.files),
      }
    case 'perhaps-absent':
      return {
        clause: say`${code(cause.of)} was refused before, or its file ${pathOf(cause.file)} could not be read to its end`,
        rest: say`; whether the cluster has it is not known, so both were compared`,
        settle: { todo: words('Once what is merged has been applied, it is settled') },
      }
  }
}

function oneCopy(files: readonly string[]): Settlement {
  const block = meshesBlock(files)
  return block === undefined
    ? { todo: words('Delete all copies but one') }
    : { todo: words('Delete all copies but one; if the folders are a mesh each, write that'), block }
}

function elsewhereWords(
  cause: Of<
    | 'pods-unknown'
    | 'other-terms'
    | 'elsewhere'
    | 'gateway-elsewhere'
    | 'rejected-by-proxy'
    | 'service-unknown'
  >,
): DoubtWords {
  switch (cause.code) {
    case 'pods-unknown':
      return {
        clause: say`${code(cause.of)} is exported to some namespaces only, and whether the gateway's pods run in one of them is not known here`,
        settle: {
          todo: words("Write the namespaces of the gateway's pods, as in this example"),
          block: 'istio:\n  gatewayNamespaces: [istio-ingress]',
        },
      }
    case 'other-terms':
      return {
        clause: say`The servers of ${code(shownGateway(cause.gateway))} take requests in on other terms than before (pods, protocol or TLS)`,
        rest: say`; who sends requests on these is not in Git`,
      }
    case 'elsewhere':
      return {
        clause: say`The routes of ${code(cause.of)} are not in this repository`,
        rest: say`; which requests they take is not known here`,
        settle: {
          todo: say`Keep its manifest here, or commit a snapshot of the cluster that has it`,
        },
      }
    case 'service-unknown':
      return {
        clause: say`Whether there is a service for each name under ${code(cause.host)} is not known here`,
        rest: say`; sidecars have a host that is none on port 80 alone, under its own name`,
        settle: { todo: words('Keep its Service or ServiceEntry in this repository') },
      }
    case 'gateway-elsewhere':
      return {
        clause: say`Gateway ${code(shownGateway(cause.gateway))} is not in this repository`,
        rest: say`; it is taken to serve every host on every port`,
        settle: { todo: words('Keep its manifest in this repository, in a file of these'), block: include },
      }
    case 'rejected-by-proxy':
      return {
        clause: say`Envoy refuses the routes of ${code(shownGateway(cause.gateway))} because of ${fewNames(cause.of)}`,
        rest: say`; what is said to be so after the merge is not true there until that is mended`,
        settle: { todo: say`Mend what ${quoted('rejected-by-proxy')} finds first` },
      }
  }
}

function snapshotWords(
  cause: Of<'snapshot-unused' | 'order-known' | 'namespace-known' | 'delivered-elsewhere'>,
): DoubtWords {
  const file = pathOf(cause.file)
  switch (cause.code) {
    case 'snapshot-unused':
      return {
        clause: say`The snapshot of the cluster ${file} cannot be used as it is`,
        settle: {
          todo: say`Write it anew with ${quoted('kubectl get virtualservices,gateways -A -o yaml')}`,
        },
      }
    case 'order-known':
      return {
        clause: say`${fewNames(cause.of)} share host ${code(cause.host)} of ${code(shownGateway(cause.gateway))} and are read in the order in which the cluster made them, by ${file}`,
      }
    case 'namespace-known':
      return {
        clause: say`${code(cause.of)} names no namespace here`,
        rest: say`; it has this one by ${file}`,
      }
    case 'delivered-elsewhere':
      return {
        clause: say`${code(cause.of)} is not in this repository`,
        rest: say`; it is taken to be as ${file} has it`,
      }
  }
}

const include = "manifests:\n  include: ['**/*.{yaml,yml,json}']"

function conditionWords(
  cause: Of<'filled-in' | 'not-modelled' | 'invalid-pattern' | 'pattern-too-large' | 'too-much-to-compare'>,
): DoubtWords {
  switch (cause.code) {
    case 'filled-in':
      return {
        clause: say`${code(cause.text)} of ${nounOf(cause.field)} is filled in elsewhere, and may become anything`,
        settle: { todo: words('Write the value itself, or keep the rendered manifests in the repository') },
      }
    case 'not-modelled':
      return {
        clause: say`Which requests fulfil the condition on ${code(cause.field)} does not show in a request`,
        ...(cause.field === ':path' && { settle: { todo: say`Match the path by ${quoted('uri')}` } }),
      }
    case 'invalid-pattern':
      return {
        clause: say`${code(cause.pattern)} of ${nounOf(cause.field)} is no regular expression of RE2, so that nothing is known of what it matches`,
        settle: { todo: words('Correct the pattern') },
      }
    case 'pattern-too-large':
      return {
        clause: say`The pattern ${code(cause.pattern)} of ${nounOf(cause.field)} is too large to be looked into`,
        rest: say`: it would take more than ${budgets.pattern.size} states`,
        settle: {
          todo: say`Write it as ${quoted('exact')} or ${quoted('prefix')}, or as several shorter patterns`,
        },
      }
    case 'too-much-to-compare': {
      const { size, unit, of } = budgets[cause.budget]
      return {
        clause: say`Some requests were too much to compare one by one, with more than ${size} ${unit} (${of})`,
        rest: say`; everybody who may gain or lose some is named`,
        settle: { todo: words('Let fewer patterns and VirtualServices share these requests') },
      }
    }
  }
}

/** What people call a dimension: "the path", "header `x-beta`". */
function nounOf(dimension: string): Phrase {
  const [kind = '', ...name] = dimension.split(':')
  return name.length === 0 ? words(`the ${kind}`) : say`${kind} ${code(name.join(':'))}`
}
