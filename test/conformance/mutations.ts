import type { MeshKind } from '../../conformance/mesh.ts'

/** One wrong thing in the engine: an expression that one of its files has once, and what is worked out instead. */
export interface Mutation {
  readonly name: string
  /** The meshes that show it soon. */
  readonly kind: MeshKind
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Each is a mistake about merging or matching that somebody could make. */
export const mutations: readonly Mutation[] = [
  {
    name: 'a secondary inherits nothing',
    kind: 'sidecar',
    file: 'src/domain/routing/merge-http-routes.ts',
    from: 'inheritedFields(primary, version)',
    to: '{}',
  },
  {
    name: 'no two matches conflict',
    kind: 'plain',
    file: 'src/domain/routing/merge-http-routes.ts',
    from: '{ ...matches, secondaryEntry }',
    to: "{ kind: 'merged', secondaryEntry, http: secondary }",
  },
  {
    name: 'a prefix is a whole path',
    kind: 'plain',
    file: 'src/domain/routing/explain/compiled-routes.ts',
    from: '(path) => fold(path).startsWith(wanted)',
    to: '(path) => fold(path) === wanted',
  },
  {
    name: 'a prefix of a value may stand anywhere in it',
    kind: 'plain',
    file: 'src/domain/match/request-matches.ts',
    from: "value.startsWith(matcher.prefix ?? '')",
    to: "value.includes(matcher.prefix ?? '')",
  },
  {
    name: 'catch-alls of several VirtualServices stay where they are',
    kind: 'tls',
    file: 'src/domain/routing/explain/explain-host.ts',
    from: 'separate ? [isOrdinary, isLast] : [anyRoute]',
    to: '[anyRoute]',
  },
  {
    name: 'a header that is missing satisfies no withoutHeaders',
    kind: 'values',
    file: 'src/domain/match/request-matches.ts',
    from: "missingSatisfies && !valueHolds(unwanted, '')",
    to: 'false',
  },
  {
    name: 'the shortest wildcard is chosen',
    kind: 'values',
    file: 'src/domain/routing/explain/host-index.ts',
    from: '(a, b) => b - a',
    to: '(a, b) => a - b',
  },
  {
    name: 'of two prefixes of HTTPRoutes the shorter comes first',
    kind: 'gateway-api',
    file: 'src/domain/gateway-api/order.ts',
    from: 'b.path.length - a.path.length',
    to: 'a.path.length - b.path.length',
  },
  {
    name: 'an expression of an HTTPRoute may come before a prefix',
    kind: 'gateway-api',
    file: 'src/domain/gateway-api/order.ts',
    from: 'ranks[a.path.kind] - ranks[b.path.kind]',
    to: '0',
  },
  {
    name: 'policies are asked after the routes, of which there may be none',
    kind: 'gateway-api-extended',
    file: 'src/domain/routing/explain/explain-request.ts',
    from: 'refusal === undefined',
    to: "refusal === undefined || answer.outcome !== 'route'",
  },
]
