import { describe, expect, it } from 'vitest'
import { unansweredIn } from '../../../src/domain/diff/unanswered.ts'
import { exactly } from '../../../src/domain/language/string-set.ts'
import { present } from '../../../src/domain/language/values.ts'
import type { HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import type { Box } from '../../../src/domain/match/box.ts'
import { virtualService } from '../../support/meshes.ts'
import { plenty, prefix, tableOf, to, workedMesh } from '../../support/worked-mesh.ts'

const host = 'api.example'
const table = (...http: readonly HTTPRoute[]) =>
  tableOf(workedMesh(virtualService('n/v', { hosts: [host], http })), host)
const of = (label: string): Box => new Map([['label:app', present(exactly(label))]])
const all: Box = new Map()
const web = { sourceLabels: { app: 'web' } }

describe('what becomes of requests that no route answers', () => {
  const asked = (boxes: readonly Box[], ...http: readonly HTTPRoute[]) =>
    unansweredIn(http.length === 0 ? undefined : table(...http), { gateway: 'mesh', boxes, work: plenty() })

  it('is 404 at a gateway, whatever is there', () => {
    expect(unansweredIn(undefined, { gateway: 'n/gw', boxes: [all], work: plenty() })).toBe('not-found')
  })

  it('is the service in the mesh where nobody has the host', () => {
    expect(asked([all])).toBe('service')
  })

  it('is 404 in the mesh where a VirtualService has some route for the client', () => {
    expect(asked([all], to('a', prefix('/a')))).toBe('not-found')
    expect(asked([of('web')], to('a', { ...prefix('/a'), ...web }))).toBe('not-found')
  })

  it('is the service for a client that has no route', () => {
    expect(asked([of('api')], to('a', { ...prefix('/a'), ...web }))).toBe('service')
  })

  it('is either where that depends on the client, or cannot be worked out', () => {
    const some = to('a', { ...prefix('/a'), ...web })

    expect(asked([all], some)).toBe('either')
    expect(unansweredIn(table(some), { gateway: 'mesh', boxes: [of('web')], work: plenty(0) })).toBe('either')
  })
})
