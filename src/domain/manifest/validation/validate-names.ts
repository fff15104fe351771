import { type Located, rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { guessed } from '../../words/told.ts'
import { type Problem, refused, warned } from '../decoding/problem.ts'
import { rangeOfElement } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { isUnknown } from '../placeholders.ts'
import { fqdnProblem, isDnsLabel } from './dns-names.ts'

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
  const [first = '', second = ''] = name.split('.')
  const legacy = name.includes('.')
    ? [
        warned(`\`${excerpt(name)}\` is a legacy form of a gateway name`, range, {
          todo: guessed(`Write \`${second}/${first}\``),
        }),
      ]
    : []
  const why = fqdnProblem(name)
  return why === undefined
    ? legacy
    : [...legacy, refused(`\`${excerpt(name)}\` is no gateway name: ${why}`, range)]
}

function validateQualifiedName(
  namespace: string,
  name: string,
  range: SourceRange | undefined,
): readonly Problem[] {
  const written = `\`${excerpt(`${namespace}/${name}`)}\``
  if (namespace === '' || name === '')
    return [refused(`${written} lacks the namespace or the name of the gateway`, range)]
  const advice =
    namespace === '.' ? 'Leave out `./`: a plain name is looked up in the own namespace' : undefined
  return [
    ...(isDnsLabel(namespace)
      ? []
      : [refused(`${written} names no valid namespace`, range, { todo: guessed(advice) })]),
    ...(isDnsLabel(name) ? [] : [refused(`${written} names no valid gateway`, range)]),
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
      ...(isKey ? [] : [refused(`\`${excerpt(key)}\` is no label key`, range)]),
      ...(isUnknown(value) || labelValue.test(value)
        ? []
        : [refused(`\`${excerpt(value)}\` is no label value`, range)]),
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
    if (seen.has(meant)) return [refused(`exportTo names \`${excerpt(meant)}\` twice`, range)]
    if (entry !== '.' && entry !== '*' && !isDnsLabel(entry))
      return [refused(`\`${excerpt(entry)}\` in exportTo is neither \`.\`, \`*\` nor a namespace`, range)]
    seen.add(meant)
    return entry === '*' && exportTo.length > 1
      ? [
          refused('exportTo names `*` beside others', range, {
            todo: guessed('Keep `*` alone, or leave it out'),
          }),
        ]
      : []
  })
}
