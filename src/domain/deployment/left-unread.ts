import type { Comparison } from '../diff/comparison.ts'
import { looksCompared } from '../manifest/files/only-compared.ts'
import { canonicalJson } from '../manifest/json.ts'
import { deliveriesIn } from '../manifest/layers/delivery-objects.ts'
import { isLayerFile } from '../manifest/layers/layer-files.ts'
import { isPipeline } from '../manifest/layers/programs/pipeline-names.ts'
import { identityOf } from '../manifest/names.ts'
import { objectsOfFile } from '../manifest/objects-of-file.ts'
import { pathRules } from '../policy/configuration/path-rules.ts'
import type { Policy } from '../policy/configuration/policy.ts'
import { type ChangedFile, pathsOf } from '../policy/touched.ts'
import { filesApart } from '../reach/files-apart.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Both } from './both.ts'
import type { RenderedPair } from './releases/release.ts'

/** What is asked about before anything is read. */
interface Unread extends Both<readonly SourceFile[]> {
  readonly links?: Both<ReadonlyMap<string, string>>
  readonly unread?: Both<ReadonlySet<string>>
  readonly rendered?: readonly RenderedPair[]
  readonly snapshots?: readonly unknown[]
  readonly changed: readonly ChangedFile[]
}

/**
 * The files that need not be read to judge a proposal, if any: where routes of VirtualServices change and nothing else, of files that
 * no layer, no cluster and no configuration of meshes says anything about, those are left unread that nothing ties to what changes.
 */
export function leftUnread(given: Unread, policy: Policy): ReadonlySet<string> | undefined {
  if (!isWrittenAlone(given, policy)) return undefined
  const { namespaceOf } = pathRules(policy)
  const { version, clusterDomain } = policy.istio
  const paths = filesApart({
    base: given.base,
    merged: given.merged,
    changed: new Set(given.changed.flatMap(pathsOf)),
    clusterDomain,
    read: (file) => objectsOfFile(file, { reader: 'plain', namespace: namespaceOf(file.path), version }),
  })
  return paths?.size === 0 ? undefined : paths
}

/** Whether what is written is what is delivered, to one mesh, and nothing else is known of it. */
function isWrittenAlone(
  { base, merged, links, unread, rendered = [], snapshots = [] }: Unread,
  policy: Policy,
) {
  const elsewhere = [links?.base, links?.merged, unread?.base, unread?.merged]
  const configured = [policy.units, policy.meshes, policy.snapshots, policy.suppress, rendered, snapshots]
  return (
    configured.every(({ length }) => length === 0) &&
    elsewhere.every((each) => each === undefined || each.size === 0) &&
    [...base, ...merged].every(isNoLayer)
  )
}

function isNoLayer(file: SourceFile): boolean {
  if (file.delivered !== undefined || looksCompared(file.path)) return false
  if (isLayerFile(file.path) && !isPipeline(file.path)) return false
  const { objects, unread } = deliveriesIn(file)
  return objects.length + unread.length === 0
}

/**
 * Whether what was compared says that nothing hangs on what was left unread: no layer was found after all, and no Gateway is written
 * twice, so that folders may be variants.
 */
export function standsAlone({ base, merged }: Pick<Comparison, 'base' | 'merged'>): boolean {
  const [before, after] = [base, merged].map(pipelinesIn)
  return (
    before === after &&
    [base, merged].every(({ manifests: { unmodelled, gateways } }) => {
      const names = new Set(gateways.map(identityOf))
      const isAlone = unmodelled.every(({ says, file }) => says === undefined || isPipeline(file.path))
      return isAlone && names.size === gateways.length
    })
  )
}

/** What pipelines say: the same on both sides asks nobody. */
function pipelinesIn({ manifests: { unmodelled } }: Snapshot): string {
  return canonicalJson(
    unmodelled
      .filter(({ says, file }) => says !== undefined && isPipeline(file.path))
      .map(({ name, body }) => [name, body]),
  )
}
