import { type Doubt, doubt } from '../doubt.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import { rangeOf } from '../source/located.ts'
import { remembered } from '../source/remembered.ts'
import type { AccessPoint } from './access-point.ts'
import { type AccessPolicy, keyOfPolicy } from './access-policy.ts'
import type { Attribute } from './attributes.ts'
import {
  type GatewayPods,
  type PodsKnown,
  type PodsWanted,
  podsOfGateway,
  socketsOf,
} from './gateway-pods.ts'
import { reachOfPolicy } from './reach-of-policy.ts'
import { waysThrough } from './written-values.ts'

/** What the files of a mesh say besides of whom policies are for, and of whom they ask. */
export interface AccessFacts extends PodsKnown {
  readonly rootNamespaces: readonly string[]
  /** Whoever CUSTOM may ask; absent where the mesh's configuration is not here. */
  readonly providers?: readonly string[]
  /** Something here has tokens checked. */
  readonly mayHaveTokens: boolean
}

/** The policies of a mesh that are in force, and what it takes to know whom they are for. */
export interface MeshAccess {
  readonly policies: readonly AccessPolicy[]
  readonly facts: () => AccessFacts
}

/** Where requests arrive: a port of a gateway. */
export interface Door {
  /** `ns/name` */
  readonly gateway: string
  /** What it says of its pods; several where Services of several selectors lead to it, nothing where the Gateway is not here. */
  readonly pods: readonly PodsWanted[]
  readonly port?: number
  readonly mayHaveCertificates: boolean
  readonly maySpeakTls: boolean
}

/** A policy that is for the pods of a gateway; with doubts, perhaps. */
export interface AppliedPolicy {
  readonly policy: AccessPolicy
  readonly doubts: readonly Doubt[]
}

/** The policies that requests meet at a door, and what is known of it; without policies everything is let in. */
export interface DoorAccess {
  readonly applied: readonly AppliedPolicy[]
  readonly point: AccessPoint
  /** Equal where the same requests are refused for the same reasons, wherever that is written. */
  readonly key: string
}

/** Where no policy refuses anything. */
export const admitting: DoorAccess = {
  applied: [],
  point: { mayHaveCertificates: false, mayHaveTokens: false, maySpeakTls: false },
  key: '',
}

/** Whoever is refused at a door. `namespaces` are those of which somebody says that gateways run there. */
export function accessAt(
  door: Door,
  { policies, facts }: MeshAccess,
  namespaces: readonly string[],
): DoorAccess {
  if (policies.length === 0) return admitting
  const known = facts()
  const wanted = door.pods.length === 0 ? [{}] : door.pods
  const pods = wanted.flatMap((each) => podsOfGateway(each, known, namespaces))
  const applied = appliedTo(pods, { door, policies, known })
  if (applied.length === 0) return admitting
  const point = pointOf(door, pods, { known, asked: attributesAsked(applied) })
  const keys = applied.map(({ policy, doubts }) => [keyOfPolicy(policy), doubts.map(({ cause }) => cause)])
  return { applied, point, key: canonicalJson([keys.map(canonicalJson).toSorted(), { ...point }]) }
}

interface Applying extends Pick<MeshAccess, 'policies'> {
  readonly door: Door
  readonly known: AccessFacts
}

function appliedTo(
  pods: readonly GatewayPods[],
  { door, policies, known }: Applying,
): readonly AppliedPolicy[] {
  const copies = remembered(() => Map.groupBy(policies, identityOf))
  return policies.flatMap((policy) => {
    const reach = reachOfPolicy(policy, pods, known)
    if (reach === 'no') return []
    const alike = copies().get(identityOf(policy)) ?? []
    return [
      {
        policy,
        doubts: [
          ...(reach === 'perhaps' ? [podsDoubt(policy, door)] : []),
          ...(new Set(alike.map(keyOfPolicy)).size > 1 ? [copiesDoubt(alike)] : []),
        ],
      },
    ]
  })
}

function attributesAsked(applied: readonly AppliedPolicy[]): ReadonlySet<Attribute['of']> {
  const written = applied.flatMap(({ policy }) =>
    policy.rules.flatMap((rule) => {
      const { sources, operations, conditions } = waysThrough(rule)
      return [...sources.flat(), ...operations.flat(), ...conditions]
    }),
  )
  return new Set(written.flatMap((each) => each?.attribute.of ?? []))
}

function podsDoubt(policy: AccessPolicy, { gateway }: Door): Doubt {
  return doubt({ code: 'policy-pods', of: identityOf(policy), gateway }, rangeOf(policy, 'name'))
}

function copiesDoubt(alike: readonly AccessPolicy[]): Doubt {
  const [first] = alike
  const files = [...new Set(alike.map(({ file }) => file.path))].toSorted()
  const of = `AuthorizationPolicy ${first === undefined ? '' : identityOf(first)}`
  return doubt({ code: 'copies', of, files }, ...alike.map((each) => rangeOf(each, 'name')))
}

interface Asked {
  readonly known: AccessFacts
  /** Whatever some policy asks about: nothing else matters, and ports that differ in it alone are alike. */
  readonly asked: ReadonlySet<Attribute['of']>
}

function pointOf(door: Door, pods: readonly GatewayPods[], { known, asked }: Asked): AccessPoint {
  const { port } = door
  const sockets = port === undefined || !asked.has('port') ? undefined : socketsOf(port, pods, known)
  return {
    mayHaveCertificates: door.mayHaveCertificates && asked.has('certificate'),
    maySpeakTls: door.maySpeakTls && asked.has('sni'),
    mayHaveTokens: known.mayHaveTokens && asked.has('token'),
    ...(sockets && { sockets }),
    ...(known.providers && { providers: known.providers }),
  }
}
