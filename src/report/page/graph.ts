import { budgets } from '../../domain/budgets.ts'
import { shortened } from '../../domain/source/shortened.ts'
import { quoted, say, words } from '../../domain/words/phrase.ts'
import { visible } from '../../domain/words/visible.ts'
import { markdownOf } from '../print/print.ts'
import {
  type GraphEdge,
  type GraphInput,
  type GraphModel,
  type GraphNode,
  graphModel,
} from './graph-model.ts'
import { schema } from './json/schema.ts'

/** Lines of Mermaid, or of a Markdown list where the drawing would be too large to read. */
export interface GraphText {
  readonly kind: 'mermaid' | 'list'
  readonly lines: readonly string[]
}

/** More nodes than this nobody reads in a comment, and GitHub may refuse to draw them. */
const mostNodes = budgets.graphNodes.size

/** Mermaid reads `#35;` as a character; only what cannot be syntax, a directive or markup stays as it is. */
function label(text: string): string {
  return shortened(visible(text), 60).replace(/[^\p{L}\p{N} ,./*_-]/gu, (sign) => `#${sign.codePointAt(0)};`)
}

const faults: Readonly<Record<GraphEdge['state'], string>> = {
  resolved: '',
  external: 'not in this repository',
  missing: 'not there',
  hidden: 'not exported to the primary',
  'has-hosts': 'has hosts',
  nested: 'delegates itself',
}

function prefixesText({ prefixes }: GraphEdge): string {
  const shown = prefixes.slice(0, 4).join(', ')
  return prefixes.length > 4 ? `${shown} and ${prefixes.length - 4} more` : shown
}

function edgeLabel(edge: GraphEdge): string {
  const remarks = [
    faults[edge.state],
    edge.mark === 'removed' ? 'removed' : edge.mark === 'added' ? 'new' : '',
  ]
  return [prefixesText(edge), ...remarks.filter((remark) => remark !== '')].join(', ')
}

function arrow(edge: GraphEdge): string {
  if (edge.mark === 'removed') return '-.->'
  if (edge.state !== 'resolved' && edge.state !== 'external') return '--x'
  return edge.mark === 'same' ? '-->' : '==>'
}

function keyOf(node: Pick<GraphNode, 'mesh' | 'name'>): string {
  return JSON.stringify([node.mesh, node.name])
}

/** `ns1/vs-1 of login`. */
function withTeam({ name, team }: GraphNode): string {
  return team === undefined ? name : `${name} of ${team}`
}

function mermaid({ nodes, edges }: GraphModel): readonly string[] {
  const ids = new Map(nodes.map((node, index) => [keyOf(node), `n${index}`]))
  const id = (mesh: string, name: string): string => ids.get(keyOf({ mesh, name })) ?? 'n'
  const manyMeshes = new Set(nodes.map((node) => node.mesh)).size > 1
  const named = (node: GraphNode): string =>
    label(manyMeshes ? `${node.mesh}: ${withTeam(node)}` : withTeam(node))
  const changed = edges.flatMap((edge, index) => (edge.mark === 'same' ? [] : [index]))
  return [
    'graph LR',
    ...nodes.map((node) => {
      const text = named(node)
      return node.role === 'primary'
        ? `  ${id(node.mesh, node.name)}["${text}"]`
        : `  ${id(node.mesh, node.name)}("${text}")`
    }),
    ...edges.map(
      (edge) =>
        `  ${id(edge.mesh, edge.from)} ${arrow(edge)}|"${label(edgeLabel(edge))}"| ${id(edge.mesh, edge.to)}`,
    ),
    ...(changed.length === 0 ? [] : [`  linkStyle ${changed.join(',')} stroke:#bf3989,stroke-width:3px`]),
  ]
}

function list({ edges }: GraphModel): readonly string[] {
  return edges.map((edge) => {
    const remarks = [faults[edge.state], edge.mark === 'same' ? '' : edge.mark].filter(
      (remark) => remark !== '',
    )
    const remark = remarks.length === 0 ? [] : words(` (${remarks.join(', ')})`)
    return `- ${markdownOf(say`${quoted(edge.from)} delegates ${quoted(prefixesText(edge))} to ${quoted(edge.to)}${remark}`)}`
  })
}

/** The delegations concerned, as Mermaid for a comment: changed ones thick, removed ones dotted, broken ones crossed. */
export function graphMermaid(input: GraphInput, scope: 'all' | 'changed' = 'changed'): GraphText {
  const model = graphModel(input, scope)
  if (model.nodes.length === 0) return { kind: 'list', lines: [] }
  if (scope === 'changed' && model.nodes.length > mostNodes) return { kind: 'list', lines: list(model) }
  return { kind: 'mermaid', lines: mermaid(model) }
}

/** The whole delegation graph for programs. */
export function graphJson(input: GraphInput): object {
  return { schema, ...graphModel(input, 'all') }
}

function dotString(text: string): string {
  return `"${visible(text).replace(/["\\]/g, '\\$&')}"`
}

/** The whole delegation graph for Graphviz. */
export function graphDot(input: GraphInput): string {
  const { nodes, edges } = graphModel(input, 'all')
  const ids = new Map(nodes.map((node, index) => [keyOf(node), `n${index}`]))
  const id = (mesh: string, name: string): string => ids.get(keyOf({ mesh, name })) ?? 'n'
  const style = (edge: GraphEdge): string =>
    edge.mark === 'removed' ? ', style=dashed' : edge.mark === 'same' ? '' : ', penwidth=3, color="#bf3989"'
  return [
    'digraph delegation {',
    '  rankdir=LR',
    ...nodes.map(
      (node) =>
        `  ${id(node.mesh, node.name)} [label=${dotString(withTeam(node))}, shape=${node.role === 'primary' ? 'box' : 'ellipse'}]`,
    ),
    ...edges.map(
      (edge) =>
        `  ${id(edge.mesh, edge.from)} -> ${id(edge.mesh, edge.to)} [label=${dotString(edgeLabel(edge))}${style(edge)}]`,
    ),
    '}',
    '',
  ].join('\n')
}
