import { type Built, builderOf } from './build-unit.ts'
import { type BuiltUnit, withoutDelivered } from './built-unit.ts'
import { deployedUnits, whatUnitSays } from './deployed-units.ts'
import type { Deployer } from './deployer.ts'
import type { DeployedSide } from './tree-of-side.ts'
import type { Unit } from './unit.ts'
import type { UnknownDelivery } from './unknown-delivery.ts'

/** The units of one side, and what is not known of those that deliver them. */
export interface BuiltSide {
  readonly units: readonly BuiltUnit[]
  readonly unknown: readonly UnknownDelivery[]
  /** What delivers, with the Applications that ApplicationSets make. */
  readonly deployers: readonly Deployer[]
}

export interface UnitBuilder {
  /** The units of one side without some, by key, each built once whatever is left out. */
  readonly units: (ignored: ReadonlySet<string>) => BuiltSide
  readonly build: (unit: Unit) => Built
}

export function unitBuilder(side: DeployedSide): UnitBuilder {
  const build = builtOnce(builderOf(side))
  const { files, own, stated } = side
  const known = { build, ...(own !== undefined && { own }), ...(stated !== undefined && { stated }) }
  return {
    build,
    units: (ignored) => {
      const { units, ...rest } = deployedUnits(files, { ...known, ignored })
      return { units: withoutDelivered(units.map((unit) => ({ unit, built: build(unit) }))), ...rest }
    },
  }
}

function builtOnce(build: (unit: Unit) => Built): (unit: Unit) => Built {
  const known = new Map<string, Built>()
  return (unit) => {
    const says = whatUnitSays(unit)
    const built = known.get(says) ?? build(unit)
    known.set(says, built)
    return built
  }
}
