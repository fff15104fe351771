import { regexLanguage } from '../language/regex.ts'
import { exactly, type StringSet, union } from '../language/string-set.ts'
import {
  absent,
  headerValues,
  labelValues,
  methods,
  namespaces,
  orAbsent,
  paths,
  ports,
  queryValues,
  schemes,
} from '../language/universe.ts'

/** The two answers of a condition that is not looked into: a claim of a token, or a pattern over its budget. */
export const isTrue: StringSet = exactly('true')
const opaqueValues: StringSet = union(isTrue, exactly('false'))

/** A header name that can be sent (RFC 9110 token), in lower case. */
const sendableName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/
/** A query parameter that can be sent as it is written: Envoy does not decode. */
const sendableParameter = /^[^\s&=#\u0000-\u001f\u007f]+$/

const headerOrAbsent = orAbsent(headerValues)
const parameterOrAbsent = orAbsent(queryValues)
const labelOrAbsent = orAbsent(labelValues)
const authorities = language('[^\\x00-\\x20\\x7f/?#@]+')

function language(pattern: string): StringSet {
  const set = regexLanguage(pattern)
  if ('invalid' in set) throw new Error(`Not a regular expression: ${pattern}`)
  return set
}

/** All values that a dimension of a request can take; a header that cannot be sent is always absent. */
export function universeOf(dimension: string): StringSet {
  const [kind = '', name = ''] = splitOnce(dimension)
  switch (kind) {
    case 'path':
      return paths
    case 'method':
      return methods
    case 'scheme':
      return schemes
    case 'authority':
      return authorities
    case 'port':
      return ports
    case 'namespace':
      return namespaces
    case 'header':
      return sendableName.test(name) ? headerOrAbsent : absent
    case 'query':
      return sendableParameter.test(name) ? parameterOrAbsent : absent
    case 'label':
      return labelOrAbsent
    case 'opaque':
      return opaqueValues
    default:
      throw new Error(`There is no dimension ${dimension}`)
  }
}

function splitOnce(dimension: string): readonly string[] {
  const colon = dimension.indexOf(':')
  return colon === -1 ? [dimension] : [dimension.slice(0, colon), dimension.slice(colon + 1)]
}

/** Whether a dimension says only that something could not be looked into. */
export function isOpaque(dimension: string): boolean {
  return dimension.startsWith('opaque:')
}
