import { sha256 } from '../kustomize/naming/sha256.ts'
import { canonicalJson } from '../manifest/json.ts'
import { withoutPatches } from '../manifest/layers/delivery/without-patches.ts'
import { type DeliveryObject, deliveriesIn } from '../manifest/layers/delivery-objects.ts'
import { kustomizationIn } from '../manifest/layers/kustomization.ts'
import { folderOf, foldersAbove, isBelow } from '../manifest/layers/paths.ts'
import type { SourceFile } from '../source/source-file.ts'
import { placeOf, type UnknownDelivery, type ValuePath } from './unknown-delivery.ts'

/** An object of Argo CD or Flux as it stands in a cluster. */
export interface Deployer extends DeliveryObject {
  /** The files that say that it stands there and what it says, its own first. */
  readonly by: readonly string[]
  /** Whether something else delivers it, or it stands in Git alone. */
  readonly isDelivered: boolean
  /** The cluster that it is delivered to, as far as it is known. */
  readonly home?: string
}

/** What something that delivers is, and what it is called among all that deliver. */
export interface DeployerName {
  readonly kind: string
  readonly name: string
}

/** The name by which a unit, or what is not known, says whose it is. */
export function deployerNamed(object: DeliveryObject): DeployerName {
  return { kind: object.kind, name: nameOfDeployer(object) }
}

/** What it is called among all that deliver. */
export function nameOfDeployer({ kind, namespace = '', name }: DeliveryObject): string {
  return `${kind} ${namespace}/${name}`
}

/** Something that is not known of a deployer, at a place of it; what it hides is another thing whenever it says something else. */
export function unknownOf(
  deployer: Deployer,
  { code, detail, isHiding }: Pick<UnknownDelivery, 'code' | 'detail'> & { readonly isHiding: boolean },
  at: ValuePath = [],
): UnknownDelivery {
  const { node, spec } = deployer
  const hidden = isHiding && { hides: sha256(canonicalJson(spec)) }
  const { kind, name: of } = deployerNamed(deployer)
  return { code, kind, of, range: placeOf(node, at), detail, ...hidden }
}

/** What is written in files, but for patches of kustomizations, and templates of charts that are still to be filled in. */
export function writtenDeployers(files: readonly SourceFile[]): readonly Deployer[] {
  const charts = new Set(
    files.flatMap(({ path }) => (/(?:^|\/)Chart\.yaml$/.test(path) ? [folderOf(path)] : [])),
  )
  const isTemplate = ({ path, text }: SourceFile) =>
    text.includes('{{') && foldersAbove(path).some((each) => charts.has(folderOf(each)) && isTemplates(each))
  return withoutPatches(
    files.filter((file) => !isTemplate(file)).flatMap((file) => deliveriesIn(file).objects),
    files.flatMap((file) => kustomizationIn(file) ?? []),
  ).map((object) => ({ ...object, by: [object.file.path], isDelivered: false }))
}

function isTemplates(folder: string): boolean {
  return folder === 'templates' || folder.endsWith('/templates')
}

/**
 * The cluster in which an object of Flux stands: that to which it is delivered. One that nothing delivers stands in the cluster of the
 * folder that it applies itself with, if it is the first of a cluster, or in whose folder it is written.
 */
export function homeOfFlux(object: Deployer, applies?: string): string | undefined {
  const { isDelivered, home, file } = object
  if (isDelivered) return home
  if (applies !== undefined && isFirst(object) && isBelow(file.path, applies)) return clusterOfFolder(applies)
  const folder = /^(?:.*\/)?clusters\/[^/]+(?=\/)/.exec(file.path)?.[0]
  return folder && clusterOfFolder(folder)
}

/** What `flux bootstrap` or the operator makes, and what delivers all others: it is called as its namespace is. */
function isFirst({ kind, name, namespace }: Deployer): boolean {
  return kind === 'FluxInstance' || name === namespace
}

/** The folder without the step `clusters`; the root is `.`. */
function clusterOfFolder(folder: string): string {
  return folder.replace(/(?<=^|\/)clusters\/(?=.)/, '') || '.'
}
