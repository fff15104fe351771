import type { Comparison } from '../../../src/domain/diff/comparison.ts'
import { hostOwnersByMesh } from '../../../src/domain/diff/hosts/host-owners-by-mesh.ts'
import type { ChangeKind, RouteChange } from '../../../src/domain/diff/route-change.ts'
import type { Gateway } from '../../../src/domain/manifest/gateway.ts'
import type { JsonObject } from '../../../src/domain/manifest/json.ts'
import { identityOf } from '../../../src/domain/manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { type Team, teamOf } from '../../../src/domain/ownership/team.ts'
import { defaultPolicy } from '../../../src/domain/policy/configuration/configuration.ts'
import type { Policy } from '../../../src/domain/policy/configuration/policy.ts'
import type { Membership, People, Person, Review } from '../../../src/domain/policy/consent/people.ts'
import type { Requirement } from '../../../src/domain/policy/decision.ts'
import type { Judgement } from '../../../src/domain/policy/judgement.ts'
import type { Restated } from '../../../src/domain/policy/questions/ask.ts'
import { resourceChanges } from '../../../src/domain/policy/questions/resource-change.ts'
import { openRequirements } from '../../../src/domain/policy/requirements.ts'
import { type ChangedFile, countTouched } from '../../../src/domain/policy/touched.ts'
import { buildDelegationGraph } from '../../../src/domain/routing/delegation-graph.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { admittingAll } from '../../../src/domain/routing/listeners/access-at-gateways.ts'
import { tlsListeners } from '../../../src/domain/routing/listeners/tls-listeners.ts'
import type { Placed, Redivided } from '../../../src/domain/routing/meshes/mesh-division.ts'
import type { EffectiveRoute } from '../../../src/domain/routing/route-table.ts'
import type { Mesh, Snapshot } from '../../../src/domain/routing/snapshot.ts'
import type { Finding } from '../../../src/domain/rules/rule.ts'
import { bareText } from '../../../src/domain/words/phrase.ts'
import { wholeOf } from '../../../src/domain/words/sentence.ts'
import { sentence } from '../../support/said.ts'

export const admins = teamOf(['@bookinfo/mesh-admins'])
export const login = teamOf(['@bookinfo/login'])
export const catalog = teamOf(['@bookinfo/catalog'])

/** The Bookinfo teams; `/free/` belongs to nobody. */
export const codeownersText = `
/.github/ @bookinfo/mesh-admins
/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
`

type Modelled = VirtualService | Gateway

/** `teams/login/vs-1.yaml` and `ns1/vs-1` are a secondary; give it hosts or delegates to make it something else. */
export function virtualService(
  path: string,
  id: string,
  spec: VirtualService['spec'] = {},
  annotations: Readonly<Record<string, string>> = {},
): VirtualService {
  const [namespace = '?', name = ''] = id.split('/')
  return {
    kind: 'VirtualService',
    apiVersion: 'networking.istio.io/v1',
    name,
    ...(namespace !== '?' && { namespace }),
    labels: {},
    annotations,
    file: { path, text: '' },
    spec,
    body: { kind: 'VirtualService', metadata: { name, annotations }, spec: { ...spec } as JsonObject },
  }
}

export function gateway(path: string, id: string, spec: Gateway['spec'] = {}): Gateway {
  const { spec: _, kind: __, ...rest } = virtualService(path, id)
  const body = { kind: 'Gateway', metadata: { name: rest.name }, spec: { ...spec } as JsonObject }
  return { ...rest, kind: 'Gateway', spec, body }
}

export function to(host: string, weight?: number): HTTPRoute {
  return { route: [{ destination: { host }, ...(weight !== undefined && { weight }) }] }
}

export function delegateTo(prefix: string, id: string): HTTPRoute {
  const [namespace = '', name = ''] = id.split('/')
  return { match: [{ uri: { prefix } }], delegate: { name, namespace } }
}

export const primary = virtualService('mesh/bookinfo.yaml', 'istio-system/bookinfo', {
  hosts: ['bookinfo.example'],
  gateways: ['istio-system/public'],
  http: [delegateTo('/log', 'ns1/vs-1'), delegateTo('/', 'ns2/vs-2')],
})
export const vs1 = virtualService('teams/login/vs-1.yaml', 'ns1/vs-1', { http: [to('login')] })
export const vs2 = virtualService('teams/catalog/vs-2.yaml', 'ns2/vs-2', { http: [to('catalog')] })

