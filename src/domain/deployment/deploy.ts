import type { NotDeployed } from '../manifest/not-deployed.ts'
import type { SourceFile } from '../source/source-file.ts'
import { clusterNames } from './argo-cd/cluster-secrets.ts'
import { type ByInput, followedInputs } from './argo-cd/followed-inputs.ts'
import type { Both } from './both.ts'
import { deliveredFiles, partsOf } from './delivered-files.ts'
import type { Deployer } from './deployer.ts'
import { type LeftOut, leftOutIn, newlyHidden, newlyNamed } from './doubts/left-out.ts'
import { type LetGo, letGoIn } from './doubts/let-go.ts'
import { foldersOf } from './folders.ts'
import { notDeployedOf, objectPathsOf } from './not-deployed.ts'
import { renderedIn } from './rendered.ts'
import { withoutOtherRevisions } from './revisions.ts'
import type { DeployedSide } from './tree-of-side.ts'
import { nowDelivered } from './units/beside-units.ts'
import { isDelivered } from './units/build-unit.ts'
import type { BuiltUnit } from './units/built-unit.ts'
import { type BuiltSide, unitBuilder } from './units/built-units.ts'
import { withoutFormerParts } from './units/former-parts.ts'
import { type Abandoned, abandonedOf, frozenOf } from './units/frozen-units.ts'
import { asWrittenSince, type Failing } from './units/kept-units.ts'
import { identityOfUnit } from './units/unit.ts'

/** The files of one side as they are delivered. */
interface Delivered {
  /** Those that no unit takes up, as they are written; of the others what the units make of them. */
  readonly files: readonly SourceFile[]
  readonly notDeployed: readonly NotDeployed[]
  /** What delivers them, as it is delivered itself. */
  readonly deployers: readonly Deployer[]
}

/** Both sides as clusters receive them. */
export interface Deployment {
  readonly base: Delivered
  readonly merged: Delivered
  /** The kustomizations of which all that they make is known on both sides: the objects speak for them. */
  readonly rendered: ReadonlySet<string>
  /** The paths of what units that deliver something of the mesh lay over what they build. */
  readonly parts: ReadonlySet<string>
  /** All units of both sides, those that are given up included. */
  readonly units: readonly BuiltUnit[]
  /** Units that newly fail and have nothing of the mesh itself. */
  readonly frozen: readonly NotDeployed[]
  /** Units that an ApplicationSet makes no more, since it newly gives up. */
  readonly abandoned: readonly Abandoned[]
  /** Units of which it is not known what they deliver otherwise than before. */
  readonly leftOut: readonly LeftOut[]
  /** What comes of a file that gives something to generators. */
  readonly byInput: ByInput
  /** What units delivered and none does any more, although it stands in a file. */
  readonly letGo: readonly LetGo[]
}

/** What else is deployed, and from what. */
interface Deploying {
  readonly releases?: Both<readonly BuiltUnit[]>
  /** The sides from which units are built, where files count otherwise than they were read. */
  readonly asRead?: Both<DeployedSide>
  readonly failing?: Failing
}

/**
 * What is written is not yet what a cluster gets: Kustomize, Argo CD and Flux make other objects of it, with other hosts, namespaces
 * and names, or none. Files that are parts of a unit count as what the units make of them, and as nothing else; so do the templates of
 * charts that helm has rendered (`releases`). Where a build newly fails, the cluster keeps what it has (see `Failing`). What does not build
 * and did not before is no unit: what it builds upon is taken as it would be without it. Nor is, on both sides, what cannot be followed on
 * one.
 */
export function deploy(
  base: DeployedSide,
  merged: DeployedSide,
  { releases = { base: [], merged: [] }, asRead = { base, merged }, failing = 'kept' }: Deploying = {},
): Deployment {
  const builders = { base: unitBuilder(asRead.base), merged: unitBuilder(asRead.merged) }
  const ignored = { base: new Set<string>(), merged: new Set<string>() }
  const givenUp: Both<BuiltUnit[]> = { base: [], merged: [] }
  for (;;) {
    const found = { base: builders.base.units(ignored.base), merged: builders.merged.units(ignored.merged) }
    const released = (side: 'base' | 'merged') =>
      releases[side].filter(({ unit }) => !ignored[side].has(unit.key))
    const before = found.base.units
    const built = {
      base: [...before, ...released('base')],
      merged: [
        ...withoutFormerParts(
          withoutOtherRevisions(found.merged.units, before, asRead.merged.unmerged),
          before,
          builders.base.build,
        ),
        ...released('merged'),
      ],
    }
    const more = givenUpIn(built)
    if (more.base.length + more.merged.length === 0)
      return deploymentOf(built, { base, merged }, { givenUp, found, failing })
    for (const side of ['base', 'merged'] as const)
      for (const each of more[side]) {
        givenUp[side].push(each)
        const other = side === 'base' ? 'merged' : 'base'
        for (const on of each.built === 'not known' ? ([side, other] as const) : [side])
          ignored[on].add(each.unit.key)
      }
  }
}

