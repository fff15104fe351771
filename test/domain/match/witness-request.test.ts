import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regexLanguage } from '../../../src/domain/language/regex.ts'
import { exactly, intersect, isEmpty, startingWith } from '../../../src/domain/language/string-set.ts'
import { paths } from '../../../src/domain/language/universe.ts'
import { present } from '../../../src/domain/language/values.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import type { Box } from '../../../src/domain/match/box.ts'
import { conditionsOf } from '../../../src/domain/match/conditions.ts'
import { isTrue, universeOf } from '../../../src/domain/match/dimensions.ts'
import { failedField } from '../../../src/domain/match/request-matches.ts'
import { witnessOf } from '../../../src/domain/match/witness-request.ts'
import { match } from '../../support/meshes.ts'

const target = { host: '*', universe: universeOf }

describe('a witness', () => {
  it('is taken by the match that it stands for', () => {
    fc.assert(
      fc.property(match, (asked) => {
        const { gateways: _, ...here } = asked
        const conditions = conditionsOf(here, { missingSatisfiesWithout: true, work: unmetered })
        if (conditions === undefined) return
        const { kind, text } = conditions.path
        const literal = kind === 'exact' ? exactly(text) : startingWith(text)
        const path = intersect(
          intersect(literal, conditions.rest.get('path')?.present ?? paths, unmetered),
          paths,
          unmetered,
        )
        if (isEmpty(path)) return

        const request = witnessOf({ boxes: [new Map(conditions.rest).set('path', present(path))] }, target)

        expect(request).toBeDefined()
        if (request !== undefined) expect(failedField(here, request, true)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it('is as plain as it can be', () => {
    const box: Box = new Map([['path', present(intersect(startingWith('/log'), paths, unmetered))]])

    expect(witnessOf({ boxes: [box] }, { ...target, host: '*.example', ports: [80] })).toEqual({
      method: 'GET',
      scheme: 'http',
      authority: 'www.example',
      path: '/log',
      headers: {},
      port: 80,
    })
  })

  it('is one that HTTP/1.1 can carry, if there is one', () => {
    const regex = (pattern: string) => {
      const set = regexLanguage(pattern, unmetered)
      if ('invalid' in set) throw new Error(pattern)
      return present(set)
    }
    const box: Box = new Map([
      ['path', regex('/é|/abcd')],
      ['method', regex('P|PURGEx?|PURGE')],
    ])

    expect(witnessOf({ boxes: [box] }, target)).toMatchObject({ path: '/abcd', method: 'PURGE' })
  })

  it('is not offered for what hangs on a condition that is not looked into', () => {
    expect(witnessOf({ boxes: [new Map([['opaque:x', isTrue]])] }, target)).toBeUndefined()
  })
})
