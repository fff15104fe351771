import type { RouteChange } from '../../domain/diff/route-change.ts'
import { identityOf, shownName } from '../../domain/manifest/names.ts'
import type { VirtualService } from '../../domain/manifest/virtual-service.ts'
import type { DelegateEdge } from '../../domain/routing/delegation-graph.ts'
import type { Mesh, Snapshot } from '../../domain/routing/snapshot.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import { matchText } from '../sentences/requests/match-text.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'

/** One side, or two that are compared; a `Comparison` is one. */
export interface GraphInput {
  readonly merged: Snapshot
  readonly base?: Snapshot
  readonly changes?: readonly RouteChange[]
  /** How teams are called; absent where nobody asks for them. */
  readonly teams?: TeamNames
}

/** A VirtualService, by the part it plays in delegation. */
export interface GraphNode {
  readonly mesh: string
  /** `ns/name`. */
  readonly name: string
  readonly role: 'primary' | 'secondary' | 'ordinary' | 'absent'
  /** Absent for a VirtualService that is not in this repository. */
  readonly file?: string
  /** Absent where nobody owns it, or nobody asked. */
  readonly team?: string
}

/** All references of one VirtualService to another. */
export interface GraphEdge {
  readonly mesh: string
  readonly from: string
  readonly to: string
  /** The matches under which requests are delegated; `/*` without one. */
  readonly prefixes: readonly string[]
  readonly state: DelegateEdge['state']
  readonly mark: 'same' | 'added' | 'removed' | 'changed'
}

/** Who delegates to whom, and what of it differs between the two sides. */
export interface GraphModel {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** An edge of one side. */
export type Bare = Omit<GraphEdge, 'mark'>

function prefixesOf(edge: DelegateEdge): readonly string[] {
  const matches = edge.route.match ?? []
  return matches.length === 0 ? ['/*'] : matches.map(matchText)
}

/** Which reference it is, on whichever side. */
export function keyOf({ mesh, from, to }: Pick<Bare, 'mesh' | 'from' | 'to'>): string {
  return JSON.stringify([mesh, from, to])
}

/** All references of one side, by `keyOf`. */
export function edgesOf(side: Snapshot | undefined): ReadonlyMap<string, Bare> {
  const edges = new Map<string, Bare>()
  for (const mesh of side?.meshes ?? []) {
    for (const bare of [...mesh.graph.edges.map((edge) => bareOf(edge, mesh)), ...listEdges(mesh)]) {
      const known = edges.get(keyOf(bare))
      const prefixes = [...(known?.prefixes ?? []), ...bare.prefixes]
      edges.set(keyOf(bare), { ...bare, prefixes, state: known?.state ?? bare.state })
    }
  }
  return edges
}

function bareOf(edge: DelegateEdge, { name: mesh }: Mesh): Bare {
  const { primary, target, state } = edge
  return { mesh, from: identityOf(primary), to: target, prefixes: prefixesOf(edge), state }
}

/** A list of the Gateway API leads to the routes that it is made of, as a primary does to its secondaries. */
function listEdges({ name: mesh, gatewayApi }: Mesh): readonly Bare[] {
  return (gatewayApi?.lists ?? []).flatMap(({ virtualService, entries }) =>
    entries.map(({ http: { match = [] }, secondary }) => ({
      mesh,
      from: shownName(virtualService),
      to: shownName(secondary),
      prefixes: match.map(matchText),
      state: 'resolved' as const,
    })),
  )
}

/** The delegations through which the changes of traffic go, by `keyOf`. */
export function changedPaths(changes: readonly RouteChange[]): ReadonlySet<string> {
  const keys = changes.flatMap(({ mesh, before, after }) =>
    [before, after].flatMap((route) =>
      route?.from.secondary === undefined
        ? []
        : [JSON.stringify([mesh, shownName(route.from.primary), shownName(route.from.secondary)])],
    ),
  )
  return new Set(keys)
}

function marked(input: GraphInput): readonly GraphEdge[] {
  const after = edgesOf(input.merged)
  const before = input.base === undefined ? after : edgesOf(input.base)
  const changed = changedPaths(input.changes ?? [])
  const equal = (key: string): boolean => JSON.stringify(before.get(key)) === JSON.stringify(after.get(key))
  const present = [...after].map(([key, edge]): GraphEdge => {
    if (!before.has(key)) return { ...edge, mark: 'added' }
    return { ...edge, mark: equal(key) && !changed.has(key) ? 'same' : 'changed' }
  })
  const gone = [...before].filter(([key]) => !after.has(key))
  return [...present, ...gone.map(([, edge]): GraphEdge => ({ ...edge, mark: 'removed' }))]
}

const nobody: TeamNames = () => undefined

function nodesOf({ name: mesh, graph, gatewayApi }: Mesh, teams = nobody): readonly GraphNode[] {
  const nodes = (role: GraphNode['role'], all: readonly VirtualService[]) =>
    all.map((each): GraphNode => {
      const team = teams(each)
      return { mesh, name: shownName(each), role, file: each.file.path, ...(team !== undefined && { team }) }
    })
  const lists = gatewayApi?.lists ?? []
  const routes = new Set(lists.flatMap(({ entries }) => entries.map(({ secondary }) => secondary)))
  return [
    ...nodes('primary', graph.primaries),
    ...nodes('secondary', graph.secondaries),
    ...nodes('ordinary', graph.ordinary),
    ...nodes(
      'primary',
      lists.map(({ virtualService }) => virtualService),
    ),
    ...nodes('secondary', [...routes]),
  ]
}

/** The graph of the merged side with what the base side had besides. `scope: 'changed'` keeps only primaries concerned. */
export function graphModel(input: GraphInput, scope: 'all' | 'changed'): GraphModel {
  const every = marked(input)
  const concerned = new Set(
    every.filter((edge) => edge.mark !== 'same').map(({ mesh, from }) => JSON.stringify([mesh, from])),
  )
  const edges =
    scope === 'all' ? every : every.filter(({ mesh, from }) => concerned.has(JSON.stringify([mesh, from])))
  const known = new Map<string, GraphNode>()
  for (const mesh of [...input.merged.meshes, ...(input.base?.meshes ?? [])]) {
    for (const node of nodesOf(mesh, input.teams)) {
      const key = JSON.stringify([node.mesh, node.name])
      if (!known.has(key)) known.set(key, node)
    }
  }
  const ends = edges.flatMap(({ mesh, from, to }) => [
    [mesh, from],
    [mesh, to],
  ])
  const wanted = new Set([
    ...ends.map((end) => JSON.stringify(end)),
    ...(scope === 'all' ? known.keys() : []),
  ])
  const nodes = [...wanted].map((key) => known.get(key) ?? absent(key))
  return { nodes: nodes.sort(compareNodes), edges }
}

function absent(key: string): GraphNode {
  const [mesh = '', name = ''] = JSON.parse(key) as readonly string[]
  return { mesh, name, role: 'absent' }
}

const roles: readonly GraphNode['role'][] = ['primary', 'ordinary', 'secondary', 'absent']

function compareNodes(a: GraphNode, b: GraphNode): number {
  return (
    compareTexts(a.mesh, b.mesh) ||
    roles.indexOf(a.role) - roles.indexOf(b.role) ||
    compareTexts(a.name, b.name)
  )
}
