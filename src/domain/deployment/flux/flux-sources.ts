import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { addressOf, ownerAndRepo } from '../../manifest/layers/delivery/addresses.ts'
import { fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { isOpen } from '../argo-cd/destinations.ts'
import type { Deployer } from '../deployer.ts'
import { type Followed, repositoryOf, revisionOfRef } from '../revisions.ts'

/** Where a Kustomization of Flux takes its files from. */
export type FluxSource =
  | { readonly isElsewhere: true; readonly address: string }
  | ({ readonly isElsewhere: false; readonly ignore?: string } & Followed)

/** The source of something, which is the one that it names unless another reference is given. */
export type FluxSourceOf = (of: Deployer, sourceRef?: JsonValue) => FluxSource

/**
 * The source of a Kustomization: this repository, unless its address is another one's. Where the name of this one is not known, it
 * is that which Flux itself is installed from.
 */
export function fluxSources(deployers: readonly Deployer[], own?: string): FluxSourceOf {
  const repositories = Map.groupBy(
    deployers.filter(({ kind }) => kind === 'GitRepository'),
    ({ name }) => name,
  )
  const flux = repositories.get('flux-system') ?? []
  const isForeign = (repository: Deployer) => {
    const url = urlOf(repository)
    if (url === '' || isOpen(url)) return false
    if (own !== undefined && nameIn(url) !== own.toLowerCase()) return true
    const here = own === undefined ? flux : flux.filter((each) => nameIn(urlOf(each)) === own.toLowerCase())
    return here.length > 0 && here.every((each) => !isSame(each, repository))
  }
  return (object, sourceRef = object.spec['sourceRef'] ?? null) => {
    const from = fieldsOf(sourceRef)
    const { kind, name, namespace } = from
    if (kind !== undefined && kind !== 'GitRepository')
      return { isElsewhere: true, address: `${textIn(kind)} ${textIn(name)}` }
    const named = repositories.get(textIn(name) ?? '') ?? []
    const repository = nearestOf(named, object, textIn(namespace) ?? object.namespace)
    if (repository !== undefined && isForeign(repository))
      return { isElsewhere: true, address: urlOf(repository) }
    const ignore = textIn(repository?.spec['ignore'])
    const followed =
      repository === undefined
        ? { revision: unknownSource(from, object.namespace) }
        : revisionBeside(repository, flux)
    return {
      isElsewhere: false,
      ...(ignore !== undefined && { ignore }),
      ...followed,
      ...(repository && repositoryOf(urlOf(repository), own)),
    }
  }
}

/** A source that is not here may be anything, and another name of one is something else: no revision is called like it. */
function unknownSource({ name, namespace: of }: JsonObject, namespace = ''): string {
  return `source:${textIn(of) ?? namespace}/${textIn(name) ?? ''}`
}

/** What Flux itself is installed from is what is merged, as long as that stays what it is. */
function revisionBeside(
  repository: Deployer,
  flux: readonly Deployer[],
): Pick<Followed, 'revision' | 'isOfFlux'> {
  const revision = revisionOfRef(repository.spec['ref'])
  if (revision === undefined) return {}
  const isOfFlux = flux.some((each) => revisionOfRef(each.spec['ref']) === revision)
  return { revision, ...(isOfFlux && { isOfFlux }) }
}

function urlOf({ spec }: Deployer): string {
  return textIn(spec['url']) ?? ''
}

/** One repository, and one branch of it as far as both say which. */
function isSame(a: Deployer, b: Deployer): boolean {
  const [one, other] = [a, b].map(({ spec }) => textIn(fieldsOf(spec['ref'])['branch']))
  const isBranch = one === undefined || other === undefined || one === other
  return addressOf(urlOf(a)) === addressOf(urlOf(b)) && isBranch
}

function nameIn(url: string): string {
  return ownerAndRepo(addressOf(url))
}

/** That of the namespace that is meant, and of the same cluster if there are several. */
function nearestOf(
  named: readonly Deployer[],
  of: Deployer,
  namespace: string | undefined,
): Deployer | undefined {
  const there = named.filter((each) => each.namespace === undefined || each.namespace === namespace)
  return there.find(({ home }) => home === of.home) ?? there[0]
}
