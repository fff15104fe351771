import type { DeployedSide } from '../tree-of-side.ts'
import { isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-unit.ts'
import { type BuiltSide, unitBuilder } from './built-units.ts'

/** The units of one side alone, those that deliver apart from those that do not. */
export interface SettledSide extends BuiltSide {
  readonly givenUp: readonly BuiltUnit[]
}

/** What does not build is no unit: what it builds upon is taken as it would be without it. Charts that helm has rendered are units, too. */
export function settledUnits(side: DeployedSide, releases: readonly BuiltUnit[] = []): SettledSide {
  const builder = unitBuilder(side)
  const [delivered, givenUp] = [releases.filter(delivers), releases.filter((each) => !delivers(each))]
  const ignored = new Set<string>()
  for (;;) {
    const found = builder.units(ignored)
    const more = found.units.filter((each) => !delivers(each))
    if (more.length === 0) return { ...found, units: [...found.units, ...delivered], givenUp }
    givenUp.push(...more)
    for (const { unit } of more) ignored.add(unit.key)
  }
}

function delivers({ built }: BuiltUnit): boolean {
  return isDelivered(built)
}
