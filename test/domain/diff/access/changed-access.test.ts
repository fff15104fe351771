import { expect, it } from 'vitest'
import { admitsAll, changedAccess, surelyRefused } from '../../../../src/domain/diff/access/changed-access.ts'
import { unmetered, type Work, workOf } from '../../../../src/domain/language/string-set.ts'
import { describeRequests } from '../../../../src/domain/match/describe-request-set.ts'
import { universeOf } from '../../../../src/domain/match/dimensions.ts'
import { accessPolicy, meetingAll } from '../../../support/access-policies.ts'

const paths = (...values: readonly string[]) => [{ to: [{ operation: { paths: values } }] }]
const denying = (name: string, ...values: readonly string[]) =>
  accessPolicy(name, { action: 'DENY', rules: paths(...values) })
const allowing = (name: string, ...values: readonly string[]) =>
  accessPolicy(name, { rules: paths(...values) })

const none = meetingAll([])
const at = (key: string, ...some: Parameters<typeof meetingAll>[0]) => ({ ...meetingAll(some), key })
const within = (work: Work = unmetered) => ({ universe: universeOf, work })

/** `denied n/a: /a*`, each part once. */
function partsOf(parts: ReturnType<typeof changedAccess>['newly']): readonly string[] {
  return parts.map(
    ({ reason, by, boxes }) =>
      `${reason} ${by.map(({ namespace, name }) => `${namespace}/${name}`).join(' ')}: ${describeRequests({ boxes })}`,
  )
}

it('each request is refused for the first reason that there is', () => {
  const merged = at('m', denying('n/a', '/a*'), denying('n/b', '/a/b', '/b'), allowing('n/c', '/a*', '/c'))
  const { newly, formerly } = changedAccess({ base: none, merged }, within())

  expect(partsOf(newly)).toEqual([
    'denied n/a: /a*',
    'denied n/b: /b',
    'not-allowed n/c: /* except /a*, /b and /c',
  ])
  expect(formerly).toEqual([])
  expect(surelyRefused({ base: none, merged }, within()).length).toBeGreaterThan(0)
})

it('what the other side refuses, too, for whatever reason, has not changed', () => {
  const [base, merged] = [at('b', denying('n/a', '/a*')), at('m', allowing('n/b', '/b*'))]
  const { newly, formerly } = changedAccess({ base, merged }, within())

  expect(partsOf(newly)).toEqual(['not-allowed n/b: /* except /a* and /b*'])
  expect(formerly).toEqual([])
})

it('nothing is compared where both sides refuse the same', () => {
  const same = at('s', denying('n/a', '/a*'))
  const { newly, formerly } = changedAccess({ base: same, merged: same }, within())
  const refused = surelyRefused({ base: same, merged: same }, within())

  expect([...newly, ...formerly]).toEqual([])
  expect(describeRequests({ boxes: refused })).toContain('/a*')
})

it('over the budget anything may be refused that was not', () => {
  const merged = at('m', denying('n/a', '/a*', '*b', '/{*}/c'), allowing('n/c', '*d', '/e*'))
  const little = () => within({ ...workOf('comparison'), left: 1 })
  const { newly, formerly } = changedAccess({ base: none, merged }, little())

  expect(partsOf(newly)).toEqual(['denied n/a n/c: /* if policies refuse them'])
  expect(newly.flatMap(({ doubts }) => [...doubts.values()].map(({ cause }) => cause.code))).toEqual([
    'too-much-to-compare',
  ])
  expect(formerly.flatMap(({ boxes }) => boxes)).toEqual([])
  expect(surelyRefused({ base: none, merged }, little())).toEqual([])
})

it('without policies all are let in', () => {
  expect(admitsAll({ base: none, merged: none })).toBe(true)
  expect(admitsAll({ base: none, merged: at('m', denying('n/a', '/a')) })).toBe(false)
})
