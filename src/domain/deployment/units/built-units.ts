import type { StatedUnit } from '../../policy/configuration/policy.ts'
import { memoized } from '../../source/memoized.ts'
import type { Deployer } from '../deployer.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import type { UnknownDelivery } from '../unknown-delivery.ts'
import { type Built, builderOf } from './build-unit.ts'
import { type BuiltUnit, withoutDelivered } from './built-unit.ts'
import { deployedUnits, whatUnitSays } from './deployed-units.ts'
import type { Unit } from './unit.ts'
import type { UnitsFrom } from './units-from.ts'

/** The units of one side, and what is not known of those that deliver them. */
export interface BuiltSide {
  readonly units: readonly BuiltUnit[]
  readonly unknown: readonly UnknownDelivery[]
  /** What delivers, with the Applications that ApplicationSets make. */
  readonly deployers: readonly Deployer[]
}

interface UnitBuilder {
  /** The units of one side without some, by key, each built once whatever is left out. */
  readonly units: (ignored: ReadonlySet<string>) => BuiltSide
  /** The same as far as they have to be built to be found. */
  readonly found: (ignored: ReadonlySet<string>) => UnitsFrom
  readonly build: (unit: Unit) => Built
}

/** Builds the units of one side; whoever asks about the same files in the same way gets what is built already. */
export function unitBuilder(side: DeployedSide): UnitBuilder {
  const { files, own = '', stated = [], unread = new Set() } = side
  const known = buildersOf(files)
  const key = JSON.stringify([own, stated.map(keyOfStated), [...unread].toSorted()])
  const builder = known.get(key) ?? newBuilder(side)
  known.set(key, builder)
  return builder
}

const buildersOf = memoized((_: DeployedSide['files']) => new Map<string, UnitBuilder>())

function keyOfStated({ path, kind, mesh = '', namespace = '' }: StatedUnit): readonly string[] {
  return [path, kind, mesh, namespace]
}

function newBuilder(side: DeployedSide): UnitBuilder {
  const build = builtOnce(builderOf(side))
  const { files, own, stated } = side
  const known = { build, ...(own !== undefined && { own }), ...(stated !== undefined && { stated }) }
  const found = foundOnce((ignored) => deployedUnits(files, { ...known, ignored }))
  return {
    build,
    found,
    units: (ignored) => {
      const { units, ...rest } = found(ignored)
      return { units: withoutDelivered(units.map((unit) => ({ unit, built: build(unit) }))), ...rest }
    },
  }
}

function foundOnce(find: (ignored: ReadonlySet<string>) => UnitsFrom): UnitBuilder['found'] {
  const known = new Map<string, UnitsFrom>()
  return (ignored) => {
    const key = JSON.stringify([...ignored].toSorted())
    const found = known.get(key) ?? find(ignored)
    known.set(key, found)
    return found
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
