import type { RouteChange } from '../src/domain/diff/route-change.ts'
import { canonicalJson } from '../src/domain/manifest/json.ts'
import { summaryOf } from './ends.ts'
import {
  type Answers,
  type Asked,
  admittedOf,
  type End,
  isJudged,
  isMixed,
  type KubernetesObject,
  type MeshPair,
  nameOf,
  selects,
  shapeOf,
} from './mesh.ts'
import { type Ours, oursOf, type Side } from './ours.ts'
import { routeSaid, type Said } from './said.ts'

/** Something that we say and the oracles do not, or the other way round. */
export interface Disagreement {
  readonly about: 'validation' | 'explain' | 'check' | 'witness'
  readonly pair: MeshPair
  readonly asked?: Asked
  readonly ours: string
  readonly theirs: string
}

/** What was compared, and where we disagree. */
export interface Compared {
  readonly objects: number
  readonly requests: number
  readonly witnesses: number
  readonly disagreements: readonly Disagreement[]
}

/** What the oracles said of a pair, and what we make of it, as far as the webhook admits it. */
interface Statements {
  readonly answers: Answers
  readonly ours?: Ours
}

/** Holds everything that we say of a pair against what the oracles said. */
export function comparePair(
  written: MeshPair,
  requests: readonly Asked[],
  { answers, ours: known }: Statements,
): Compared {
  const pair = admittedOf(written, answers.refused)
  const ours = known ?? oursOf(pair)
  const read = pair === written ? ours : oursOf(written)
  const validation = (['base', 'merged'] as const).flatMap((side) =>
    validated(written, side, { ours: read, answers }),
  )
  const found = requests.flatMap((asked, index) => {
    const [before, after] = [answers.before[index], answers.after[index]]
    if (before === undefined || after === undefined) return []
    return [
      ...explained(pair, asked, { side: 'base', end: before, ours }),
      ...explained(pair, asked, { side: 'merged', end: after, ours }),
      ...checked(pair, asked, { before, after, ours }),
    ]
  })
  const witnesses = witnessesOf(pair, ours).map((each) => witnessed(pair, each, { requests, answers }))
  return {
    objects: written.base.length + written.merged.length,
    requests: requests.length,
    witnesses: witnesses.filter((each) => each !== 'not asked').length,
    disagreements: [
      ...validation,
      ...found,
      ...witnesses.flatMap((each) => (typeof each === 'string' ? [] : [each])),
    ],
  }
}

interface Witness {
  readonly change: RouteChange
  readonly asked: Asked
}

/** The witnesses of certain changes, as requests that the pods of the mesh can get or send. */
export function witnessesOf(pair: MeshPair, ours: Ours): readonly Witness[] {
  return ours.changes
    .filter((change) => change.certain && isRealChange(change))
    .flatMap((change) => askedFor(pair, change, ours).map((asked) => ({ change, asked })))
}

function askedFor(pair: MeshPair, change: RouteChange, ours: Ours): readonly Asked[] {
  const { gateway, ports, witness } = change
  if (witness === undefined) return []
  const { method, authority, path, headers, scheme, sni = authority } = witness
  const port = witness.port ?? ports?.[0] ?? 80
  const plain = { port, method, authority, path, headers }
  return pair.pods
    .map((_, pod): Asked => ({ pod, ...plain, ...(scheme === 'https' && { sni }) }))
    .filter((asked) => {
      const there = (['base', 'merged'] as const).every((side) =>
        gatewaysFor(pair, asked, { side, ours }).includes(gateway),
      )
      return there && ours.holding(asked, [gateway]).includes(change)
    })
    .slice(0, 1)
}

/** Whether a witness really ends differently. */
function witnessed(
  pair: MeshPair,
  { change, asked }: Witness,
  { requests, answers }: { readonly requests: readonly Asked[]; readonly answers: Answers },
): Disagreement | 'not asked' | 'differs' {
  const key = JSON.stringify(asked)
  const index = requests.findIndex((each) => JSON.stringify(each) === key)
  const [before, after] = [answers.before[index], answers.after[index]]
  if (before === undefined || after === undefined) return 'not asked'
  if (treatmentOf(before) !== treatmentOf(after) || isOutside(before) || isOutside(after)) return 'differs'
  return {
    about: 'witness',
    pair,
    asked,
    ours: announced(change),
    theirs: `${wordsOf(before)} -> ${wordsOf(after)}`,
  }
}

function validated(
  pair: MeshPair,
  side: Side,
  { ours, answers }: { readonly ours: Ours; readonly answers: Answers },
): readonly Disagreement[] {
  const theirs = new Set(answers.refused[side])
  return pair[side]
    .filter(isJudged)
    .map(nameOf)
    .flatMap((name) => {
      const [we, they] = [ours.refused[side].has(name), theirs.has(name)]
      const words = (refused: boolean) => `${name} is ${refused ? 'refused' : 'admitted'}`
      return we === they ? [] : [{ about: 'validation' as const, pair, ours: words(we), theirs: words(they) }]
    })
}

/** The Gateways of a side whose listener a request arrives at; of a sidecar `mesh`. */
function gatewaysFor(
  pair: MeshPair,
  asked: Asked,
  { side, ours }: { readonly side: Side; readonly ours: Ours },
): readonly string[] {
  const pod = pair.pods[asked.pod]
  if (pod?.type !== 'router') return ['mesh']
  // Which pods a Kubernetes Gateway is bound to is for us to say.
  if (isMixed(pair)) return ours.gatewaysAt(side, asked)
  return pair[side]
    .filter((each) => each.kind === 'Gateway' && selects(each, pod.labels) && listens(each, asked))
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
}

