import { compare } from '../diff/compare.ts'
import type { Comparison } from '../diff/comparison.ts'
import type { Refusals } from '../diff/in-force.ts'
import { meshFilesOf } from '../manifest/files/mesh-files.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { type ManifestReading, parseManifests } from '../manifest/parse-manifests.ts'
import { createOwnership } from '../ownership/ownership.ts'
import { type BeyondGit, beyondGit } from '../policy/beyond-git.ts'
import type { Snapshots } from '../policy/clusters.ts'
import { effectOf } from '../policy/configuration/effect.ts'
import { externalNames } from '../policy/configuration/external-names.ts'
import { configuredMeshes, pathRules } from '../policy/configuration/path-rules.ts'
import type { Policy } from '../policy/configuration/policy.ts'
import type { JudgedCodeowners } from '../policy/judge-codeowners.ts'
import type { Written } from '../policy/questions/written-and-delivered.ts'
import type { IsTaken } from '../policy/test-data.ts'
import { withImpliedNamespaces } from '../routing/meshes/implied-namespaces.ts'
import {
  divideBoth,
  type MeshDivision,
  type Redivided,
  redividedObjects,
} from '../routing/meshes/mesh-division.ts'
import { ruleOf } from '../rules/rule-of.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { ByInput } from './argo-cd/followed-inputs.ts'
import type { Both } from './both.ts'
import { type Deployment, deploy } from './deploy.ts'
import type { LeftOut } from './doubts/left-out.ts'
import { withoutLetGo } from './doubts/let-go.ts'
import type { WithoutLetGo } from './doubts/let-go-findings.ts'
import { type DecidedByRendering, withoutDecided } from './releases/decided-by-rendering.ts'
import type { RenderedPair } from './releases/release.ts'
import { releaseUnits } from './releases/release-units.ts'
import { takenUp } from './taken-up.ts'
import { sidesAsRead } from './tree-of-side.ts'
import type { Failing } from './units/kept-units.ts'

export interface ComparedSides {
  /** Of what is delivered, with what others know of it than Git. */
  readonly comparison: Comparison
  /** The same in other meshes. */
  readonly comparedIn: (meshOf: BeyondGit['meshOf']) => Comparison
  readonly written: Written
  readonly division: MeshDivision
  /** The objects that would lie in another mesh once the merged side is the base; none where it is configured which meshes there are. */
  readonly redivided: readonly Redivided[]
  readonly leftOut: readonly LeftOut[]
  readonly isTaken: IsTaken
  /** Units that newly fail and have nothing of the mesh itself. */
  readonly frozen: Deployment['frozen']
  /** Units that an ApplicationSet makes no more. */
  readonly abandoned: Deployment['abandoned']
  readonly beyond: BeyondGit
  /** Where units let go of something: the same without it. */
  readonly withoutLetGo?: WithoutLetGo
  /** What comes of a file that gives something to generators. */
  readonly byInput: ByInput
  /** What rendered charts speak for. */
  readonly decided: DecidedByRendering
}

/** What was read of both sides, and what clusters have apart from that. */
interface SidesAsRead {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  /** The `owner/repo` of the files; absent where it is not known. */
  readonly repository?: string
  /** Where the symbolic links lead that differ between the sides, as written, by path. */
  readonly links?: Both<ReadonlyMap<string, string>>
  /** Paths at which there is something that was not read as a text. */
  readonly unread?: Both<ReadonlySet<string>>
  readonly unmerged?: ReadonlySet<string>
  readonly clusters: Snapshots
  /** What helm made of the charts that a change may reach. */
  readonly rendered?: readonly RenderedPair[]
}

/**
 * Both sides as they are written, and what differs between them as they are delivered; of files that are apart only that they are there.
 */
export function compareSides(
  given: SidesAsRead,
  policy: Policy,
  codeowners: JudgedCodeowners,
  apart?: ReadonlySet<string>,
): ComparedSides {
  const delivering = deliver(given, policy, apart)
  const { deployment, written, delivered, decided } = delivering
  const division = divisionOf(delivered, policy)
  const beyond = delivering.beyond(delivered, division)
  const { base, merged } = withImpliedNamespaces(beyond)
  const compared = comparing(policy, codeowners)
  const { letGo } = deployment
  return {
    comparison: compared({ base, merged }, beyond.meshOf),
    comparedIn: (meshOf) => compared({ base, merged }, meshOf),
    written: {
      ...(delivered === written ? { base, merged } : written),
      rendered: deployment.rendered,
      parts: deployment.parts,
    },
    division,
    redivided: policy.meshes.length === 0 ? redividedObjects(beyond, policy.istio) : [],
    leftOut: [...deployment.leftOut, ...delivering.leftOut],
    isTaken: takenUp(deployment.units, written),
    frozen: deployment.frozen,
    abandoned: deployment.abandoned,
    byInput: deployment.byInput,
    beyond,
    ...(letGo.length > 0 && {
      withoutLetGo: {
        letGo,
        comparison: comparedWithoutLetGo(delivering, division, compared),
      },
    }),
    decided,
  }
}

