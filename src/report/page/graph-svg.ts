import { shortened } from '../../domain/source/shortened.ts'
import { visible } from '../../domain/words/visible.ts'
import { escaped } from '../print/html-text.ts'
import { type GraphEdge, type GraphInput, type GraphNode, graphModel } from './graph-model.ts'

const box = { width: 240, height: 36, gap: 28, middle: 320, margin: 16 }

interface Placed {
  readonly node: GraphNode
  readonly x: number
  readonly y: number
}

function keyOf(mesh: string, name: string): string {
  return JSON.stringify([mesh, name])
}

/** Who delegates stands on the left, who is delegated to on the right, in the order of their names. */
function placed(nodes: readonly GraphNode[]): ReadonlyMap<string, Placed> {
  const right = (node: GraphNode): boolean => node.role === 'secondary' || node.role === 'absent'
  const column = (some: readonly GraphNode[], x: number) =>
    some.map((node, row): readonly [string, Placed] => [
      keyOf(node.mesh, node.name),
      { node, x, y: box.margin + row * (box.height + box.gap) },
    ])
  const left = nodes.filter((node) => !right(node))
  return new Map([
    ...column(left, box.margin),
    ...column(nodes.filter(right), box.margin + box.width + box.middle),
  ])
}

function nodeSvg({ node, x, y }: Placed, manyMeshes: boolean): string {
  const name = visible(manyMeshes ? `${node.mesh}: ${node.name}` : node.name)
  const dashed = node.role === 'absent' ? ' stroke-dasharray="4 3"' : ''
  const round = node.role === 'secondary' ? box.height / 2 : 4
  return [
    `<g><title>${escaped(node.file === undefined ? name : `${name}, ${node.file}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${round}" class="node"${dashed}/>`,
    `<text x="${x + box.width / 2}" y="${y + box.height / 2 + 4}" text-anchor="middle">${escaped(shortened(name, 32))}</text></g>`,
  ].join('')
}

const remarks: Readonly<Record<GraphEdge['mark'], string>> = {
  same: '',
  added: ' (new)',
  removed: ' (removed)',
  changed: ' (changed)',
}

function textOf({ prefixes, state, mark }: GraphEdge): string {
  const fault = state === 'resolved' ? '' : `, ${state}`
  return `${prefixes.join(', ')}${fault}${remarks[mark]}`
}

/** Labels stand near the secondary, where the lines of one primary have parted. */
function edgeSvg(edge: GraphEdge, from: Placed, to: Placed): string {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2]
  const [x2, y2] = to.x > from.x ? [to.x, to.y + box.height / 2] : [to.x + box.width, to.y + box.height / 2]
  const bend = Math.max(60, Math.abs(x2 - x1) / 2)
  const end = x2 > x1 ? x2 - bend : x2 + bend
  const kind = edge.state === 'resolved' || edge.state === 'external' ? edge.mark : `${edge.mark} broken`
  return [
    `<g class="edge ${kind}"><title>${escaped(textOf(edge))}</title>`,
    `<path d="M${x1},${y1} C${x1 + bend},${y1} ${end},${y2} ${x2},${y2}" marker-end="url(#arrow)"/>`,
    `<text x="${x2 > x1 ? x2 - 18 : x2 + 18}" y="${y2 - 8}" text-anchor="${x2 > x1 ? 'end' : 'start'}">${escaped(shortened(visible(textOf(edge)), 44))}</text></g>`,
  ].join('')
}

const style = [
  'text{font:13px system-ui,sans-serif;fill:currentColor}',
  '.node{fill:none;stroke:currentColor}',
  '.edge path{fill:none;stroke:currentColor;stroke-width:1.2}',
  '.edge text{font-size:11px;paint-order:stroke;stroke:Canvas;stroke-width:5px}',
  '.added path,.changed path{stroke:#bf3989;stroke-width:3}',
  '.removed path{stroke:#bf3989;stroke-dasharray:5 4}',
  '.broken path{stroke:#cf222e}',
].join('')

/** The whole delegation graph as a picture that needs nothing else. The same graph gives the same bytes. */
export function graphSvg(input: GraphInput): string {
  const { nodes, edges } = graphModel(input, 'all')
  const places = placed(nodes)
  const manyMeshes = new Set(nodes.map(({ mesh }) => mesh)).size > 1
  const all = [...places.values()]
  const width = box.margin * 2 + box.width * 2 + box.middle
  const height = Math.max(0, ...all.map(({ y }) => y)) + box.height + box.margin
  const lines = edges.flatMap((edge) => {
    const [from, to] = [places.get(keyOf(edge.mesh, edge.from)), places.get(keyOf(edge.mesh, edge.to))]
    return from === undefined || to === undefined ? [] : [edgeSvg(edge, from, to)]
  })
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Delegation graph">`,
    `<style>${style}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L8,4L0,8z" fill="context-stroke"/></marker></defs>',
    ...lines,
    ...all.map((each) => nodeSvg(each, manyMeshes)),
    '</svg>',
  ].join('\n')}\n`
}
