import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql'

/** The most nodes that one query may ask for ("Rate limits and query limits for the GraphQL API", section "Node limit"). */
const mostNodes = 500_000

type Variables = Readonly<Record<string, unknown>>

/** Whether a query asks for more than GitHub looks at, before it looks at anything: each connection counts for each node around it. */
export function exceedsNodeLimit(document: DocumentNode, variables: Variables): boolean {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
    ),
  )
  function askedBy(field: FieldNode): number | undefined {
    const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')
    if (argument === undefined) return undefined
    const { value } = argument
    return Number(
      value.kind === Kind.VARIABLE ? variables[value.name.value] : 'value' in value ? value.value : 0,
    )
  }
  function count(selections: SelectionSetNode | undefined, around: number): number {
    let total = 0
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) total += count(fragments.get(selection.name.value), around)
      else if (selection.kind === Kind.INLINE_FRAGMENT) total += count(selection.selectionSet, around)
      else {
        const asked = askedBy(selection)
        total += asked === undefined ? 0 : around * asked
        total += count(selection.selectionSet, around * (asked ?? 1))
      }
    }
    return total
  }
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  return operations.some((each) => count(each.selectionSet, 1) > mostNodes)
}
