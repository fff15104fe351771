import { describe, expect, it } from 'vitest'
import { decideAccess } from '../../../src/domain/access/decide-access.ts'
import { deniedRequests } from '../../../src/domain/access/denied-requests.ts'
import { isRefusedByWebhook } from '../../../src/domain/access/refused-policies.ts'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import { normalizedPath } from '../../../src/domain/match/normalized-path.ts'
import {
  accessOfVector,
  manifestsOf,
  type Vector,
  type VectorRequest,
  vectors,
} from '../../support/access-vectors.ts'
import { containsPoint, valueAt } from '../../support/points.ts'

/** As it comes to the policies; HTTP/1.1 itself answers 400 to some. */
function arriving({ host, path, method, headers, port }: VectorRequest, { mesh }: Vector) {
  const normalized = normalizedPath(path, mesh?.pathNormalization.normalization ?? 'BASE')
  return { method, scheme: 'http', authority: host, path: normalized, headers, port }
}

function asked(vector: Vector): readonly VectorRequest[] {
  return vector.requests.filter(({ outcome }) => outcome !== 400)
}

const lineOf = ({ method, host, path, headers }: VectorRequest) =>
  `${method} ${host}${path} ${JSON.stringify(headers)}`

describe.each(Object.entries(vectors))('%s', (name, vector) => {
  const access = accessOfVector(name, vector)
  const expected = asked(vector).map(
    (each) => `${lineOf(each)}: ${each.outcome === 403 ? 'refused' : 'let in'}`,
  )

  it('is decided request by request as Envoy decided it', () => {
    const decided = asked(vector).map((each) => {
      const refusal = decideAccess(arriving(each, vector), access)
      return `${lineOf(each)}: ${refusal === undefined ? 'let in' : refusal.isCertain ? 'refused' : 'perhaps'}`
    })

    expect(decided).toEqual(expected)
  })

  it('is decided alike by sets of requests', () => {
    const { boxes, doubts } = deniedRequests(access, { universe: universeOf, work: unmetered })
    const decided = asked(vector).map((each) => {
      const request = arriving(each, vector)
      const path = request.path.replace(/[?#].*$/s, '')
      const isIn = containsPoint({ boxes }, valueAt({ ...request, path }))
      return `${lineOf(each)}: ${isIn ? 'refused' : 'let in'}`
    })

    expect(decided).toEqual(expected)
    expect([...doubts]).toEqual([])
  })

  it('is refused by the webhook as it was there', () => {
    expect(manifestsOf(name).unmodelled.some(isRefusedByWebhook)).toBe(vector.refused)
  })
})
