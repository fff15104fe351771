import { budgets } from '../budgets.ts'
import { asOneTable, tablesOn } from '../diff/tables-for.ts'
import { unansweredIn } from '../diff/unanswered.ts'
import { commonPrefix } from '../language/common-prefix.ts'
import { BudgetExceeded, exceeded, unmetered, workOf } from '../language/string-set.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Box } from '../match/box.ts'
import type { ConditionOptions, PathLiteral } from '../match/conditions.ts'
import type { RouteTable } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { memoized } from '../source/memoized.ts'
import type { Fate } from '../terms/fate-words.ts'
import { type CandidateIndex, indexCandidates } from './candidate-index.ts'
import { candidateOf } from './candidates.ts'
import { firstAnswers } from './first-answers.ts'
import { tableUniverse } from './table-universe.ts'

/**
 * What would happen to some requests in the tables of a VirtualService: everything that can answer some of them, or
 * nothing. Empty where no table serves it, or the budget does not suffice.
 */
export function fatesOf(
  boxes: readonly Box[],
  virtualService: VirtualService,
  mesh: Mesh,
  options: ConditionOptions,
): readonly Fate[] {
  return mesh.tables
    .filter((table) => table.bound.includes(virtualService))
    .flatMap((table) => fatesIn(boxes, table, mesh, options))
}

function fatesIn(
  boxes: readonly Box[],
  bound: RouteTable,
  mesh: Mesh,
  options: ConditionOptions,
): readonly Fate[] {
  const { gateway } = bound
  const own = mesh.tables.filter((each) => each.gateway === gateway)
  const met = tablesOn(own, bound.ports?.[0])(bound.host)
  const [chosen] = met
  const work = workOf('fate')
  if (chosen === undefined) return [unansweredIn(undefined, { gateway, boxes, work })]
  const table = asOneTable(met)
  const { index, universe } = indexed(chosen, met, mesh, options)
  try {
    return boxes.flatMap((box) => {
      const meeting = index.before(Number.POSITIVE_INFINITY, literalOf(box))
      if (meeting.length > budgets.fateRoutes.size) throw exceeded('fateRoutes')
      const answers = firstAnswers([box], meeting, { universe, work })
      return answers.map(
        (answer): Fate => answer.route ?? unansweredIn(table, { gateway, boxes: answer.boxes, work }),
      )
    })
  } catch (error) {
    if (error instanceof BudgetExceeded) return []
    throw error
  }
}

function literalOf(box: Box): PathLiteral {
  const paths = box.get('path')?.present
  return { kind: 'prefix', text: paths === undefined ? '' : commonPrefix(paths) }
}

interface Indexed {
  readonly index: CandidateIndex
  readonly universe: ReturnType<typeof tableUniverse>
}

/** The chosen table names all that its requests meet. */
const indexed = memoized(
  (chosen: RouteTable, met: readonly RouteTable[], mesh: Mesh, options: ConditionOptions): Indexed => {
    const universe = tableUniverse(chosen, mesh.tables, options)
    const { routes } = asOneTable(met) ?? chosen
    const reading = { ...options, universe, work: unmetered }
    const candidates = routes.flatMap((route, rank) => candidateOf(route, rank, reading) ?? [])
    return { index: indexCandidates(candidates), universe }
  },
)
