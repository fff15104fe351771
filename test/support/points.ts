import { allows, type Value } from '../../src/domain/language/values.ts'
import type { Request } from '../../src/domain/match/request.ts'
import type { RequestSet } from '../../src/domain/match/request-set.ts'

/** The value of each dimension of a request, as sets of requests name them. */
export function valueAt(request: Request): (dimension: string) => Value {
  const [path = '', ...rest] = request.path.split('?')
  const pairs = rest
    .join('?')
    .split('&')
    .filter((pair) => pair !== '')
  // The first value of a repeated parameter counts, so that it is set last.
  const query = new Map(pairs.toReversed().map((pair) => nameAndValue(pair)))
  return (dimension) => {
    const [kind = '', name = ''] = dimension.split(':')
    switch (kind) {
      case 'path':
        return path
      case 'method':
        return request.method
      case 'scheme':
        return request.scheme
      case 'authority':
        return request.authority
      case 'port':
        return String(request.port)
      case 'namespace':
        return request.sourceNamespace ?? ''
      case 'header':
        return request.headers[name]
      case 'query':
        return query.get(name)
      case 'label':
        return request.sourceLabels?.[name]
      default:
        throw new Error(`A request has no ${dimension}`)
    }
  }
}

function nameAndValue(pair: string): readonly [string, string] {
  const [name = '', ...value] = pair.split('=')
  return [name, value.join('=')]
}

/** Whether a point, given as the value of each dimension, lies in the set. */
export function containsPoint({ boxes }: RequestSet, at: (dimension: string) => Value): boolean {
  return boxes.some((box) => [...box].every(([dimension, values]) => allows(values, at(dimension))))
}
