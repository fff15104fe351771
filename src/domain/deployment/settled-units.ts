import { isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-unit.ts'
import { type BuiltSide, unitBuilder } from './built-units.ts'
import type { DeployedSide } from './tree-of-side.ts'

/** The units of one side alone, those that deliver apart from those that do not. */
interface SettledSide extends BuiltSide {
  readonly givenUp: readonly BuiltUnit[]
}

/** What does not build is no unit: what it builds upon is taken as it would be without it. */
export function settledUnits(side: DeployedSide): SettledSide {
  const builder = unitBuilder(side)
  const ignored = new Set<string>()
  const givenUp: BuiltUnit[] = []
  for (;;) {
    const found = builder.units(ignored)
    const more = found.units.filter(({ built }) => !isDelivered(built))
    if (more.length === 0) return { ...found, givenUp }
    givenUp.push(...more)
    for (const { unit } of more) ignored.add(unit.key)
  }
}
