import { budgets } from '../budgets.ts'
import type { SourceFile } from '../source/source-file.ts'
import { entryOf } from '../source/yaml-node.ts'
import type { AuthorizationPolicySpec } from './authorization-policy.ts'
import type { DecodeProblem } from './decoding/decode.ts'
import { decodeResource, decodeSpec } from './decoding/decode-resource.ts'
import { gatewaySpec, virtualServiceSpec } from './decoding/istio-schema.ts'
import type { MessageType } from './decoding/message.ts'
import { authorizationPolicySpec } from './decoding/security-schema.ts'
import { documentFault } from './document-fault.ts'
import type { Gateway, GatewaySpec } from './gateway.ts'
import { gatewayApiSchema } from './gateway-api.ts'
import { isObject } from './json.ts'
import { isServed, versionOf } from './kinds/api-versions.ts'
import { groupOf } from './kinds/deciding-groups.ts'
import { type MeshObject, meshGroup } from './kinds/mesh-objects.ts'
import type { ManifestDiagnostic } from './manifests.ts'
import { identityOf } from './names.ts'
import type { FileReading } from './objects-of-file.ts'
import { placeholderProblems } from './placeholders/placeholder-problems.ts'
import { isTemplated, withDefaults } from './placeholders/placeholders.ts'
import { readOtherObject } from './read-other-object.ts'
import type { Resource, UnmodelledResource } from './resource.ts'
import { validateGateway } from './validation/gateway/validate-gateway.ts'
import { diagnosticOf, type Problem } from './validation/problem.ts'
import { refusedByEnvoy } from './validation/routes/refused-by-envoy.ts'
import { validateObjectNames } from './validation/routes/validate-names.ts'
import { validateVirtualService } from './validation/validate-virtual-service.ts'
import type { Validation } from './validation/validation.ts'
import type { VirtualService, VirtualServiceSpec } from './virtual-service.ts'

interface Diagnosed {
  readonly diagnostics: readonly ManifestDiagnostic[]
}

/** One object as it was read: of a kind that is modelled or not, or not decodable at all. */
export type ReadObject = Diagnosed &
  (
    | { readonly kind: 'virtual-service'; readonly resource: VirtualService }
    | { readonly kind: 'gateway'; readonly resource: Gateway }
    | { readonly kind: 'unmodelled'; readonly resource: UnmodelledResource }
    | { readonly kind: 'undecodable'; readonly because: ManifestDiagnostic }
  )

/** Decodes one object, and validates it where it is of the mesh's own group. */
export function readObject(object: MeshObject, file: SourceFile, reading: FileReading): ReadObject {
  if (groupOf(object.apiVersion) !== meshGroup) {
    const resource = {
      ...readOtherObject(object, file, reading.namespace),
      ...specOfOther(object),
      ...policyOf(object),
    }
    return conclude(resource, [], () => named(resource, []))
  }
  const { resource, problems } = decodeResource(object, file, reading.namespace)
  if (resource.kind === 'VirtualService') return readVirtualService(object, resource, problems, reading)
  if (resource.kind === 'Gateway') return readGateway(object, resource, problems)
  return conclude(resource, problems, () => named(resource, problems))
}

/** What the schema of the kind takes as a whole; what its own API server would refuse, or drop, is not known to mean anything. */
function specOfOther({ map, apiVersion, kind = '' }: MeshObject): Pick<UnmodelledResource, 'decoded'> {
  const schema = gatewayApiSchema(apiVersion, kind)
  if (schema === undefined) return {}
  const problems: DecodeProblem[] = []
  const decoded = decodeSpec(map, schema, problems)
  return problems.length === 0 ? { decoded } : {}
}

/** An AuthorizationPolicy is decoded besides: what it allows at gateways is worked out, and everything else is asked about. */
function policyOf({ map, apiVersion, kind }: MeshObject): Pick<UnmodelledResource, 'policy'> {
  if (kind !== 'AuthorizationPolicy' || groupOf(apiVersion) !== 'security.istio.io') return {}
  const problems: DecodeProblem[] = []
  const spec = decodeSpec(map, authorizationPolicySpec, problems) as AuthorizationPolicySpec
  return { policy: { spec, isIncomplete: problems.length > 0 } }
}

/** Of an object whose schema is not known here only the names are held to what the API server takes, not one that it makes up. */
function named(resource: UnmodelledResource, problems: readonly DecodeProblem[]): Decoded {
  const { metadata } = resource.body
  const isNamed = isObject(metadata) && metadata['name'] === resource.name
  const found = certain(isNamed ? validateObjectNames(resource) : [])
  return { kind: 'unmodelled', resource: { ...resource, ...refusal(problems, found) }, found }
}

