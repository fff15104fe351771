import { budgets } from '../../../domain/budgets.ts'
import { compareTexts } from '../../../domain/source/compare-texts.ts'
import { counted } from '../../print/counted.ts'
import { escaped } from '../../print/html-text.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { foldHtml } from '../fold.ts'
import type { Section } from '../frame.ts'
import type { GraphInput } from '../graph-model.ts'
import { swatch, type TeamColours, teamColours } from '../team-colours.ts'
import { drawing, edgeData, type Placing } from './drawing.ts'
import { edgeRemark, marks, markWords } from './graph-words.ts'
import {
  differs,
  type GraphGroup,
  type PageEdge,
  type PageGraph,
  type PageNode,
  pageGraph,
} from './page-graph.ts'

/** Who delegates to whom: a picture for each primary, a legend, and a table of the same. */
export function graphSection(input: GraphInput, teams: TeamNames, placed: Placing): Section {
  const graph = pageGraph(input, teams)
  const isCompared = input.base !== undefined
  const lines = graph.groups.length === 0 ? nothing(graph) : groupsHtml(graph, { isCompared, placed })
  return { id: 'graph', heading: 'Who delegates to whom', lines }
}

function nothing({ apart }: PageGraph): readonly string[] {
  return apart.length === 0
    ? []
    : ['<p>No VirtualService here delegates to another.</p>', ...apartHtml(apart)]
}

interface Drawing {
  readonly isCompared: boolean
  readonly placed: Placing
}

function groupsHtml(graph: PageGraph, { isCompared, placed }: Drawing): readonly string[] {
  const { groups, apart } = graph
  const names = teamsIn(groups)
  const colours = teamColours(names)
  const drawn = groups.slice(0, budgets.drawnGroups.size)
  const left = groups.length - drawn.length
  return [
    ...(isCompared ? [marksLegend] : []),
    ...teamsLegend(names, colours),
    ...drawn.flatMap((group, at) =>
      groupHtml(group, { graph, colours, placed, isOpen: at < budgets.openGroups.size }),
    ),
    ...(left === 0
      ? []
      : [
          `<p>${counted(left, 'more primary')}: the table below has them.</p>`.replace(
            'primarys',
            'primaries',
          ),
        ]),
    ...tableHtml(graph),
    ...apartHtml(apart),
  ]
}

function teamsIn(groups: readonly GraphGroup[]): readonly string[] {
  const nodes = groups.flatMap(({ primary, edges }) => [primary, ...edges.map(({ to }) => to)])
  return [...new Set(nodes.flatMap(({ team }) => team ?? []))].toSorted(compareTexts)
}

const marksLegend = `<ul class="legend" aria-label="What the marks mean">${marks
  .map(
    ([mark, sign, words]) => `<li><span class="sign ${mark}" aria-hidden="true">${sign}</span>${words}</li>`,
  )
  .join('')}</ul>`

function teamsLegend(names: readonly string[], colours: TeamColours): readonly string[] {
  if (names.length === 0) return []
  const items = names.map((name) => `<li>${swatch(name, colours)}${escaped(name)}</li>`).join('')
  const list = `<ul class="legend" aria-label="Teams">${items}</ul>`
  return names.length <= 12
    ? [list]
    : [`<details><summary>Colours of ${names.length} teams</summary>${list}</details>`]
}

interface Around {
  readonly graph: PageGraph
  readonly colours: TeamColours
  readonly placed: Placing
  readonly isOpen: boolean
}

function groupHtml(group: GraphGroup, { graph, colours, placed, isOpen }: Around): readonly string[] {
  const name = `${graph.manyMeshes ? `${group.mesh}: ` : ''}${group.primary.name}`
  return foldHtml({
    summary: `<code>${escaped(name)}</code> ${escaped(summaryOf(group))}`,
    lines: [
      `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(`Delegation graph of ${name}`)}">`,
      drawing(group, { colours, placed }),
      '</div>',
    ],
    isOpen,
  })
}

function summaryOf(group: GraphGroup): string {
  const { primary, edges } = group
  const teams = new Set(edges.flatMap(({ to }) => to.team ?? []))
  const of = teams.size > 1 ? ` of ${teams.size} teams` : ''
  const counts = marks.flatMap(([mark, , words]) => {
    const count = edges.filter(
      (edge) => edge.mark === mark || (edge.mark === 'same' && edge.to.mark === mark),
    ).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  const own = primary.mark === 'same' || primary.mark === 'missing' ? [] : [`itself ${primary.mark}`]
  const what = [...own, ...counts]
  const differing = differs(group) && what.length > 0 ? `: ${what.join(', ')}` : ''
  return `delegates to ${counted(edges.length, 'VirtualService')}${of}${differing}`
}

const heads = ['Primary', 'Requests', 'Delegated to', 'Team', 'What changes']

function tableHtml({ groups, manyMeshes }: PageGraph): readonly string[] {
  const all = groups.flatMap((group) => group.edges.map((edge) => rowHtml(group, edge, manyMeshes)))
  const shown = all.slice(0, budgets.pageReferences.size)
  const left = all.length - shown.length
  const lines = [
    '<div class="scroll" role="region" tabindex="0" aria-label="Delegations as a table"><table>',
    `<thead><tr>${heads.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead><tbody>`,
    ...shown,
    '</tbody></table></div>',
    ...(left === 0 ? [] : [`<p>${left} more: <code>firebreak graph --format json</code> has them.</p>`]),
  ]
  const summary = `The same as a table (${counted(all.length, 'reference')})`
  return all.length > 12 ? foldHtml({ summary, lines, isOpen: false }) : lines
}

function rowHtml(group: GraphGroup, edge: PageEdge, manyMeshes: boolean): string {
  const { primary } = group
  const { to, prefixes } = edge
  const isSaid = edge.mark === to.mark && to.was === undefined
  const remarks = [edgeRemark(edge), isSaid ? '' : markWords(to)]
  const cells = [
    code(`${manyMeshes ? `${group.mesh}: ` : ''}${primary.name}`),
    prefixes.slice(0, 4).map(code).join(', ') +
      (prefixes.length > 4 ? ` and ${prefixes.length - 4} more` : ''),
    code(to.name),
    escaped(to.team ?? ''),
    escaped(remarks.filter((each) => each !== '').join(', ')),
  ]
  return `<tr${edgeData(group, edge)}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`
}

function apartHtml(apart: readonly PageNode[]): readonly string[] {
  if (apart.length === 0) return []
  const shown = apart.slice(0, budgets.apartNames.size)
  const items = shown.map((node) => {
    const remark = [node.team, markWords(node)].filter((each) => each !== undefined && each !== '').join(', ')
    return `<li>${code(node.name)}${remark === '' ? '' : ` ${escaped(remark)}`}</li>`
  })
  const left = apart.length - shown.length
  return [
    `<details><summary>${counted(apart.length, 'VirtualService')} without delegation</summary><ul>`,
    ...items,
    ...(left === 0 ? [] : [`<li>and ${left} more</li>`]),
    '</ul></details>',
  ]
}