/** Both sides as they are written, and as they come to clusters. */
interface Delivering {
  readonly deployment: Deployment
  readonly written: Both<Manifests>
  readonly delivered: Both<Manifests>
  /** What a deployment delivers, read. */
  readonly readDelivered: (deployment: Deployment) => Both<Manifests>
  readonly beyond: (both: Both<Manifests>, division: MeshDivision) => BeyondGit
  readonly leftOut: readonly LeftOut[]
  readonly decided: DecidedByRendering
}

function deliver(given: SidesAsRead, policy: Policy, apart: ReadonlySet<string> | undefined): Delivering {
  const releases = releaseUnits(given)
  const { decided, leftOut } = releases
  // What rendered charts say, the rendered objects do.
  const proposal = { ...given, merged: withoutDecided(given, decided) }
  const read = readerOf(proposal, policy, apart)
  const before = read('base', proposal.base)
  const written = { base: before, merged: read('merged', proposal.merged, { alsoMesh: meshFilesOf(before) }) }
  const counted = sidesAsRead(proposal, policy)
  const deployment = deploy(counted.base, counted.merged, {
    releases,
    asRead: sidesAsRead(given, policy),
    failing: failingUnder(policy),
  })
  const readDelivered = (what: Deployment) => deliveredSides(what, { proposal, written, read })
  return {
    deployment,
    written,
    delivered: readDelivered(deployment),
    readDelivered,
    beyond: (both, { meshOf }) => beyondGit({ ...both, meshOf, policy, snapshots: proposal.clusters }),
    leftOut,
    decided,
  }
}

type Compared = (both: Both<Manifests>, meshOf: BeyondGit['meshOf']) => Comparison

function comparing(policy: Policy, codeowners: JudgedCodeowners): Compared {
  return ({ base, merged }, meshOf) =>
    compare(base, merged, {
      settings: policy.istio,
      complete: policy.complete,
      isExternal: externalNames(policy),
      ownership: createOwnership(codeowners.inForce),
      meshOf,
      namespaceOf: pathRules(policy).namespaceOf,
      refusals: refusalsUnder(policy),
    })
}

/** The same without what units let go of. */
function comparedWithoutLetGo(
  { deployment, readDelivered, beyond }: Delivering,
  division: MeshDivision,
  compared: Compared,
): Comparison {
  const files = withoutLetGo(deployment.merged.files, deployment.letGo)
  const lost = beyond(readDelivered({ ...deployment, merged: { ...deployment.merged, files } }), division)
  return compared(withImpliedNamespaces(lost), lost.meshOf)
}

type Side = 'base' | 'merged'
type Read = (side: Side, files: readonly SourceFile[], more?: Partial<ManifestReading>) => Manifests

function readerOf(proposal: SidesAsRead, policy: Policy, apart: ReadonlySet<string> | undefined): Read {
  const { namespaceOf } = pathRules(policy)
  const { repository } = proposal
  return (side, files, more = {}) => {
    const [links, unread] = [proposal.links?.[side], proposal.unread?.[side]]
    return parseManifests(files, {
      namespaceOf,
      version: policy.istio.version,
      ...(links && { links }),
      ...(unread && { unread }),
      ...(repository !== undefined && { repository }),
      ...(apart && { apart }),
      ...more,
    })
  }
}

/** Where nothing is delivered otherwise than it is written, that is what is compared. */
function deliveredSides(
  { rendered, ...sides }: Deployment,
  {
    proposal,
    written,
    read,
  }: { readonly proposal: SidesAsRead; readonly written: Both<Manifests>; readonly read: Read },
): Both<Manifests> {
  const isAsWritten = (side: Side) =>
    sides[side].files === proposal[side] && sides[side].notDeployed.length === 0
  if (isAsWritten('base') && isAsWritten('merged')) return written
  const readDelivered = (side: Side, more?: Partial<ManifestReading>) => {
    const { files, notDeployed, deployers } = sides[side]
    const delivery = { written: proposal[side], rendered, notDeployed, deployers }
    return read(side, files, { ...more, delivery })
  }
  const base = readDelivered('base')
  return { base, merged: readDelivered('merged', { alsoMesh: meshFilesOf(base) }) }
}

/** Only what surely fails the check may be left out of the tables. */
function refusalsUnder(policy: Policy): Refusals {
  return surelyFails('invalid-manifest', policy) ? 'kept-out' : 'as-written'
}

/** Only what surely fails the check may stay in them although it is written otherwise. */
function failingUnder(policy: Policy): Failing {
  return surelyFails('not-deployed', policy) ? 'kept' : 'as-written'
}

function surelyFails(id: string, policy: Policy): boolean {
  const isLivedWith = policy.suppress.some((each) => each.rule === id)
  return effectOf(ruleOf(id), policy) === 'block' && !isLivedWith
}

/** The configured meshes, else what the folders and deployers of the base side say. */
function divisionOf(sides: Both<Manifests>, policy: Policy): MeshDivision {
  return policy.meshes.length === 0 ? divideBoth(sides, policy.istio) : configuredMeshes(policy)
}