function readVirtualService(
  object: MeshObject,
  resource: Resource,
  problems: DecodeProblem[],
  reading: Validation,
): ReadObject {
  const spec = specOf<VirtualServiceSpec>(object, virtualServiceSpec, problems)
  return conclude(resource, problems, () => {
    const virtualService = { ...resource, kind: 'VirtualService', spec } as const
    const verdict = validateVirtualService(virtualService, reading)
    const found = certain([
      ...versionProblems(object),
      ...validateObjectNames(virtualService),
      ...placeholderProblems(virtualService),
      ...verdict,
    ])
    return {
      kind: 'virtual-service',
      resource: { ...virtualService, ...refusal(problems, found) },
      found: [...found, ...certain(refusedByEnvoy(virtualService))],
    }
  })
}

function readGateway(object: MeshObject, resource: Resource, problems: DecodeProblem[]): ReadObject {
  const spec = specOf<GatewaySpec>(object, gatewaySpec, problems)
  return conclude(resource, problems, () => {
    const gateway = { ...resource, kind: 'Gateway', spec } as const
    const verdict = validateGateway(gateway)
    const found = certain([
      ...versionProblems(object),
      ...validateObjectNames(gateway),
      ...placeholderProblems(gateway),
      ...verdict,
    ])
    return { kind: 'gateway', resource: { ...gateway, ...refusal(problems, found) }, found }
  })
}

/** Whether the webhook, or the API server, refuses the object for any of this: only what is told may keep it out of the tables. */
function refusal(problems: readonly DecodeProblem[], found: readonly Problem[]): Pick<Resource, 'refused'> {
  const isRefused =
    problems.some((each) => each.refused) || found.some(({ severity }) => severity === 'error')
  return isRefused ? { refused: true } : {}
}

/** The type and the schema describe the same message; the decoder holds every value to the schema. */
function specOf<Spec>(object: MeshObject, type: MessageType, problems: DecodeProblem[]): Spec {
  return decodeSpec(object.map, type, problems) as Spec
}

type Decoded =
  | {
      readonly kind: 'virtual-service'
      readonly resource: VirtualService
      readonly found: readonly Problem[]
    }
  | { readonly kind: 'gateway'; readonly resource: Gateway; readonly found: readonly Problem[] }
  | { readonly kind: 'unmodelled'; readonly resource: UnmodelledResource; readonly found: readonly Problem[] }

/** After a fatal problem the rest is not worth a verdict: the API server never gets that far. */
function conclude(
  resource: Resource,
  problems: readonly DecodeProblem[],
  decoded: () => Decoded,
): ReadObject {
  const name = identityOf(resource)
  const diagnostics = problems.map((problem) => diagnosticOfDecoding(problem, name))
  const fatal = diagnostics[problems.findIndex(({ fatal }) => fatal)]
  if (fatal !== undefined) return { kind: 'undecodable', because: fatal, diagnostics }
  const { found, ...read } = decoded()
  return { ...read, diagnostics: [...diagnostics, ...found.map((problem) => diagnosticOf(problem, name))] }
}

function certain(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem) => !isAboutPlaceholder(problem))
}

/** Longer places hold more than the value that is objected to. */
const longestValue = budgets.placeholderPlace.size

/** What another tool fills in is not known, so that nothing in it is refused for sure. */
function isAboutPlaceholder({ severity, range }: Problem): boolean {
  if (severity !== 'error' || range === undefined || range.end - range.start > longestValue) return false
  return isTemplated(withDefaults(range.file.text.slice(range.start, range.end)))
}

/** An unknown field is an error of the author and yet admitted: the API server prunes it. */
function diagnosticOfDecoding(problem: DecodeProblem, resource: string): ManifestDiagnostic {
  const { admission, ...diagnostic } = diagnosticOf({ severity: 'error', ...problem }, resource)
  return problem.fatal || problem.refused ? { ...diagnostic, admission: 'rejected' } : diagnostic
}

function versionProblems({ apiVersion, kind, map }: MeshObject): readonly Problem[] {
  if (isServed(apiVersion, kind ?? '')) return []
  const range = entryOf(map, 'apiVersion')?.value.range
  return [{ severity: 'error', range, ...documentFault('api-version', versionOf(apiVersion)) }]
}