function listens(gateway: KubernetesObject, { port, sni }: Asked): boolean {
  const protocol = sni === undefined ? 'HTTP' : 'HTTPS'
  return (shapeOf(gateway).servers ?? []).some(
    (server) => server.port.number === port && server.port.protocol === protocol,
  )
}

interface Explained {
  readonly side: Side
  readonly end: End
  readonly ours: Ours
}

function explained(pair: MeshPair, asked: Asked, { side, end, ours }: Explained): readonly Disagreement[] {
  const gateways = gatewaysFor(pair, asked, { side, ours })
  const listening = asked.sni === undefined ? listeningAt(pair, gateways, end) : undefined
  if (listening !== undefined)
    return [{ about: 'explain' as const, pair, asked, ...listening, theirs: `${side}: ${listening.theirs}` }]
  if (isOutside(end)) return []
  return gateways.flatMap((gateway) => {
    const said = ours.explain(side, asked, gateway)
    // Where nobody knows the order of routes that do the same, one of them stands for all.
    if (said.some((each) => isSame(each, end) || (!pair.agesAreKnown && doesSame(each, end)))) return []
    const theirs = `${side}, at ${gateway}: ${wordsOf(end)}`
    return [{ about: 'explain' as const, pair, asked, ours: said.map(wordsOf).join(' or '), theirs }]
  })
}

/** Of mixed meshes also whether somebody listens is for us to say. */
function listeningAt(
  pair: MeshPair,
  gateways: readonly string[],
  end: End,
): { readonly ours: string; readonly theirs: string } | undefined {
  if (!isMixed(pair) || gateways.includes('mesh')) return undefined
  const isClosed = 'end' in end && end.end === 'closed'
  if (isClosed !== gateways.length > 0) return undefined
  return { ours: gateways.join(' ') || 'nobody listens', theirs: wordsOf(end) }
}

/** No listener, or not HTTP: nothing that we say anything about. */
function isOutside(end: End): boolean {
  return 'end' in end && (end.end === 'closed' || end.end === 'bad-request')
}

/** Whether a request ended as we say; outside of what we know a sidecar lets a request out as it would be. */
function isSame(said: Said, end: End): boolean {
  if ('route' in said) return 'route' in end && said.route === end.route && said.does === end.does
  if ('route' in end) return false
  if (said.end === 'no-host') return end.end === 'not-found'
  if (said.end === 'service') return end.end === 'service' || end.end === 'passthrough'
  return said.end === end.end
}

function wordsOf(end: End | Said): string {
  return 'route' in end ? `${end.route} ${end.does}` : end.end
}

interface Checked {
  readonly before: End
  readonly after: End
  readonly ours: Ours
}

/** A request that is treated differently is announced so; one that is not is not announced for sure. */
function checked(pair: MeshPair, asked: Asked, { before, after, ours }: Checked): readonly Disagreement[] {
  if (isOutside(before) || isOutside(after) || /:\d+$/.test(asked.authority)) return []
  const gateways = (['base', 'merged'] as const).flatMap((side) => gatewaysFor(pair, asked, { side, ours }))
  const changes = ours.holding(asked, gateways)
  const theirs = `${wordsOf(before)} -> ${wordsOf(after)}`
  const disagreement = {
    about: 'check' as const,
    pair,
    asked,
    ours: changes.map(announced).join(' and ') || 'no change',
    theirs,
  }
  if (treatmentOf(before) !== treatmentOf(after) && !isNobodys(before, after))
    return changes.some((each) => isAnnounced(each, before, after)) ? [] : [disagreement]
  return changes.some((each) => each.certain && isRealChange(each)) ? [disagreement] : []
}

/** Whether no route answers on either side: nobody loses what nobody answers, whether a policy refuses it or not. */
function isNobodys(before: End, after: End): boolean {
  return [before, after].every((end) => 'end' in end && (end.end === 'not-found' || end.end === 'denied'))
}

/** Of a route that leads nowhere nothing counts but that. */
function treatmentOf(end: End): string {
  if ('end' in end) return end.end
  return end.does === nowhere ? nowhere : end.digest
}

const nowhere = summaryOf({ status: 500 })

/** Whether requests are said to be treated otherwise, and not only by somebody else. */
function isRealChange({ before, after }: RouteChange): boolean {
  const [from, to] = [before, after].map((route) => route && canonicalJson(route.outcome.action))
  return from !== to || from === undefined
}

function isAnnounced(
  { gateway, before, after, unanswered, undecided }: RouteChange,
  from: End,
  to: End,
): boolean {
  if (undecided) return true
  const same = (route: RouteChange['before'], none: string | undefined, end: End) =>
    route === undefined ? isUnanswered(none, gateway, end) : doesSame(routeSaid(route), end)
  return same(before, unanswered.before, from) && same(after, unanswered.after, to)
}

/** Changes that end alike are one, so that only one of their routes is named. */
function doesSame(said: Said, end: End): boolean {
  return 'route' in said && 'route' in end ? said.does === end.does : isSame(said, end)
}

function isUnanswered(none: string | undefined, gateway: string, end: End): boolean {
  if ('route' in end) return false
  if (none === 'denied') return end.end === 'denied'
  if (gateway !== 'mesh' || none === 'not-found') return end.end === 'not-found'
  const isService = end.end === 'service' || end.end === 'passthrough'
  return none === 'either' ? isService || end.end === 'not-found' : isService
}

function announced({ kind, before, after, certain, gateway }: RouteChange): string {
  const words = (route: RouteChange['before']) => (route === undefined ? '-' : wordsOf(routeSaid(route)))
  return `${kind} at ${gateway}${certain ? '' : ' perhaps'}: ${words(before)} -> ${words(after)}`
}
