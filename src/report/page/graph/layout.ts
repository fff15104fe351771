import { Graph, layout } from '@dagrejs/dagre'

/** What takes room in a picture. */
export interface Sized {
  readonly width: number
  readonly height: number
}

/** A place, from the upper left corner of the picture. */
interface Point {
  readonly x: number
  readonly y: number
}

/** A box, by its upper left corner. */
export type PlacedBox = Point & Sized

/** What one reference takes: the box that it leads to, and what stands on its arrow. */
export interface SizedReference {
  readonly box: Sized
  readonly label: Sized
}

/** Where a reference is drawn: its arrow from end to end, the middle of its label, and its box. */
export interface PlacedReference {
  readonly from: Point
  readonly label: Point
  readonly to: Point
  readonly box: PlacedBox
}

/** Where everything of one primary stands. */
export interface Placed extends Sized {
  readonly primary: PlacedBox
  readonly references: readonly PlacedReference[]
}

const spacing = { rankdir: 'LR', align: 'UL', nodesep: 10, edgesep: 10, ranksep: 56, marginx: 2, marginy: 2 }
const root = 'primary'

/** Lays out a primary and what it delegates to: boxes of equal size, from top to bottom. */
export function placed(primary: Sized, references: readonly SizedReference[]): Placed {
  const graph = new Graph()
  graph.setGraph({ ...spacing })
  graph.setNode(root, { ...primary })
  for (const [at, { box, label }] of references.entries()) {
    graph.setNode(String(at), { ...box })
    graph.setEdge(root, String(at), { ...label, labelpos: 'c' })
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  const corner = boxAt(graph.node(root), primary)
  const from = { x: corner.x + primary.width, y: corner.y + primary.height / 2 }
  const places = references
    .map(({ box }, at) => ({
      box: boxAt(graph.node(String(at)), box),
      label: pointOf(graph.edge(root, String(at))),
    }))
    .toSorted((a, b) => a.box.y - b.box.y)
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    primary: corner,
    references: places.map(({ box, label }) => {
      const y = box.y + box.height / 2
      return { from, label: { x: label.x, y }, to: { x: box.x, y }, box }
    }),
  }
}

/** The library places the middle of a box. */
function boxAt(middle: Partial<Point>, { width, height }: Sized): PlacedBox {
  const { x, y } = pointOf(middle)
  return { x: x - Math.round(width / 2), y: y - Math.round(height / 2), width, height }
}

function pointOf({ x = 0, y = 0 }: Partial<Point>): Point {
  return { x: Math.round(x), y: Math.round(y) }
}
