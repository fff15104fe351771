import { isObject, type JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textsOf } from '../../manifest/json-fields.ts'
import { hostPattern } from '../../manifest/names.ts'
import {
  isUnknown,
  isUnknownValue,
  type NamePattern,
  patternsMeet,
} from '../../manifest/placeholders/placeholders.ts'
import type { HTTPMatchRequest } from '../../manifest/virtual-service.ts'
import type { Subject } from '../reach.ts'

/** Requests that a policy may refuse, as far as hosts and paths go; an absent list stands for all. */
export interface Denied {
  readonly hosts?: readonly string[]
  readonly paths?: readonly string[]
}

/**
 * What an AuthorizationPolicy may refuse, one for each operation of its rules; undefined where that may be anything. A policy
 * that allows refuses whatever no policy allows; of `from` and `when` nothing is taken off.
 */
export function deniedBy({ kind, body }: Subject): readonly Denied[] | undefined {
  const action = at(body, 'spec', 'action')
  if (kind !== 'AuthorizationPolicy' || (action !== 'DENY' && action !== 'CUSTOM')) return undefined
  const rules = at(body, 'spec', 'rules')
  if (!Array.isArray(rules) || !rules.every(isObject)) return undefined
  const operations = rules.flatMap((rule) => {
    const to = objectsOf(at(rule, 'to'))
    return to.length === 0 ? [{}] : to.map((each) => deniedIn(at(each, 'operation')))
  })
  const isAll = ({ hosts, paths }: Denied) => hosts === undefined && paths === undefined
  return operations.length === 0 || operations.some(isAll) ? undefined : operations
}

function deniedIn(operation: JsonValue | undefined): Denied {
  const [hosts, paths] = [textsOf(at(operation, 'hosts')), textsOf(at(operation, 'paths'))]
  const knownHosts = hosts.length > 0 && hosts.every((host) => !isUnknown(host) && !isWithinPort(host))
  // Braces are templates of paths, or placeholders.
  const knownPaths = paths.length > 0 && paths.every((path) => !isUnknownValue(path) && !path.includes('{'))
  return { ...(knownHosts && { hosts }), ...(knownPaths && { paths }) }
}

/** The port is part of the text: what ends in these figures may be any host. */
function isWithinPort(host: string): boolean {
  return /^\*:?\d*$/.test(host)
}

/** Whether requests for a table's host may be among them. */
export function mayDenyHost({ hosts }: Denied, host: string): boolean {
  const wanted = hostPattern(host)
  return (
    hosts === undefined ||
    hosts.some((each) => patternsMeet(wildcard(each.toLowerCase().replace(/:[\d*]*$/, '')), wanted))
  )
}

/** Whether requests that a match takes may be among them. */
export function mayDenyPath({ paths }: Denied, match: HTTPMatchRequest | undefined): boolean {
  const { exact, prefix, regex } = match?.uri ?? {}
  if (paths === undefined || regex !== undefined || match?.ignoreUriCase === true) return true
  const text = exact ?? prefix
  if (text === undefined || isUnknownValue(text)) return true
  return paths.some((each) => patternsMeet(wildcard(each), exact === undefined ? [text, ''] : [text]))
}

/** A star at the end is a prefix, one in front a suffix; any other is itself. */
function wildcard(text: string): NamePattern {
  if (text === '*') return ['', '']
  if (text.endsWith('*')) return [text.slice(0, -1), '']
  return text.startsWith('*') ? ['', text.slice(1)] : [text]
}
