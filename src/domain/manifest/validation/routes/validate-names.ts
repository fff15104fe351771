import { type Located, rangeOf } from '../../../source/located.ts'
import type { SourceRange } from '../../../source/source-file.ts'
import { rangeOfElement } from '../../decoding/written-as.ts'
import { isUnknown } from '../../placeholders/placeholders.ts'
import type { Resource } from '../../resource.ts'
import { type Problem, refused, warned } from '../problem.ts'
import { fqdnProblem, isDnsLabel } from '../values/dns-names.ts'

/** What a name of Kubernetes is (`NameIsDNSSubdomain`), and one of a namespace (`NameIsDNSLabel`): in small letters. */
const lowerLabel = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?'
const objectName = new RegExp(`^${lowerLabel}(?:\\.${lowerLabel})*$`)
const namespaceName = new RegExp(`^${lowerLabel}$`)

/** The name and the namespace of an object, as the API server takes them; what another tool fills in is taken to come out right. */
export function validateObjectNames(
  resource: Pick<Resource, 'name' | 'namespace'> & Located,
): readonly Problem[] {
  const { name, namespace } = resource
  const isName = isUnknown(name) || (name.length <= 253 && objectName.test(name))
  const isNamespace =
    namespace === undefined ||
    isUnknown(namespace) ||
    (namespace.length <= 63 && namespaceName.test(namespace))
  return [
    ...(isName ? [] : [refused('object-name', rangeOf(resource, 'name'), name)]),
    ...(isNamespace ? [] : [refused('object-namespace', rangeOf(resource, 'namespace'), namespace ?? '')]),
  ]
}

/**
 * `gateways` of a VirtualService or of a match (Istio `validateGatewayNames`): `mesh`, a name, `ns/name`. As in Istio,
 * nothing after the first name without a slash is looked at.
 */
export function validateGatewayNames(
  gateways: readonly string[],
  fallback: SourceRange | undefined,
): readonly Problem[] {
  const problems: Problem[] = []
  for (const [index, name] of gateways.entries()) {
    const range = rangeOfElement(gateways, index) ?? fallback
    if (isUnknown(name)) continue
    const slash = name.indexOf('/')
    if (slash === -1) return [...problems, ...validateShortName(name, range)]
    problems.push(...validateQualifiedName(name.slice(0, slash), name.slice(slash + 1), range))
  }
  return problems
}

function validateShortName(name: string, range: SourceRange | undefined): readonly Problem[] {
  const legacy = name.includes('.') ? [warned('gateway-legacy', range, name)] : []
  const why = fqdnProblem(name)
  return why === undefined ? legacy : [...legacy, refused('gateway-name', range, name, ...why)]
}

function validateQualifiedName(
  namespace: string,
  name: string,
  range: SourceRange | undefined,
): readonly Problem[] {
  const written = `${namespace}/${name}`
  if (namespace === '' || name === '') return [refused('gateway-incomplete', range, written)]
  return [
    ...(isDnsLabel(namespace)
      ? []
      : [refused(namespace === '.' ? 'gateway-dot' : 'gateway-namespace', range, written)]),
    ...(isDnsLabel(name) ? [] : [refused('gateway-part', range, written)]),
  ]
}

const labelName = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const dnsLabel = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
const labelKey = new RegExp(`^((?:${dnsLabel}(?:\\.${dnsLabel})*)/)?(${labelName})$`)
const labelValue = new RegExp(`^(?:${labelName})?$`)

/** Kubernetes' syntax of labels (Istio `labels.Instance.Validate`). */
export function validateLabels(
  labels: (Readonly<Record<string, string>> & Located) | undefined,
  fallback: SourceRange | undefined,
): readonly Problem[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const range = (labels && rangeOf(labels, key)) ?? fallback
    const [, prefix = '', name = ''] = key.length > 400 ? [] : (labelKey.exec(key) ?? [])
    const isKey = name !== '' && name.length <= 63 && prefix.length <= 254
    return [
      ...(isKey ? [] : [refused('label-key', range, key)]),
      ...(isUnknown(value) || labelValue.test(value) ? [] : [refused('label-value', range, value)]),
    ]
  })
}

/** `exportTo` (Istio `validateExportTo`): `.`, `*` or namespaces, nothing twice, nothing beside `*`. */
export function validateExportTo(
  exportTo: readonly string[],
  namespace: string | undefined,
  fallback: SourceRange | undefined,
): readonly Problem[] {
  const seen = new Set<string>()
  return exportTo.flatMap((entry, index): readonly Problem[] => {
    const range = rangeOfElement(exportTo, index) ?? fallback
    const meant = entry === '.' && namespace !== undefined ? namespace : entry
    if (seen.has(meant)) return [refused('export-twice', range, meant)]
    if (entry !== '.' && entry !== '*' && !isDnsLabel(entry)) return [refused('export-entry', range, entry)]
    seen.add(meant)
    return entry === '*' && exportTo.length > 1 ? [refused('export-star', range)] : []
  })
}