/** The mesh before anybody changes it. */
export const bookinfo: readonly Modelled[] = [primary, vs1, vs2]

function snapshot(resources: readonly Modelled[], name = 'default'): Snapshot {
  return snapshotOf([mesh(resources, name)])
}

export function snapshotOf(meshes: readonly Mesh[]): Snapshot {
  const virtualServices = meshes.flatMap((each) => each.virtualServices)
  const gateways = meshes.flatMap((each) => each.gateways)
  return {
    manifests: {
      virtualServices,
      gateways,
      unmodelled: [],
      diagnostics: [],
      unreadable: [],
      refusedBeside: [],
      files: [],
    },
    meshes,
    kept: [],
  }
}

export function mesh(resources: readonly Modelled[], name = 'default'): Mesh {
  const virtualServices = resources.filter((each) => each.kind === 'VirtualService')
  const gateways = resources.filter((each) => each.kind === 'Gateway')
  const graph = buildDelegationGraph(virtualServices, defaultIstioSettings, { complete: true })
  const objects = { virtualServices, gateways }
  return {
    name,
    ...objects,
    inForce: objects,
    graph,
    merged: [],
    tables: [],
    listeners: tlsListeners(gateways),
    tablesOfServer: () => [],
    accessAt: admittingAll,
  }
}

export interface Story {
  readonly base?: readonly Modelled[]
  readonly merged?: readonly Modelled[]
  readonly changes?: readonly RouteChange[]
  readonly findings?: readonly Finding[]
  readonly files?: readonly ChangedFile[]
  readonly redivided?: readonly Redivided[]
  readonly restated?: readonly Restated[]
  readonly policy?: Partial<Policy>
  /** `none`: the repository has no CODEOWNERS. */
  readonly codeowners?: string | 'none'
  readonly codeownersPath?: string
  readonly obstructions?: Judgement['obstructions']
  readonly snapshots?: { readonly base: Snapshot; readonly merged: Snapshot }
}

export function comparisonOf(story: Story): Comparison {
  const { base = bookinfo, merged = base, codeowners = codeownersText, changes = [], snapshots } = story
  const path = story.codeownersPath ?? '.github/CODEOWNERS'
  const file = codeowners === 'none' ? undefined : parseCodeowners({ path, text: codeowners })
  const before = snapshots?.base ?? snapshot(base)
  const ownership = createOwnership(file)
  const meshes = new Map(
    before.meshes.flatMap(({ name, ...all }) =>
      [...all.virtualServices, ...all.gateways].map(({ file: { path: at } }) => [at, name] as const),
    ),
  )
  const meshOf = (placed: Placed) => meshes.get(placed.file.path)
  return {
    base: before,
    merged: snapshots?.merged ?? snapshot(merged),
    settings: defaultIstioSettings,
    complete: true,
    ownership,
    meshOf,
    hostOwners: hostOwnersByMesh({
      manifests: before.manifests,
      ownership,
      clusterDomain: defaultIstioSettings.clusterDomain,
      namespaceOf: () => undefined,
      meshOf,
    }),
    changes,
    onCertificatesApart: [],
    appearing: [],
    untried: [],
    refusals: 'kept-out',
  }
}

export function judge(story: Story): Judgement {
  const comparison = comparisonOf(story)
  const { findings = [], files = [], obstructions = [] } = story
  const policy = policyWith(story.policy)
  const resources = resourceChanges(comparison, policy.consent)
  return {
    comparison,
    findings,
    requirements: openRequirements({
      comparison,
      resources,
      delivered: resources,
      files,
      findings,
      policy,
      redivided: story.redivided ?? [],
      restated: story.restated ?? [],
    }),
    obstructions,
    policy,
    assumptions: [],
    touched: countTouched(files, comparison, resources, policy),
    draft: false,
    existing: false,
  }
}

export function requirements(story: Story): readonly Requirement[] {
  return judge(story).requirements
}

/** `team: kind text` for each reason, for comparing at a glance. */
export function told(story: Story): readonly string[] {
  return requirements(story).flatMap(({ team, because }) =>
    because.map((reason) => `${team.label}: ${reason.kind}: ${bareText(wholeOf(reason))}`),
  )
}

