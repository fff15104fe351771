import { isUnknown } from '../../placeholders/placeholders.ts'
import type { Cause } from '../cause.ts'

/** Why a text is no name, and the part of it for which it is none. */
export type NameProblem = readonly [cause: Cause, part?: string]

const labelForm = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
const label = new RegExp(`^${labelForm}$`)
const wildcardLabel = new RegExp(`^(?:\\*|(?:\\*|\\*-)?${labelForm})$`)
const longestLabel = 63
const longestName = 255

/**
 * A DNS-1123 label as Istio takes one: upper case is allowed, the underscore is not (`labels.IsDNS1123Label`). Here and
 * below a text of which another tool fills in parts is taken to come out right.
 */
export function isDnsLabel(text: string): boolean {
  return isUnknown(text) || (text.length <= longestLabel && label.test(text))
}

function isWildcardLabel(text: string): boolean {
  return text.length <= longestLabel && wildcardLabel.test(text)
}

function lengthProblem(name: string): NameProblem | undefined {
  if (name === '') return ['empty']
  return name.length > longestName ? ['long'] : undefined
}

function labelsProblem(name: string): NameProblem | undefined {
  const parts = name.split('.')
  const last = parts.at(-1) ?? ''
  if (/^\d+$/.test(last)) return ['digits', last]
  const checked = last === '' ? parts.slice(0, -1) : parts
  const wrong = checked.find((part) => !isDnsLabel(part))
  return wrong === undefined ? undefined : ['label', wrong]
}

/** Why `name` is no domain name (Istio `ValidateFQDN`), or nothing. */
export function fqdnProblem(name: string): NameProblem | undefined {
  if (isUnknown(name)) return undefined
  return lengthProblem(name) ?? labelsProblem(name)
}

/** Why `name` is no domain name whose first label may be a wildcard (Istio `ValidateWildcardDomain`), or nothing. */
export function wildcardDomainProblem(name: string): NameProblem | undefined {
  if (isUnknown(name)) return undefined
  const dot = name.indexOf('.')
  const first = dot === -1 ? name : name.slice(0, dot)
  const tooLong = lengthProblem(name)
  if (tooLong !== undefined) return tooLong
  if (!isWildcardLabel(first)) return ['wildcard', first]
  return dot === -1 ? undefined : labelsProblem(name.slice(dot + 1))
}

/** As above, and the generated names `outbound_.PORT_.SUBSET_.HOST` that gateways take for SNI routes. */
export function sniDomainProblem(name: string): NameProblem | undefined {
  if (isUnknown(name)) return undefined
  if (!name.startsWith('outbound_')) return wildcardDomainProblem(name)
  const [, port = '', , host] = name.split('_')
  const isGenerated = host !== undefined && /\d/.test(port) && /[a-zA-Z]/.test(host)
  return lengthProblem(name) ?? (isGenerated ? undefined : ['generated'])
}
