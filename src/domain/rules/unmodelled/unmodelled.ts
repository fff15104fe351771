import type { Comparison } from '../../diff/comparison.ts'
import { withoutComments } from '../../manifest/files/template.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { deliveriesIn } from '../../manifest/layers/delivery-objects.ts'
import type { LayerStatement } from '../../manifest/layers/layer-statement.ts'
import type { Unreadable } from '../../manifest/manifests.ts'
import { identityOf } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { filledInParts } from '../../manifest/placeholders/filled-in-parts.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { isSecondary } from '../../routing/delegation-graph.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { httpServersOf } from '../../routing/listeners/gateways.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { keyOfMistake } from '../../source/diagnostic.ts'
import type { Located } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { code } from '../../terms/code.ts'
import { joined, type Phrase, say, words } from '../../words/phrase.ts'
import type { RuleCode } from '../finding-code.ts'
import { meshOfPath } from '../input/mesh-of-path.ts'
import { changedTls } from './changed-tls.ts'
import { type Connections, connectionsOf } from './connections.ts'
import { hostsInValues } from './hosts-in-values.ts'
import { hostsOfRelease } from './hosts-of-releases.ts'
import { internalAnnotations } from './internal-annotations.ts'
import { keptFromApplying } from './kept-from-applying.ts'
import { hostsHad, namedByTemplate } from './named-by-template.ts'
import { narrowedExports } from './narrowed-exports.ts'

/** Something in a manifest that Firebreak sees and does not look into. */
export interface Unmodelled {
  /** Equal on both sides for the same thing, whatever it says. */
  readonly key: string
  /** What it says, in normal form. */
  readonly content: string
  readonly code: RuleCode
  /** What it is called in a sentence. */
  readonly name: Phrase
  /** A clause that says why it is not looked into. */
  readonly why: Phrase
  readonly resource: string
  /** The kind of that resource. */
  readonly kind?: string
  readonly mesh: string
  readonly path: string
  /** Files of others that hang on it. */
  readonly others?: readonly string[]
  /** Files of others that it may be about: asked when it begins to be. */
  readonly perhaps?: readonly string[]
  readonly node: Located
  readonly field?: string
  readonly range?: SourceRange
  /** A document of which nothing could be read. */
  readonly unread?: true
  /** What a layer says of mesh manifests. */
  readonly says?: readonly LayerStatement[]
  /** Of routes that are no http: what they take at gateways. */
  readonly connections?: readonly Connections[]
}

type Sides = Pick<Comparison, 'base' | 'merged' | 'settings'>

/** What some of them say, in whatever order they stand: equal texts say the same. */
export function contentsOf(some: readonly Unmodelled[]): string {
  return canonicalJson(some.map(({ content }) => content).toSorted())
}

/** Everything of one side that is not modelled, but for the objects whose kinds are known. */
export function unmodelledIn(side: Snapshot, sides: Sides): readonly Unmodelled[] {
  return [
    ...side.meshes.flatMap((mesh) => [
      ...mesh.virtualServices.flatMap((each) => otherRoutes(each, mesh, sides.settings)),
      ...mesh.gateways.flatMap((each) => otherServers(each, mesh.name)),
      ...[...mesh.virtualServices, ...mesh.gateways].flatMap((each) => unknownParts(each, mesh.name)),
      ...keptFromApplying(mesh),
      ...internalAnnotations(mesh),
      ...mesh.virtualServices.flatMap((each) => filledByValues(each, mesh.name, { side, sides })),
      ...narrowedExports(side, mesh, sides),
      ...changedTls(side, mesh, sides),
    ]),
    ...side.manifests.unmodelled.flatMap((each) => layer(each, meshOfPath(each.file.path, side, sides))),
    ...side.manifests.files
      .flatMap((file) => deliveriesIn(file).objects)
      .flatMap((each) =>
        hostsOfRelease(each, {
          mesh: meshOfPath(each.file.path, side, sides),
          manifests: side.manifests,
          hosts: hostsOfBoth(sides),
        }),
      ),
    ...side.manifests.unreadable.map((each) => unread(each, side, sides)),
  ]
}

/** The tcp, and the tls routes of a VirtualService. */
export function otherRoutes(
  resource: VirtualService,
  { name: mesh, gateways }: Pick<Mesh, 'name' | 'gateways'>,
  settings: IstioSettings,
): readonly Unmodelled[] {
  const { spec } = resource
  return (['tcp', 'tls'] as const).flatMap((field) =>
    (spec[field] ?? []).length === 0
      ? []
      : [
          {
            key: `${mesh} VirtualService ${identityOf(resource)} ${field}`,
            content: canonicalJson([spec[field], spec.hosts, spec.gateways, spec.exportTo]),
            code: 'unmodelled-change.other-routes' as const,
            name: say`${code(field)} of VirtualService ${code(resource.name)}`,
            why: words('Only http routes are compared request by request'),
            resource: identityOf(resource),
            kind: fullKind(resource),
            mesh,
            path: resource.file.path,
            node: spec,
            field,
            connections: connectionsOf(resource, field, gateways, settings),
          },
        ],
  )
}

