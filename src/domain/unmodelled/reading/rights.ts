import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { concernsTheMesh, namesDecidingGroup, takesDecidingGroup } from '../kinds/mesh-kinds.ts'
import type { Subject } from '../reach.ts'

const writing = new Set(['create', 'update', 'patch', 'delete', 'deletecollection', '*'])

/** By these somebody takes rights that are not written out: those of a role, or of somebody else. */
const taking = new Set(['escalate', 'bind', 'impersonate', '*'])
const takenFrom = new Set(['roles', 'clusterroles', 'users', 'groups', 'serviceaccounts', '*'])
const takenIn = new Set(['rbac.authorization.k8s.io', '', '*'])

/** How far rights go: everywhere, in one namespace, or not at all. */
export type Rights = 'anywhere' | 'there' | 'none'

/** Whoever may write Services may do so everywhere in a cluster; of those in one namespace whoever lives there wants to know. */
function rightsByRule(rule: JsonObject): Rights {
  const verbs = textsOf(rule['verbs'])
  const [groups, resources] = [textsOf(rule['apiGroups']), textsOf(rule['resources'])]
  const isTaking = verbs.some((each) => taking.has(each)) && groups.some((each) => takenIn.has(each))
  if (resources.includes('serviceaccounts/token') && verbs.some((each) => writing.has(each)))
    return 'anywhere'
  if (isTaking && resources.some((each) => takenFrom.has(each))) return 'anywhere'
  if (!verbs.some((each) => writing.has(each))) return 'none'
  if (isFoundation(rule, groups, resources)) return 'anywhere'
  if (!concernsTheMesh(rule)) return 'none'
  return groups.some((each) => takesDecidingGroup(each)) ? 'anywhere' : 'there'
}

/** What all objects of a cluster hang on: definitions, and what is asked before one of them is written. */
const foundations: Readonly<Record<string, RegExp>> = {
  'admissionregistration.k8s.io': /^(?:validating|mutating)/,
  'apiextensions.k8s.io': /^customresourcedefinitions$/,
  'apiregistration.k8s.io': /^apiservices$/,
}

/** Whoever takes away a definition takes all objects of its kind; names that say what is meant leave out the rest. */
function isFoundation(rule: JsonObject, groups: readonly string[], resources: readonly string[]): boolean {
  const names = textsOf(rule['resourceNames'])
  const isMeant = names.length === 0 || names.some((each) => namesDecidingGroup(each) || /istio/i.test(each))
  return (
    isMeant &&
    Object.entries(foundations).some(
      ([group, pattern]) =>
        groups.includes(group) && resources.some((each) => each === '*' || pattern.test(each)),
    )
  )
}

function widest(all: readonly Rights[]): Rights {
  return all.includes('anywhere') ? 'anywhere' : all.includes('there') ? 'there' : 'none'
}

/** What a role allows; one that is put together of others, by their labels, may allow anything. */
export function rightsOfRole(body: JsonValue): Rights {
  if (at(body, 'aggregationRule') !== undefined) return 'anywhere'
  return widest(objectsOf(at(body, 'rules')).map(rightsByRule))
}

/** Roles of Kubernetes itself that allow to write, or not; the controllers of the cluster may delete whatever there is. */
const builtIn: readonly (readonly [RegExp, Rights])[] = [
  [
    /^(?:cluster-admin|admin|edit|system:(?:controller:.*|kube-controller-manager|aggregate-to-(?:admin|edit)))$/,
    'anywhere',
  ],
  [/^(?:view|extension-apiserver-authentication-reader|system:.*)$/, 'none'],
]

/** The roles here, by kind and name. */
export type Roles = ReadonlyMap<string, Rights>

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`
}

/** What the roles of both sides allow; what one side allows counts. */
export function rolesAmong(roles: readonly UnmodelledResource[]): Roles {
  const groups = Map.groupBy(roles, ({ kind, name }) => keyOf(kind, name))
  return new Map(
    [...groups].map(([key, same]) => [key, widest(same.map(({ body }) => rightsOfRole(body)))] as const),
  )
}

/** What a binding gives. A role that is not known here may allow anything. */
export function rightsBound({ body }: Subject, roles: Roles): Rights {
  const name = textOf(at(body, 'roleRef', 'name')) ?? ''
  const kind = textOf(at(body, 'roleRef', 'kind')) ?? 'ClusterRole'
  return roles.get(keyOf(kind, name)) ?? builtIn.find(([pattern]) => pattern.test(name))?.[1] ?? 'anywhere'
}
