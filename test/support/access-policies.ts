import fc from 'fast-check'
import type { AccessPolicy } from '../../src/domain/access/access-policy.ts'
import type { AppliedPolicy, DoorAccess } from '../../src/domain/access/applied-policies.ts'
import { doubt } from '../../src/domain/doubt.ts'
import type {
  AccessCondition,
  AccessOperation,
  AccessRule,
  AccessSource,
} from '../../src/domain/manifest/authorization-policy.ts'
import type { Request } from '../../src/domain/match/request.ts'

/** A policy in memory. */
export function accessPolicy(identity: string, more: Partial<AccessPolicy> = {}): AccessPolicy {
  const [namespace = '', name = ''] = identity.split('/')
  const nothing = { provider: '', rules: [], selector: {}, targets: [], isIncomplete: false }
  return {
    name,
    namespace,
    file: { path: `${identity}.yaml`, text: '' },
    action: 'ALLOW',
    ...nothing,
    ...more,
  }
}

/** What meets some policies on port 80, which nobody doubts. */
export function meetingAll(
  policies: readonly AccessPolicy[],
  point: Partial<DoorAccess['point']> = {},
): DoorAccess {
  const nothing = { mayHaveCertificates: false, mayHaveTokens: false, maySpeakTls: false }
  return {
    applied: policies.map((policy) => ({ policy, doubts: [] })),
    point: { ...nothing, sockets: [80], providers: ['known'], ...point },
    key: 'all',
  }
}

const some = (...values: readonly string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), {
    freq: 2,
    nil: undefined,
  })

const hosts = some('a.example', 'A.EXAMPLE', '*.example', 'b*', '*', 'a.example:80')
const paths = some('/a', '/a*', '*b', '*', '/{*}', '/a/{**}', '/{**}/b')
const methods = some('GET', 'P*', '*T', '*')
const ports = some('80', '8080')
const nobody = some('cluster.local/ns/n/sa/a', '*')

const operation: fc.Arbitrary<AccessOperation> = fc
  .record({ hosts, notHosts: hosts, paths, notPaths: paths, methods, notMethods: methods, ports })
  .map(written)
const source: fc.Arbitrary<AccessSource> = fc
  .record({
    principals: nobody,
    notNamespaces: nobody,
    ipBlocks: some('10.0.0.0/8'),
    notRequestPrincipals: some('*'),
  })
  .map(written)
const condition: fc.Arbitrary<AccessCondition> = fc
  .record({
    key: fc.constantFrom(
      'request.headers[X]',
      'request.headers[:method]',
      'source.ip',
      'destination.port',
      'request.nope',
    ),
    values: some('1', '1*', '*2', '*', '80'),
    notValues: some('1', '12', '*'),
  })
  .map(written)

const rule: fc.Arbitrary<AccessRule> = fc
  .record({
    from: rarely(
      fc.array(
        source.map((each) => ({ source: each })),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    to: fc.option(
      fc.array(
        operation.map((each) => ({ operation: each })),
        { minLength: 1, maxLength: 2 },
      ),
      { freq: 4, nil: undefined },
    ),
    when: rarely(fc.array(condition, { minLength: 1, maxLength: 2 })),
  })
  .map(written)

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { freq: 1, nil: undefined })
}

function written<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** A policy over small alphabets, of any action that refuses. */
export const policy: fc.Arbitrary<AccessPolicy> = fc
  .record({
    name: fc.constantFrom('n/a', 'n/b', 'n/c', 'n/d'),
    action: fc.constantFrom('ALLOW' as const, 'DENY' as const, 'CUSTOM' as const),
    provider: fc.constantFrom('known', 'unknown'),
    rules: fc.array(rule, { maxLength: 2 }),
  })
  .map(({ name, ...more }) => accessPolicy(name, more))

/** Policies at a door, of which some are perhaps not for its pods. */
export const access: fc.Arbitrary<DoorAccess> = fc
  .record({
    applied: fc.array(
      fc.record({ policy, isDoubtful: fc.boolean(), isSure: fc.boolean() }).map(
        ({ policy: each, isDoubtful, isSure }): AppliedPolicy => ({
          policy: each,
          doubts:
            isDoubtful && !isSure
              ? [doubt({ code: 'policy-pods', of: `${each.namespace}/${each.name}`, gateway: 'n/gw' })]
              : [],
        }),
      ),
      { maxLength: 3 },
    ),
    mayHaveCertificates: fc.boolean(),
    mayHaveTokens: fc.boolean(),
    sockets: fc.constantFrom([80], [8080], [80, 8080], undefined),
  })
  .map(({ applied, sockets, ...clients }) => ({
    applied,
    point: { ...clients, maySpeakTls: false, providers: ['known'], ...(sockets && { sockets }) },
    key: 'some',
  }))

/** A request over the same alphabets. */
export const asked: fc.Arbitrary<Request> = fc
  .record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'HEAD'),
    authority: fc.constantFrom('a.example', 'A.example', 'a.example:80', 'b.test', 'x.example', 'example'),
    path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b', '/x/b', '/a//b', '/a[', '/A'),
    x: fc.option(fc.constantFrom('1', '12', '2', ''), { nil: undefined }),
  })
  .map(({ x, ...rest }) => ({ ...rest, scheme: 'http', port: 80, headers: x === undefined ? {} : { x } }))
