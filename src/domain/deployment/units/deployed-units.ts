import { budgets } from '../../budgets.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { configMapOf } from '../../manifest/layers/delivery/config-maps.ts'
import { deliveriesIn, deliveryObjectsOf } from '../../manifest/layers/delivery-objects.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { StatedUnit } from '../../policy/configuration/policy.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { type Deployer, homeOfFlux, nameOfDeployer, unknownOf, writtenDeployers } from '../deployer.ts'
import { type Folders, foldersOf, isOfChart } from '../folders.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import type { UnknownDelivery } from '../unknown-delivery.ts'
import { affectedUnits } from './affected-units.ts'
import { type Built, type Delivery, isDelivered, nothingDelivered } from './build-unit.ts'
import { withoutDelivered } from './built-unit.ts'
import { isStatedFolder, statedUnits } from './stated-units.ts'
import { isByHand, rootUnits, type Unit } from './unit.ts'
import { type UnitsFrom, unitsFrom } from './units-from.ts'

/** How units of one side are built, and what is known of them apart from the files. */
export interface Deploying extends Pick<DeployedSide, 'own' | 'stated'> {
  readonly build: (unit: Unit) => Built
  /** Keys of units that count as not there. */
  readonly ignored?: ReadonlySet<string>
}

/**
 * The units of one side, from the deployers as they are delivered: an Application, or a Kustomization of Flux, that another one
 * delivers, or that a kustomization patches, is what comes of that. Rendered and read again until nothing changes; what does not come
 * to an end is named, and then what was last found in turn counts together.
 */
export function deployedUnits(
  files: readonly SourceFile[],
  { build, own, ignored = new Set(), stated = [] }: Deploying,
): UnitsFrom {
  const folders = foldersOf(files)
  const from = { folders, ...(own !== undefined && { own }) }
  const written = writtenDeployers(files)
  const roots = [
    ...rootUnits(files, ignored).filter(({ folder }) => !isStatedFolder(folder, stated)),
    ...statedUnits(stated, folders).filter(({ key }) => !ignored.has(key)),
  ]
  const delivered = deliveredBy({ folders, written, roots, build })
  let deployers: readonly Deployer[] = written
  const unitsBy = (some: readonly Deployer[]): UnitsFrom => {
    const found = withoutOverridden(unitsFrom(some, from), stated)
    return { ...found, units: found.units.filter(({ key }) => !ignored.has(key)) }
  }
  let found = unitsBy(deployers)
  for (let round = 0; round < budgets.deployerRounds.size; round++) {
    const next = delivered(found.units)
    if (areSame(next, deployers)) return withRoots(roots, found, folders)
    if (round === budgets.deployerRounds.size - 1) deployers = different([...deployers, ...next])
    else deployers = next
    found = unitsBy(deployers)
  }
  return withRoots(roots, { ...found, unknown: [...found.unknown, ...circles(found, written)] }, folders)
}

/** What the configuration says of a folder stands for all that deployers say of it. */
function withoutOverridden(found: UnitsFrom, stated: readonly StatedUnit[]): UnitsFrom {
  const isOverridden = ({ folder }: Unit) => stated.some(({ path }) => path === folder)
  const overridden = found.units.filter(isOverridden)
  if (overridden.length === 0) return found
  const told = found.deployers.flatMap((deployer) =>
    overridden
      .filter(
        ({ deployer: by, by: [path] }) => by?.name === nameOfDeployer(deployer) && path === deployer.by[0],
      )
      .map(({ folder }) => unknownOf(deployer, { code: 'overridden', detail: folder, isHiding: false })),
  )
  return {
    ...found,
    units: found.units.filter((unit) => !isOverridden(unit)),
    unknown: [...found.unknown, ...told],
  }
}

function withRoots(roots: readonly Unit[], found: UnitsFrom, folders: Folders): UnitsFrom {
  return {
    ...found,
    units: [...roots, ...found.units],
    unknown: [...found.unknown, ...folders.all.flatMap((file) => unreadIn(file, folders))],
  }
}

/** Documents that do not read, and name a deployer: templates of charts are read when the chart is rendered. */
function unreadIn(file: SourceFile, folders: Folders): readonly UnknownDelivery[] {
  if (isOfChart(file.path, folders)) return []
  return deliveriesIn(file).unread.map(({ range }) => ({
    code: 'unreadable',
    of: file.path,
    range,
    detail: file.path,
  }))
}

/** Those that are written in a way that does not stay. */
function circles({ deployers }: UnitsFrom, written: readonly Deployer[]): readonly UnknownDelivery[] {
  const before = new Set(written.map(keyOf))
  return deployers
    .filter((each) => each.isDelivered && !before.has(keyOf(each)))
    .map((each) => unknownOf(each, { code: 'circle', detail: each.file.path, isHiding: true }))
}

/** Everything that tells one deployer from another. */
function keyOf({
  kind,
  namespace,
  name,
  file,
  spec,
  home,
  by,
  isDelivered,
  configMaps = [],
}: Deployer): string {
  const around = configMaps.map((each) => [each.kind, each.namespace ?? null, each.name, each.data])
  return canonicalJson([kind, namespace, name, file.path, spec, home, by, isDelivered, around])
}

