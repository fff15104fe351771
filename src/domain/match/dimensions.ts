import { arrivingPaths, type PathNormalization } from '../language/arriving-paths.ts'
import { exactly, union, unmetered } from '../language/string-set.ts'
import {
  authorities,
  headerValues,
  labelValues,
  methods,
  namespaces,
  paths,
  ports,
  queryValues,
  schemes,
} from '../language/universe.ts'
import { absent, orAbsent, present, type Values } from '../language/values.ts'

/** The two answers of a condition that is not looked into: a claim of a token, or a pattern over its budget. */
export const isTrue: Values = present(exactly('true'))
const trueOrFalse = present(union(exactly('true'), exactly('false'), unmetered))

/** A header name that can be sent (RFC 9110 token), in lower case. */
const sendableName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/
/** A query parameter that can be sent as it is written: Envoy does not decode. */
const sendableParameter = /^[^\s&=#\u0000-\u001f\u007f]+$/

const headerOrAbsent = orAbsent(headerValues)
const parameterOrAbsent = orAbsent(queryValues)
const labelOrAbsent = orAbsent(labelValues)

/** What every request has. */
const always: ReadonlyMap<string, Values> = new Map([
  ['path', present(paths)],
  ['method', present(methods)],
  ['scheme', present(schemes)],
  ['authority', present(authorities)],
  ['port', present(ports)],
  ['namespace', present(namespaces)],
])

/** All values that a dimension of a request can take when it is sent; a header that cannot be sent is always absent. */
export function universeOf(dimension: string): Values {
  const known = always.get(dimension)
  if (known !== undefined) return known
  const [kind = '', name = ''] = splitOnce(dimension)
  switch (kind) {
    case 'header':
      return sendableName.test(name) ? headerOrAbsent : absent
    case 'query':
      return sendableParameter.test(name) ? parameterOrAbsent : absent
    case 'label':
      return labelOrAbsent
    case 'opaque':
      return trueOrFalse
    default:
      throw new Error(`There is no dimension ${dimension}`)
  }
}

/** The same when it arrives at the routes: Envoy has normalised the path. */
export function arrivingUniverse(normalization: PathNormalization = 'BASE'): (dimension: string) => Values {
  const values = arriving[normalization]
  return (dimension) => (dimension === 'path' ? values : universeOf(dimension))
}

const arriving: Readonly<Record<PathNormalization, Values>> = {
  NONE: present(arrivingPaths.NONE),
  BASE: present(arrivingPaths.BASE),
  MERGE_SLASHES: present(arrivingPaths.MERGE_SLASHES),
  DECODE_AND_MERGE_SLASHES: present(arrivingPaths.DECODE_AND_MERGE_SLASHES),
}

function splitOnce(dimension: string): readonly string[] {
  const colon = dimension.indexOf(':')
  return colon === -1 ? [dimension] : [dimension.slice(0, colon), dimension.slice(colon + 1)]
}

/** Whether a dimension says only that something could not be looked into. */
export function isOpaque(dimension: string): boolean {
  return dimension.startsWith('opaque:')
}
