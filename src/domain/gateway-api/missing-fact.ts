import type { UnmodelledResource } from '../manifest/resource.ts'

/** Why what an object of the Gateway API does to requests is not worked out. */
export type MissingFactCode =
  /** Its schema, as it is known here, does not take all of it. */
  | 'other-shape'
  | 'no-namespace'
  /** Another tool fills in a part. */
  | 'filled-in'
  /** Another object of its name is written, too. */
  | 'copies'
  /** Its class is not here, and none that Istio brings along. */
  | 'class-unknown'
  /** The Service that an address names is not here, or chooses no pods by labels. */
  | 'service-unknown'
  /** The Service names the port of its pods. */
  | 'named-port'
  /** Listeners of other protocols than HTTP and HTTPS. */
  | 'other-protocol'
  /** Two of its listeners have one name, or one port, protocol and hostname: the API server refuses it as a whole. */
  | 'same-listener'
  /** What it says of the pods that are made for it. */
  | 'infrastructure'
  /** A proxy of ambient meshes. */
  | 'waypoint'
  /** What it is attached to is not here. */
  | 'parent-unknown'
  /** What it is attached to is not worked out. */
  | 'parent-unmodelled'
  /** The labels of its namespace are not here. */
  | 'namespace-labels'
  /** A backend of a kind that is not looked into. */
  | 'other-backend'
  /** A grant for other kinds than routes and Services. */
  | 'other-grant'
  /** Something that it decides about is not worked out. */
  | 'used-by-unmodelled'

export interface MissingFact {
  readonly code: MissingFactCode
  /** What is missing, or not known. */
  readonly of?: string
}

/** Of each object that is not worked out as a whole, the facts that are missing. */
export interface MissingFacts {
  add(object: UnmodelledResource, code: MissingFactCode, of?: string): void
  of(object: UnmodelledResource): readonly MissingFact[]
}

export function missingFacts(): MissingFacts {
  const known = new Map<UnmodelledResource, MissingFact[]>()
  return {
    add(object, code, of) {
      const there = known.get(object) ?? []
      if (!there.some((each) => each.code === code && each.of === of))
        known.set(object, [...there, { code, ...(of !== undefined && { of }) }])
    },
    of: (object) => known.get(object) ?? [],
  }
}