/** Units of each side that cannot be followed there, or do not build and did not before. */
function givenUpIn({ base, merged }: Both<readonly BuiltUnit[]>): Both<readonly BuiltUnit[]> {
  const delivered = new Set(base.filter(({ built }) => isDelivered(built)).map(({ unit }) => unit.key))
  return {
    base: base.filter(({ built }) => !isDelivered(built)),
    merged: merged.filter(
      ({ unit, built }) => built === 'not known' || (!isDelivered(built) && !delivered.has(unit.key)),
    ),
  }
}

interface Rest {
  readonly givenUp: Both<readonly BuiltUnit[]>
  readonly found: Both<BuiltSide>
  readonly failing: Failing
}

function deploymentOf(
  { base, merged }: Both<readonly BuiltUnit[]>,
  sides: Both<DeployedSide>,
  { givenUp, found, failing: how }: Rest,
): Deployment {
  const before = new Map(base.map((each) => [identityOfUnit(each.unit), each]))
  const byKey = new Map(base.map((each) => [each.unit.key, each]))
  const oldOf = ({ unit, built }: BuiltUnit) =>
    before.get(identityOfUnit(unit)) ?? (isDelivered(built) ? undefined : byKey.get(unit.key))
  const failing = merged.filter(({ built }) => !isDelivered(built))
  const told = notDeployedOf(failing, sides.merged.files, (each) => objectPathsOf(oldOf(each)))
  const toldOf = new Set(told.map(({ unit }) => unit))
  const folders = { base: foldersOf(sides.base.files), merged: foldersOf(sides.merged.files) }
  const keptOf = (each: BuiltUnit, old: BuiltUnit) =>
    how === 'kept' ? old : asWrittenSince(each, old, folders)
  const kept = merged.map((each) => {
    const old = isDelivered(each.built) ? undefined : oldOf(each)
    return old === undefined ? each : keptOf(each, old)
  })
  const nothingOf = nowDelivered({
    base: { units: base, files: sides.base.files },
    merged: { units: kept, files: sides.merged.files },
  })
  return {
    base: {
      files: deliveredFiles(base, sides.base.files, nothingOf),
      notDeployed: notDeployedOf(givenUp.base, sides.base.files),
      deployers: found.base.deployers,
    },
    merged: {
      files: deliveredFiles(
        kept,
        sides.merged.files,
        kept.flatMap((each) => partsOf(oldOf(each))),
      ),
      notDeployed: [...told, ...notDeployedOf(givenUp.merged, sides.merged.files)],
      deployers: found.merged.deployers,
    },
    rendered: renderedIn({ base, merged }, sides, how === 'kept' ? toldOf : new Set()),
    frozen: frozenOf(failing, toldOf, oldOf),
    abandoned: abandonedOf(found),
    byInput: followedInputs(found),
    parts: new Set([...base, ...kept].flatMap(laidOver)),
    letGo: letGoIn({ base, merged: [...kept, ...givenUp.merged] }, sides.merged.files),
    units: [...base, ...merged, ...givenUp.base, ...givenUp.merged],
    leftOut: [
      ...leftOutIn([...givenUp.base, ...givenUp.merged], sides),
      ...newlyHidden(found),
      ...newlyNamed(
        { base, merged },
        { base: clusterNames(folders.base), merged: clusterNames(folders.merged) },
      ),
    ],
  }
}

function laidOver(unit: BuiltUnit): readonly string[] {
  if (!isDelivered(unit.built) || objectPathsOf(unit).length === 0) return []
  return unit.built.parts
    .filter(({ role }) => role !== 'kustomization' && role !== 'resource')
    .map(({ path }) => path)
}
