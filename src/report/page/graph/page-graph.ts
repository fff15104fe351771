import { identityOf } from '../../../domain/manifest/names.ts'
import { normalForm } from '../../../domain/manifest/normal-form.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { Snapshot } from '../../../domain/routing/snapshot.ts'
import { compareTexts } from '../../../domain/source/compare-texts.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { type Bare, changedPaths, edgesOf, type GraphEdge, type GraphInput, keyOf } from '../graph-model.ts'
import { type NowCalled, renamesIn } from './renames.ts'

/** What becomes of a VirtualService or of a reference to one. */
export type PageMark = GraphEdge['mark'] | 'renamed' | 'missing'

/** A VirtualService as it is drawn. */
export interface PageNode {
  readonly name: string
  readonly mark: PageMark
  /** What it is called on the base side. */
  readonly was?: string
  readonly file?: string
  readonly team?: string
  readonly hosts: readonly string[]
}

/** One primary's reference to a VirtualService. */
export interface PageEdge {
  readonly to: PageNode
  readonly prefixes: readonly string[]
  readonly state: GraphEdge['state']
  readonly mark: PageMark
}

/** A primary with all that it delegates to. */
export interface GraphGroup {
  readonly mesh: string
  readonly primary: PageNode
  readonly edges: readonly PageEdge[]
}

/** Who delegates to whom, primary by primary; those of which something differs come first. */
export interface PageGraph {
  readonly groups: readonly GraphGroup[]
  /** VirtualServices that neither delegate nor are delegated to. */
  readonly apart: readonly PageNode[]
  readonly manyMeshes: boolean
}

/** The graph of the merged side with what the base side had besides. */
export function pageGraph(input: GraphInput, teams: TeamNames): PageGraph {
  const called = renamesIn(input)
  const find = nodesIn(input, called, teams)
  const edges = edgesIn(input, called)
  const groups = [...Map.groupBy(edges, ({ mesh, from }) => JSON.stringify([mesh, from])).values()]
    .map((own) => groupOf(own, find))
    .toSorted(
      (a, b) =>
        Number(differs(b)) - Number(differs(a)) ||
        compareTexts(a.mesh, b.mesh) ||
        compareTexts(a.primary.name, b.primary.name),
    )
  const drawn = new Set(edges.flatMap(({ mesh, from, to }) => [find(mesh, from), find(mesh, to)]))
  return {
    groups,
    apart: find.all.filter((each) => !drawn.has(each)),
    manyMeshes: new Set(input.merged.meshes.map(({ name }) => name)).size > 1,
  }
}

/** Whether anything of it is not as it was. */
export function differs({ primary, edges }: GraphGroup): boolean {
  return [primary, ...edges, ...edges.map(({ to }) => to)].some(({ mark }) => mark !== 'same')
}

type MarkedEdge = Bare & { readonly mark: PageMark }

function edgesIn(input: GraphInput, called: NowCalled): readonly MarkedEdge[] {
  const { base, merged, changes = [] } = input
  const after = edgesOf(merged)
  const changed = changedPaths(changes)
  const before = new Map(
    [...edgesOf(base ?? merged).values()].map((edge) => {
      // Whoever still refers to the old name has not moved along.
      const isKept = after.has(keyOf(edge))
      const now = isKept
        ? edge
        : { ...edge, from: called(edge.mesh, edge.from), to: called(edge.mesh, edge.to) }
      return [keyOf(now), { edge, now }] as const
    }),
  )
  const present = [...after].map(([key, edge]): MarkedEdge => {
    const old = before.get(key)
    if (edge.state === 'missing') return { ...edge, mark: 'missing' }
    if (old === undefined) return { ...edge, mark: 'added' }
    const isEqual =
      JSON.stringify([old.edge.prefixes, old.edge.state]) === JSON.stringify([edge.prefixes, edge.state])
    if (!isEqual) return { ...edge, mark: 'changed' }
    // Whoever has another name supplies the requests under another name, too.
    if (keyOf(old.edge) !== key) return { ...edge, mark: 'renamed' }
    return { ...edge, mark: changed.has(key) ? 'changed' : 'same' }
  })
  const gone = [...before].flatMap(([key, { now }]) =>
    after.has(key) ? [] : [{ ...now, mark: 'removed' as const }],
  )
  return [...present, ...gone]
}

interface Finding {
  (mesh: string, name: string): PageNode
  readonly all: readonly PageNode[]
}

function nodesIn({ base, merged }: GraphInput, called: NowCalled, teams: TeamNames): Finding {
  const after = objectsOf(merged, (_, name) => name)
  const before = base === undefined ? after : objectsOf(base, called)
  const nodes = new Map(
    [...new Set([...after.keys(), ...before.keys()])].map((key) => [
      key,
      nodeOf(before.get(key), after.get(key), teams),
    ]),
  )
  const find = (mesh: string, name: string): PageNode => {
    const key = JSON.stringify([mesh, name])
    const node = nodes.get(key) ?? { name, mark: 'missing' as const, hosts: [] }
    nodes.set(key, node)
    return node
  }
  return Object.assign(find, { all: [...nodes.values()] })
}

function objectsOf(side: Snapshot, called: NowCalled): ReadonlyMap<string, VirtualService> {
  const all = side.meshes.flatMap((mesh) =>
    mesh.inForce.virtualServices.map(
      (each) => [JSON.stringify([mesh.name, called(mesh.name, identityOf(each))]), each] as const,
    ),
  )
  return new Map(all)
}

function nodeOf(
  before: VirtualService | undefined,
  after: VirtualService | undefined,
  teams: TeamNames,
): PageNode {
  const object = after ?? before
  if (object === undefined) throw new Error('A VirtualService is on one side at least')
  const team = teams(object)
  const was = before && after && identityOf(before) !== identityOf(after) ? identityOf(before) : undefined
  return {
    name: identityOf(object),
    mark: was === undefined ? markOf(before, after) : 'renamed',
    ...(was !== undefined && { was }),
    file: object.file.path,
    ...(team !== undefined && { team }),
    hosts: object.spec.hosts ?? [],
  }
}

function markOf(before: VirtualService | undefined, after: VirtualService | undefined): PageMark {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  return before === after || normalForm(before) === normalForm(after) ? 'same' : 'changed'
}

function groupOf(edges: readonly MarkedEdge[], find: Finding): GraphGroup {
  const [first] = edges
  if (first === undefined) throw new Error('A group has an edge')
  const { mesh, from } = first
  return {
    mesh,
    primary: find(mesh, from),
    edges: edges
      .map(({ to, prefixes, state, mark }) => ({ to: nodeAt(find(mesh, to), state), prefixes, state, mark }))
      .toSorted((a, b) => Number(b.mark !== 'same') - Number(a.mark !== 'same')),
  }
}

/** One that is not here is missing only where nothing else is known to have it. */
function nodeAt(node: PageNode, state: GraphEdge['state']): PageNode {
  return node.file === undefined && state === 'external' ? { ...node, mark: 'same' } : node
}
