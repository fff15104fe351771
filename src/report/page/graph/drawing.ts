import { budgets } from '../../../domain/budgets.ts'
import { shortened } from '../../../domain/source/shortened.ts'
import { visible } from '../../../domain/words/visible.ts'
import { escaped } from '../../print/html-text.ts'
import { rowData } from '../row-data.ts'
import type { TeamColours } from '../team-colours.ts'
import { boxSize, leftSvg, nodeSvg } from './boxes.ts'
import { edgeRemark, prefixesOf } from './graph-words.ts'
import type { Placed, PlacedReference, Sized, SizedReference } from './layout.ts'
import type { GraphGroup, PageEdge } from './page-graph.ts'

/** What stands above an arrow, and what becomes of it below. */
type Lines = readonly [above: string, below: string]

const noLines: Lines = ['', '']
const widthOfLetter = 7

/** Lays out a primary and what it delegates to. */
export type Placing = (primary: Sized, references: readonly SizedReference[]) => Placed

interface Tools {
  readonly colours: TeamColours
  readonly placed: Placing
}

/** One primary and what it delegates to as a picture; what differs is drawn before what does not. */
export function drawing(group: GraphGroup, { colours, placed }: Tools): string {
  const { primary, edges } = group
  const shown = edges.slice(0, budgets.drawnReferences.size)
  const left = edges.length - shown.length
  const box = boxSize(shown.map(({ to }) => to))
  const labels = [...shown.map(linesOf), ...(left === 0 ? [] : [noLines])]
  const places = placed(
    boxSize([primary]),
    labels.map((lines) => ({ box, label: labelSize(lines, box) })),
  )
  const references = places.references.map((place, at) => {
    const edge = shown[at]
    if (edge === undefined) return `<g>${pathSvg(place, 'same')}${leftSvg(left, place.box)}</g>`
    const parts = [
      pathSvg(place, stateClass(edge)),
      labelSvg(place, labels[at] ?? noLines),
      nodeSvg(edge.to, place.box, colours),
    ]
    return `<g class="edge"${edgeData(group, edge)}>${parts.join('')}</g>`
  })
  return svg(places, nameOf(group), [...references, nodeSvg(primary, places.primary, colours)])
}

function nameOf({ primary, edges }: GraphGroup): string {
  return `What ${primary.name} delegates to: ${edges.length} VirtualServices, which the table below lists, too`
}

function svg({ width, height }: Placed, name: string, parts: readonly string[]): string {
  return [
    `<svg class="graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(name)}">`,
    ...parts,
    '</svg>',
  ].join('\n')
}

/** What a reference is found by. */
export function edgeData({ primary }: GraphGroup, { to, prefixes, mark }: PageEdge): string {
  return rowData({
    teams: [to.team, primary.team].flatMap((team) => team ?? []),
    hosts: primary.hosts,
    paths: prefixes,
    kind: `graph:${mark === 'same' ? to.mark : mark}`,
  })
}

function linesOf(edge: PageEdge): Lines {
  const line = (text: string) => shortened(visible(text), budgets.drawnLabel.size)
  return [line(prefixesOf(edge, 2).join(', ')), line(edgeRemark(edge))]
}

/** The arrow goes through the middle of it. */
function labelSize(lines: Lines, { height }: Sized): Sized {
  return { width: Math.max(48, ...lines.map(({ length }) => length * widthOfLetter + 16)), height }
}

function labelSvg({ label: { x, y } }: PlacedReference, [above, below]: Lines): string {
  const text = (line: string, baseline: number) =>
    line === '' ? '' : `<text class="label" x="${x}" y="${baseline}">${escaped(line)}</text>`
  return `${text(above, y - 6)}${text(below, y + 15)}`
}

function stateClass({ state, mark }: PageEdge): string {
  return mark !== 'removed' && state !== 'resolved' && state !== 'external' ? 'broken' : mark
}

const bend = 8

/** Down from the primary and across: no arrow crosses the words of another. */
function pathSvg({ from, to }: PlacedReference, kind: string): string {
  const trunk = from.x + 2 * bend
  const down = [
    `H${trunk - bend}`,
    `Q${trunk},${from.y} ${trunk},${from.y + bend}`,
    `V${to.y - bend}`,
    `Q${trunk},${to.y} ${trunk + bend},${to.y}`,
  ]
  const way = to.y - from.y < 2 * bend ? [`L${trunk + bend},${to.y}`] : down
  return `<path class="${kind}" d="M${from.x},${from.y} ${way.join(' ')} H${to.x}" marker-end="url(#arrow)"/>`
}
