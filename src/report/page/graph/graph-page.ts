import { counted } from '../../print/counted.ts'
import { escaped } from '../../print/html-text.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { askParts } from '../ask-section.ts'
import { filterSection } from '../filter-section.ts'
import { livingPage, type PageTools } from '../frame.ts'
import type { GraphInput } from '../graph-model.ts'
import type { Sides } from '../sides/written-sides.ts'
import { tablesSection } from '../tables-section.ts'
import { graphSection } from './graph-section.ts'

/** The delegation graph and the route tables as one page that can be kept or sent. */
export function graphHtml(input: GraphInput & Sides, teams: TeamNames, tools: PageTools): string {
  const ask = askParts(input, teams)
  const sides = [input.merged, ...(input.base === undefined ? [] : [input.base])]
  const objects = sides.flatMap(({ meshes }) => meshes.flatMap((mesh) => mesh.inForce.virtualServices))
  const tables = sides.flatMap(({ meshes }) => meshes.flatMap((mesh) => mesh.tables))
  const title = 'Delegation graph'
  const after = input.merged.meshes.reduce((sum, mesh) => sum + mesh.inForce.virtualServices.length, 0)
  return livingPage(
    {
      title,
      banner: [`<h1>${title}</h1>`, `<p>${escaped(counted(after, 'VirtualService'))}</p>`],
      sections: [
        graphSection(input, teams, tools.placed),
        ask.section,
        filterSection({
          teams: objects.flatMap((each) => teams(each) ?? []),
          hosts: tables.map(({ host }) => host),
          ...(input.base && { kinds: new Map() }),
        }),
        tablesSection(input, teams),
      ],
      data: ask.data,
    },
    tools,
  )
}