function otherServers(gateway: Gateway, mesh: string): readonly Unmodelled[] {
  const modelled = new Set(httpServersOf(gateway).map(({ server }) => server))
  const rest = (gateway.spec.servers ?? []).filter((server) => !modelled.has(server))
  if (rest.length === 0) return []
  return [
    {
      key: `${mesh} Gateway ${identityOf(gateway)}`,
      content: canonicalJson([rest, gateway.spec.selector]),
      code: 'unmodelled-change.other-servers',
      name: say`Gateway ${code(gateway.name)}, in servers that carry no http,`,
      why: words('Only servers for http, and for https that ends at the gateway, have routes to compare'),
      resource: identityOf(gateway),
      kind: fullKind(gateway),
      mesh,
      path: gateway.file.path,
      node: gateway.spec,
      field: 'servers',
    },
  ]
}

/** What another tool fills in as a whole, and all of a secondary that may be any by its name. */
function unknownParts(resource: VirtualService | Gateway, mesh: string): readonly Unmodelled[] {
  const parts = filledInParts(resource)
  const isAnySecondary =
    resource.kind === 'VirtualService' && isSecondary(resource) && isUnknown(identityOf(resource))
  if (parts.length === 0 && !isAnySecondary) return []
  return [
    {
      key: `${mesh} ${resource.kind} ${identityOf(resource)} filled in`,
      content: isAnySecondary ? normalForm(resource) : canonicalJson(parts.map((part) => ({ ...part }))),
      code: 'unmodelled-change.filled-in',
      name: say`${resource.kind} ${code(resource.name)}, of which another tool fills in a part,`,
      why: words('What a placeholder stands for is not known here'),
      resource: identityOf(resource),
      kind: fullKind(resource),
      mesh,
      path: resource.file.path,
      node: resource,
      field: 'name',
    },
  ]
}

/** A layer above the manifests is one for all meshes; every other kind is read by the table of kinds. */
function layer(resource: UnmodelledResource, mesh: string): readonly Unmodelled[] {
  const { says } = resource
  if (says === undefined) return []
  return [
    {
      key: `layer ${resource.kind} ${identityOf(resource)}`,
      content: contentOf(says),
      code: 'unmodelled-change.layer',
      name: say`${resource.kind} ${code(resource.name)}`,
      why: words('What is deployed of the manifests below a layer is not worked out here'),
      resource: identityOf(resource),
      kind: fullKind(resource),
      mesh,
      path: resource.file.path,
      node: resource,
      says,
    },
  ]
}

/** Many statements have one reach: it is written out once. */
function contentOf(says: readonly LayerStatement[]): string {
  const groups = Map.groupBy(says, ({ reach }) => reach)
  const written = [...groups].map(([reach, some]) =>
    canonicalJson([reach, some.map(({ what }) => canonicalJson(what)).sort()]),
  )
  return canonicalJson(written.sort())
}

const templated = {
  code: 'unmodelled-change.template',
  name: words('A template'),
  why: words('It holds template marks, and what it gives once they are filled in is not known here'),
} as const

const unreadable = {
  code: 'unmodelled-change.unreadable',
  name: words('A manifest that cannot be read'),
  why: words('It could not be read before this pull request either'),
} as const

function unread({ path, diagnostic, template }: Unreadable, side: Snapshot, sides: Sides): Unmodelled {
  const { range } = diagnostic
  const text = range?.file.text.slice(range.start) ?? ''
  const given = template === true && range ? givenTo(range.file, side, sides) : []
  return {
    ...(template === true && namedByTemplate(text, path, { manifests: side.manifests, given })),
    key: `unread ${path}`,
    content:
      range === undefined
        ? keyOfMistake(diagnostic)
        : template
          ? [withoutComments(range.file.text), ...given].join('\n')
          : range.file.text,
    ...(template === true ? templated : unreadable),
    resource: '',
    mesh: meshOfPath(path, side, sides),
    path,
    node: {},
    unread: true,
    ...(range && { range }),
  }
}

/** A template that can be read as it is, of which the values of its chart may make a host that others have. */
function filledByValues(
  resource: VirtualService,
  mesh: string,
  { side, sides }: { readonly side: Snapshot; readonly sides: Sides },
): readonly Unmodelled[] {
  if (!(resource.spec.hosts ?? []).some(isUnknown)) return []
  const { file, name } = resource
  const given = givenTo(file, side, sides)
  if (given.length === 0) return []
  return [
    {
      ...namedByTemplate('', file.path, { manifests: side.manifests, given }),
      key: `${mesh} VirtualService ${identityOf(resource)} by values`,
      content: canonicalJson(given),
      code: 'unmodelled-change.filled-in',
      name: say`VirtualService ${code(name)}, of which another tool fills in a part,`,
      why: say`The values of its chart hold ${joined(given.map(code), ', ')}`,
      resource: identityOf(resource),
      kind: fullKind(resource),
      mesh,
      path: file.path,
      node: resource.spec,
      field: 'hosts',
    },
  ]
}

/** Hosts of VirtualServices, on whichever side, that the values of a template's chart hold. */
function givenTo(file: SourceFile, { manifests }: Snapshot, sides: Sides): readonly string[] {
  return hostsInValues(file, manifests, hostsOfBoth(sides))
}

const hostsOfBoth = memoized(
  ({ base, merged }: Sides): ReadonlySet<string> =>
    new Set([...hostsHad(base.manifests), ...hostsHad(merged.manifests)]),
)
