import { shortened } from '../../../domain/source/shortened.ts'
import { visible } from '../../../domain/words/visible.ts'
import { escaped } from '../../print/html-text.ts'
import { type TeamColours, teamClass } from '../team-colours.ts'
import { markWords } from './graph-words.ts'
import type { PlacedBox } from './layout.ts'
import type { PageNode } from './page-graph.ts'

/** A letter as the widest of the usual fonts of one width has it, at 13 pixels. */
const shape = { narrowest: 120, widest: 300, height: 42, bar: 8, margin: 8, letter: 7.9 }

/** The size of boxes in which these VirtualServices are named: as wide as the names, within reason. */
export function boxSize(nodes: readonly PageNode[]): { readonly width: number; readonly height: number } {
  const lengths = nodes.flatMap((node) => [node.name.length, secondLine(node).length])
  const wanted = Math.max(0, ...lengths) * shape.letter + shape.bar + 2 * shape.margin + 4
  const width = Math.ceil(Math.min(shape.widest, Math.max(shape.narrowest, wanted)))
  return { width, height: shape.height }
}

/** A VirtualService: its name, its team, and what becomes of it. */
export function nodeSvg(node: PageNode, place: PlacedBox, colours: TeamColours): string {
  const most = Math.floor((place.width - shape.bar - 2 * shape.margin) / shape.letter)
  const left = place.x + shape.bar + shape.margin
  const line = (name: string, text: string, y: number) =>
    `<text class="${name}" x="${left}" y="${y}">${escaped(shortened(visible(text), most))}</text>`
  return [
    `<g class="node ${node.mark}"><title>${escaped(titleOf(node))}</title>`,
    frame(place),
    barSvg(place, node.team, colours),
    line('name', node.name, place.y + 17),
    line('team', secondLine(node), place.y + 34),
    '</g>',
  ].join('')
}

/** What stands for those that are not drawn. */
export function leftSvg(left: number, place: PlacedBox): string {
  const text = `<text class="team" x="${place.x + shape.margin}" y="${place.y + 26}">and ${left} more</text>`
  return `<g class="node left">${frame(place)}${text}</g>`
}

function secondLine(node: PageNode): string {
  const team = node.team ?? (node.file === undefined ? '' : 'no team')
  return [team, markWords(node)].filter((each) => each !== '').join(', ')
}

function titleOf(node: PageNode): string {
  return [node.name, secondLine(node), node.file].filter((each) => each !== undefined).join(', ')
}

function frame({ x, y, width, height }: PlacedBox): string {
  return `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`
}

/** The colour of a team, and over it the pattern that tells it from the other teams of that colour. */
function barSvg({ x, y, height }: PlacedBox, team: string | undefined, colours: TeamColours): string {
  if (team === undefined) return ''
  const { hue, pattern } = teamClass(team, colours)
  const size = `x="${x}" y="${y}" width="${shape.bar}" height="${height}"`
  return `<rect class="${hue}" ${size}/>${pattern === undefined ? '' : `<rect fill="url(#${pattern})" ${size}/>`}`
}
