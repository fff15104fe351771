import type { RouteChange } from '../../diff/route-change.ts'
import type { Unanswered } from '../../diff/unanswered.ts'
import type { JsonObject } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { type Box, keyOfBox } from '../../match/box.ts'
import { universeOf } from '../../match/dimensions.ts'
import type { RequestSet } from '../../match/request-set.ts'
import { defaultIstioSettings, type IstioSettings } from '../../routing/istio-settings.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../routing/route-table.ts'
import { rangeOf } from '../../source/located.ts'
import { refusedWords } from '../../terms/refused-words.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import type { Policy } from '../configuration/policy.ts'
import type { Reason } from '../decision.ts'
import type { Ask, Questioned } from './ask.ts'
import { primariesOfChange } from './concerned-primaries.ts'

/** Question 3: each team that a change touches must have consented, even when none of its files changed. */
export function askAboutTraffic({ comparison, policy }: Questioned): readonly Ask[] {
  return comparison.changes
    .filter((change) => !isOnlyListed(change, policy))
    .flatMap((change) => {
      const primaries = primariesOfChange(comparison, change)
      const reason = reasonFor(change, policy)
      return change.touched.map((team) => ({ team, reason, primaries }))
    })
}

/** The valves of the configuration. A `moved`, `dropped` or `denied` change, or a spill, always asks. */
function isOnlyListed(change: RouteChange, { consent }: Policy): boolean {
  if (change.spill || ['moved', 'dropped', 'denied'].includes(change.kind)) return false
  if (change.kind === 'inherited' && consent.inherited === 'report') return true
  return !change.certain && consent.certain === 'only'
}

function reasonFor(change: RouteChange, { istio }: Policy): Reason {
  const route = change.after ?? change.before
  const range = route && rangeOf(writtenEntryOf(route))
  const path = route && supplierOf(route).file.path
  return {
    kind: 'traffic',
    code: `traffic-${change.kind}`,
    values: { ...valuesOf(change), ...arrivingAs(istio) },
    clause: wording(change),
    change,
    ...(range && { range }),
    ...(path && { path }),
  }
}

/** The requests, and how they are treated on both sides; not by what the reader is told, which is only an example. */
function valuesOf(change: RouteChange): JsonObject {
  const { mesh, gateway, host, ports, spill, certain, before, after, unanswered, requests, connections } =
    change
  const outcomes = { before: before?.outcome.key, after: after?.outcome.key }
  const isOfService = before === undefined && after === undefined
  return {
    mesh,
    gateway,
    host,
    ports,
    spill,
    certain,
    ...outcomes,
    ...(isOfService && { unanswered: { ...unanswered } }),
    ...(connections && { sni: connections.names }),
    requests: keysOfRequests(requests),
  }
}

/** Requests as an approval covers them; equal only for the same. */
export function keysOfRequests({ boxes }: RequestSet): readonly string[] {
  return boxes.map((box) => keyOfBox(withPaths(box))).sort()
}

/** What an approval covered always had its paths, all of them too. */
function withPaths(box: Box): Box {
  return box.has('path') ? box : new Map([...box, ['path', universeOf('path')]])
}

/** Which of the requests arrive hangs on it, unless it is Istio's default. */
function arrivingAs({ pathNormalization }: IstioSettings): JsonObject {
  return pathNormalization === defaultIstioSettings.pathNormalization ? {} : { pathNormalization }
}

function wording(change: RouteChange): Phrase {
  const { witness, host, certain } = change
  const example = witness === undefined ? [] : say` such as ${quoted(`${witness.method} ${witness.path}`)}`
  const on = witness?.sni === undefined ? [] : say` on a connection opened for ${quoted(witness.sni)}`
  return say`requests to ${quoted(host)}${example}${on} ${certain ? 'would' : 'could'} ${verb(change)}`
}

function verb({ kind, before, after, unanswered, refused }: RouteChange): Phrase {
  const [from, to] = [supplierWords(before, unanswered.before), supplierWords(after, unanswered.after)]
  switch (kind) {
    case 'dropped':
      if (unanswered.after === 'service') return say`fall to the service itself (today answered by ${from})`
      return say`no longer be answered (today by ${from})`
    case 'denied':
      return say`get 403, ${refused?.after ? refusedWords(refused.after) : 'refused'} (today answered by ${from})`
    case 'admitted':
      return say`be answered by ${to} (today 403, ${refused?.before ? refusedWords(refused.before) : 'refused'})`
    case 'opened':
      return say`be answered by ${to} (today by ${from})`
    case 'moved':
    case 'reassigned':
      if (before && after && isHandedOver(supplierOf(before), supplierOf(after)))
        return say`be answered by ${to} as another team delivers it`
      return say`move from ${from} to ${to}`
    case 'reclaimed':
      return say`go back from ${from} to ${to}`
    case 'inherited':
      return say`be treated differently by ${to}, because of its primary`
    case 'changed':
      return say`be treated differently by ${to}`
  }
}

/** The same object, by its name, which something else makes what it is. */
function isHandedOver(before: VirtualService, after: VirtualService): boolean {
  return identityOf(before) === identityOf(after) && before.overlay?.path !== after.overlay?.path
}

function supplierWords(route: EffectiveRoute | undefined, unanswered: Unanswered | undefined): Phrase {
  if (route !== undefined) return quoted(route.outcome.supplier)
  return words(unanswered === 'service' ? 'the service itself' : 'nobody')
}