/** Who is asked, by label. */
export function asked(story: Story): readonly string[] {
  return requirements(story).map(({ team }) => team.label)
}

export function policyWith(part: Partial<Policy> = {}): Policy {
  return { ...defaultPolicy, ...part }
}

function routeOf(supplier: VirtualService | undefined): EffectiveRoute | undefined {
  if (supplier === undefined) return undefined
  const http = supplier.spec.http?.[0] ?? {}
  const isPrimary = (supplier.spec.hosts ?? []).length > 0
  return {
    from: isPrimary
      ? { http, primary: supplier, entry: 0 }
      : { http, primary, entry: 0, secondary: supplier, secondaryEntry: 0 },
    outcome: { action: { kind: 'none' }, supplier: identityOf(supplier), key: `${identityOf(supplier)} {}` },
  }
}

export function change(
  kind: ChangeKind,
  touched: readonly Team[],
  part: Partial<RouteChange> & {
    before?: never
    after?: never
    from?: VirtualService
    to?: VirtualService
  } = {},
): RouteChange {
  const { from = vs1, to = vs1, ...rest } = part
  const before = kind === 'opened' ? undefined : routeOf(from)
  const after = kind === 'dropped' ? undefined : routeOf(to)
  return {
    mesh: 'default',
    gateway: 'istio-system/public',
    host: 'bookinfo.example',
    requests: { boxes: [] },
    kind,
    spill: false,
    touched,
    told: [],
    scope: [],
    ...(before && { before }),
    ...(after && { after }),
    unanswered: { ...(!before && { before: 'not-found' }), ...(!after && { after: 'not-found' }) },
    witness: { method: 'GET', scheme: 'http', authority: 'bookinfo.example', path: '/login', headers: {} },
    certain: true,
    doubts: [],
    ...rest,
  }
}

export function finding(rule: string, part: Partial<Finding> = {}): Finding {
  return {
    rule,
    code: 'dropped-entry',
    severity: 'error',
    effect: 'block',
    status: 'introduced',
    ...sentence(`${rule} in ns1/vs-1`),
    because: [],
    resource: 'ns1/vs-1',
    mesh: 'default',
    fingerprint: rule,
    teams: [],
    ...part,
  }
}

export function person(name: string): Person {
  return { login: name, bot: name.endsWith('[bot]') }
}

export const head = { sha: 'head' }

/** ada and alan are login, carl and cora catalog, max and mia the mesh administrators, root administers the repository. */
const members: Readonly<Record<string, readonly string[]>> = {
  '@bookinfo/login': ['ada', 'alan'],
  '@bookinfo/catalog': ['carl', 'cora'],
  '@bookinfo/mesh-admins': ['max', 'mia'],
  'repository-admins': ['root'],
}

export interface Cast {
  readonly author?: string
  readonly pushers?: readonly string[] | 'unknown'
  readonly lastPusher?: string
  readonly reviews?: readonly Review[]
  readonly unresolvable?: readonly string[]
  readonly retargetedAt?: string
  readonly shown?: People['shown']
}

/** Everybody's memberships as above; whoever is no owner of anything is a stranger with write access. */
export function people(cast: Cast): People {
  const { author, pushers = author === undefined ? [] : [author], reviews = [], unresolvable = [] } = cast
  const { lastPusher, retargetedAt, shown } = cast
  return {
    ...(author !== undefined && { author: person(author) }),
    pushers: pushers === 'unknown' ? 'unknown' : pushers.map(person),
    ...(lastPusher !== undefined && { lastPusher }),
    ...(retargetedAt !== undefined && { retargetedAt }),
    ...(shown !== undefined && { shown }),
    reviews,
    membership(owner, name): Membership {
      if (unresolvable.includes(owner)) return 'unresolvable'
      if (owner.toLowerCase() === `@${name.toLowerCase()}`) return 'member'
      return (members[owner.toLowerCase()] ?? []).includes(name.toLowerCase()) ? 'member' : 'no-member'
    },
  }
}

export function approval(by: string, part: Partial<Review> = {}): Review {
  return {
    by: person(by),
    state: 'approved',
    commit: head.sha,
    at: '2026-11-20T10:00:00Z',
    mayWrite: true,
    body: '',
    ...part,
  }
}