function different(deployers: readonly Deployer[]): readonly Deployer[] {
  return [...new Map(deployers.map((each) => [keyOf(each), each])).values()]
}

function areSame(some: readonly Deployer[], others: readonly Deployer[]): boolean {
  const [a, b] = [some, others].map((each) => new Set(each.map(keyOf)))
  return a !== undefined && b?.size === a.size && [...a].every((key) => b.has(key))
}

/** What a unit says of what it builds, as one text: equal units build the same of the same files. */
export function whatUnitSays({
  key: _,
  by: __,
  destination: ___,
  mesh: ____,
  deployer: _____,
  variables,
  ...said
}: Unit): string {
  const { values, hidden, ...how } = variables ?? {}
  return canonicalJson([said, how, [...(values ?? [])], [...(hidden ?? [])]])
}

interface Delivering {
  readonly folders: Folders
  readonly written: readonly Deployer[]
  readonly roots: readonly Unit[]
  readonly build: Deploying['build']
}

/**
 * What stands in clusters: what the units deliver, and what is written where no unit takes it. A root that no deployer takes is
 * applied by hand, so that what it makes counts.
 */
function deliveredBy({ folders, written, roots, build }: Delivering) {
  const paths = new Set(written.map(({ file }) => file.path))
  return (units: readonly Unit[]): readonly Deployer[] => {
    const all = mayDeliver([...units, ...roots], paths, folders.all)
    const built = withoutDelivered(all.map((unit) => ({ unit, built: build(unit) })))
    const made = built.map((each) => ({ ...each, delivery: deliveryOf(each.built) }))
    const found = made.flatMap(({ unit, delivery }) => deployersIn(delivery, unit, folders))
    const taken = new Set(made.flatMap(({ delivery }) => pathsOf(delivery)))
    return different([...written.filter(({ file }) => !taken.has(file.path)), ...withoutOwn(found)])
  }
}

function deliveryOf(built: Built): Delivery {
  return isDelivered(built) ? built : nothingDelivered
}

function pathsOf({ parts }: Delivery): readonly string[] {
  return parts.map(({ path }) => path)
}

/** Only units in which an object that delivers takes part need to be built. */
function mayDeliver(
  units: readonly Unit[],
  paths: ReadonlySet<string>,
  files: readonly SourceFile[],
): readonly Unit[] {
  const byShape = new Map(units.map((unit): readonly [Unit, Unit] => [{ ...unit, by: [] }, unit]))
  return affectedUnits([...byShape.keys()], paths, files).flatMap((each) => byShape.get(each) ?? [])
}

/** One object with who delivers it. */
interface Found {
  readonly deployer: Deployer
  readonly deliveredBy: Unit['deployer']
}

/** What delivers itself counts so only where nothing else delivers it. */
function withoutOwn(found: readonly Found[]): readonly Deployer[] {
  const byOthers = new Set(found.filter((each) => !isOwn(each)).map(({ deployer }) => identityOf(deployer)))
  return found
    .filter((each) => !(isOwn(each) && byOthers.has(identityOf(each.deployer))))
    .map(({ deployer }) => deployer)
}

function isOwn({ deployer, deliveredBy }: Found): boolean {
  return deliveredBy?.name === nameOfDeployer(deployer)
}

function identityOf(deployer: Deployer): string {
  return `${nameOfDeployer(deployer)} ${deployer.file.path}`
}

function deployersIn(delivery: Delivery, unit: Unit, folders: Folders): readonly Found[] {
  const configMaps = delivery.objects.flatMap(({ node, from }) => configMapOf(jsonOf(node), from) ?? [])
  const around = filesAround(delivery, unit, folders)
  return delivery.objects.flatMap(({ node, from }) => {
    const objects = deliveryObjectsOf(node, { file: from, range: node.range })
    return objects.map((found): Found => {
      const home = unit.destination ?? unit.mesh ?? homeByHand(found, unit)
      const deployer: Deployer = {
        ...found,
        by: [...new Set([from.path, ...pathsWithin(node), ...around])],
        isDelivered: true,
        ...(home !== undefined && { home }),
        ...(configMaps.length > 0 && { configMaps }),
      }
      return { deployer, deliveredBy: unit.deployer }
    })
  })
}

/** What a root that no deployer takes makes of an object of Flux stands in the cluster of its folder. */
function homeByHand(
  { kind, ...found }: Omit<Deployer, 'by' | 'isDelivered'>,
  unit: Unit,
): string | undefined {
  if (!isByHand(unit) || kind === 'Application' || kind === 'ApplicationSet') return undefined
  const file = { ...found.file, path: `${unit.folder}/` }
  return homeOfFlux({ ...found, kind, file, by: [], isDelivered: false })
}

/** The files that a unit hangs on and that write no object of their own: kustomizations and patches. */
function filesAround(delivery: Delivery, { by }: Unit, folders: Folders): readonly string[] {
  const objectFiles = new Set(delivery.objects.map(({ from }) => from.path))
  const others = pathsOf(delivery).filter(
    (path) => !objectFiles.has(path) && folders.file(path) !== undefined,
  )
  return [...by, ...others]
}

function pathsWithin(node: YamlNode): readonly string[] {
  const own = node.range.file.path
  if (node.kind === 'scalar') return [own]
  const inner = node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value)
  return [...new Set([own, ...inner.flatMap(pathsWithin)])]
}
