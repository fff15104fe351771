import fc from 'fast-check'
import type { Request } from '../../src/domain/match/request.ts'

const path = fc
  .array(fc.constantFrom('/a', '/b', '/ab', '/', 'a', 'A', '/a/b'), { maxLength: 3 })
  .map((parts) => (parts.join('').startsWith('/') ? parts.join('') : `/${parts.join('')}`))

const query = fc.constantFrom('', '', '?q=1', '?q=2', '?q=12&q=1', '?q', '?z=1')

const header = fc.constantFrom('1', '2', '12', '3', '')

/** A request over the alphabets of the small meshes. */
export const request: fc.Arbitrary<Request> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    scheme: fc.constantFrom('http', 'https'),
    authority: fc.constantFrom('a.example', 'b.example', 'c.example', 'other.test'),
    path,
    query,
    x: fc.option(header, { nil: undefined }),
    y: fc.option(header, { nil: undefined }),
    port: fc.constantFrom(80, 443),
    sourceLabels: fc.constantFrom({}, { app: 'web' }, { app: 'db' }),
    sourceNamespace: fc.constantFrom('n1', 'n2', 'n3'),
  })
  .map(({ x, y, path: where, query: asked, ...rest }) => ({
    ...rest,
    path: where + asked,
    headers: { ...(x !== undefined && { x }), ...(y !== undefined && { y }) },
  }))
